// SPDX-License-Identifier: Apache-2.0
// What a metric is called, counts and means; checked while compiling.
#pragma once
#include <array>
#include <cstdint>
#include <initializer_list>
#include <span>

#include "mizzen/base/time.hpp"
#include "mizzen/telemetry/metrics/names.hpp"

namespace mizzen::telemetry {

// Prometheus' default buckets, for latencies in seconds.
inline constexpr std::array default_buckets = {.005, .01, .025, .05, .1, .25, .5, 1., 2.5, 5., 10.};
inline constexpr std::size_t most_buckets = 64;
inline constexpr std::size_t most_quantiles = 16;
// What client_golang's summaries look back on.
inline constexpr Duration default_window = std::chrono::minutes(10);
inline constexpr int default_window_steps = 5;
// Series of an instrument with run-time labels, as the OpenTelemetry specification limits them.
inline constexpr std::uint32_t default_cap = 2000;

// Made by counter(), gauge() and so on, below; an instrument is initialised with it.
template <MetricType Type>
struct Declaration {
    const char* name = "";
    const char* help = "";
    const char* unit = "";
    std::uint32_t most_series = default_cap;
    std::array<double, most_buckets> bounds = {};
    std::size_t bound_count = 0;
    std::array<double, most_quantiles> quantile_list = {};
    std::size_t quantile_count = 0;
    Duration its_window = default_window;
    int its_steps = default_window_steps;

    consteval Declaration(const char* its_name, const char* its_help, const char* its_unit)
        : name(its_name), help(its_help), unit(its_unit) {
        // A throw here is a compile error that shows the reason.
        if (const std::string_view problem = metric_problem(Type, name, help, unit); !problem.empty()) throw problem;
        if (Type == MetricType::histogram) set_bounds(default_buckets);
    }

    // The most series that run-time labels may make; what comes after them is counted in one overflow series.
    consteval Declaration cap(std::uint32_t series) const {
        if (series == 0) throw "the cap is at least 1";
        Declaration copy = *this;
        copy.most_series = series;
        return copy;
    }
    // Upper bounds of a classic histogram, inclusive and ascending; +Inf is added.
    consteval Declaration buckets(std::initializer_list<double> upper_bounds) const {
        if (Type != MetricType::histogram) throw "only a classic histogram has buckets to choose";
        Declaration copy = *this;
        copy.set_bounds(std::span(upper_bounds.begin(), upper_bounds.size()));
        return copy;
    }
    // Which quantiles a summary tells, ascending from 0 (the least) to 1 (the most). None: only count and sum.
    consteval Declaration quantiles(std::initializer_list<double> all) const {
        if (Type != MetricType::summary) throw "only a summary has quantiles to choose";
        if (all.size() > most_quantiles) throw "a summary has at most 16 quantiles";
        Declaration copy = *this;
        copy.quantile_count = 0;
        for (const double q : all) {
            if (!(q >= 0 && q <= 1)) throw "a quantile lies between 0 and 1";
            if (copy.quantile_count > 0 && !(copy.quantile_list[copy.quantile_count - 1] < q)) throw "quantiles ascend";
            copy.quantile_list[copy.quantile_count++] = q;
        }
        return copy;
    }
    // How far back a summary's quantiles look, and in how many steps what is older goes.
    consteval Declaration window(Duration length, int steps) const {
        if (Type != MetricType::summary) throw "only a summary has a window";
        if (length < std::chrono::seconds(1) || length > std::chrono::days(1)) throw "a window is 1 s to 1 day long";
        if (steps < 1 || steps > 60) throw "a window has 1 to 60 steps";
        Declaration copy = *this;
        copy.its_window = length;
        copy.its_steps = steps;
        return copy;
    }

  private:
    consteval void set_bounds(std::span<const double> upper_bounds) {
        if (upper_bounds.empty() || upper_bounds.size() > most_buckets) throw "a histogram has 1 to 64 buckets";
        bound_count = 0;
        for (const double bound : upper_bounds) {
            if (!(bound < 1.7976931348623157e308 && bound > -1.7976931348623157e308))
                throw "a bound is finite; +Inf is added";
            if (bound_count > 0 && !(bounds[bound_count - 1] < bound)) throw "bounds ascend";
            bounds[bound_count++] = bound;
        }
    }
};

// `name` is in snake_case and ends with _total; `unit` is a base unit in words or "".
consteval auto counter(const char* name, const char* help, const char* unit = "") {
    return Declaration<MetricType::counter>(name, help, unit);
}
// A sum that also goes down: things in use, items queued.
consteval auto up_down_counter(const char* name, const char* help, const char* unit = "") {
    return Declaration<MetricType::up_down_counter>(name, help, unit);
}
consteval auto gauge(const char* name, const char* help, const char* unit = "") {
    return Declaration<MetricType::gauge>(name, help, unit);
}
consteval auto histogram(const char* name, const char* help, const char* unit = "") {
    return Declaration<MetricType::histogram>(name, help, unit);
}
// Prometheus' native histogram, OpenTelemetry's exponential one: buckets find themselves.
consteval auto exponential_histogram(const char* name, const char* help, const char* unit = "") {
    return Declaration<MetricType::exponential_histogram>(name, help, unit);
}
// Quantiles of the last ten minutes, made here; `.quantiles({0.5, 0.9, 0.99})`. Those of several processes cannot be
// put together: where that is wanted, take an exponential histogram. Their exactness: BoundSummary.
consteval auto summary(const char* name, const char* help, const char* unit = "") {
    return Declaration<MetricType::summary>(name, help, unit);
}
// `name` ends with _info.
consteval auto info(const char* name, const char* help) { return Declaration<MetricType::info>(name, help, ""); }
consteval auto state_set(const char* name, const char* help) {
    return Declaration<MetricType::state_set>(name, help, "");
}

}  // namespace mizzen::telemetry
