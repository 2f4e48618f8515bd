// SPDX-License-Identifier: Apache-2.0
// Making them up.
#include "tests/e2e/subjects/generated_snapshot.hpp"

#include <algorithm>
#include <array>
#include <limits>
#include <span>

#include "mizzen/base/random.hpp"

namespace mizzen::telemetry::subjects {
namespace {
using namespace std::string_literals;

const std::array names = {"foo"s,        "foo_created"s,
                          "foo_total"s,  "foo_info"s,
                          "foo_bucket"s, "foo_count"s,
                          "foo_sum"s,    "foo_gsum"s,
                          "foo_gcount"s, "foo_seconds"s,
                          "foo_bytes"s,  "foo.seconds"s,
                          "foo:rate"s,   "_foo"s,
                          "__foo"s,      "9foo"s,
                          "foo bar"s,    "größe"s,
                          "日本"s,       "a"s,
                          ""s,           "foo_seconds_total"s,
                          "le"s,         "foo\"bar"s,
                          "foo\\n"s,     "foo\nbar"s,
                          "foo{}"s,      "EOF"s,
                          "😀"s,         "foo_seconds_info"s};
const std::array label_names = {"a"s, "le"s,  "quantile"s, "__name__"s,        "a.b"s,  "a_b"s, "A"s, "ä"s, "foo"s,
                                "9"s, "a b"s, ""s,         "otel_scope_name"s, "a\"b"s, "job"s, "_x"s};
const std::array values = {""s,
                           "v"s,
                           "a\"b"s,
                           "a\\b"s,
                           "a\nb"s,
                           "\\"s,
                           "\\\\n"s,
                           "日本"s,
                           "{}"s,
                           "# EOF"s,
                           "a,b=\"c\""s,
                           " "s,
                           "\xf0\x9f\x98\x80"s,
                           "\x01\x7f"s,
                           "\r"s,
                           "\t"s,
                           "a\0b"s,
                           "}"s,
                           "\xc2\x85"s,
                           "\xe2\x80\xa8"s};
const std::array units = {""s, "seconds"s, "bytes"s, "ratio"s, "s s"s, "\n"s};

constexpr double infinity = std::numeric_limits<double>::infinity();
constexpr std::array doubles = {0.0,           -0.0,
                                1.0,           -1.0,
                                0.1,           1e-5,
                                1e5,           1e21,
                                5e-324,        1.7976931348623157e308,
                                -2.5,          infinity,
                                -infinity,     std::numeric_limits<double>::quiet_NaN(),
                                123456789.125, 1e15,
                                1e16,          1e17};

class Maker {
  public:
    explicit Maker(std::uint64_t seed) : random_(seed) {}

    Snapshot snapshot() {
        Snapshot out{.start = WallTime(std::chrono::seconds(1'700'000'000)),
                     .time = WallTime(std::chrono::nanoseconds(1'700'000'123'456'789'012))};
        for (std::size_t n = 1 + below(8); n > 0; --n) out.families.push_back(family());
        std::ranges::sort(out.families, {}, &Family::name);
        // A registry has a name once.
        const auto twice = std::ranges::unique(out.families, {}, &Family::name);
        out.families.erase(twice.begin(), twice.end());
        return out;
    }

  private:
    std::size_t below(std::size_t n) { return static_cast<std::size_t>(random_.below(n)); }
    template <class T>
    const T& one_of(std::span<const T> all) {
        return all[below(all.size())];
    }
    double number() { return one_of<double>(doubles); }
    std::uint64_t count() { return below(4) == 0 ? (std::uint64_t{1} << 53) + 1 : below(100); }

    Family family() {
        static constexpr std::array types = {MetricType::counter,
                                             MetricType::up_down_counter,
                                             MetricType::gauge,
                                             MetricType::histogram,
                                             MetricType::exponential_histogram,
                                             MetricType::summary,
                                             MetricType::info,
                                             MetricType::state_set};
        Family f{.type = one_of<MetricType>(types),
                 .name = one_of<std::string>(names),
                 .help = one_of<std::string>(values),
                 .unit = below(2) ? "" : one_of<std::string>(units)};
        label(f);
        const std::size_t rows = f.label_names.empty() ? 1 : 1 + below(3);
        std::vector<std::string> others;  // the states of a set differ in nothing else
        for (std::size_t i = 0; i < f.label_names.size(); ++i) others.push_back(one_of<std::string>(values));
        for (std::size_t row = 0; row < rows; ++row) {
            // The row's number keeps rows apart, as series of a registry are.
            for (std::size_t i = 0; i < f.label_names.size(); ++i) {
                const bool is_other = i > 0 && f.type == MetricType::state_set;
                f.labels.add(is_other ? others[i] : (i == 0 ? std::to_string(row) : "") + one_of<std::string>(values));
            }
        }
        f.points = points(f, rows);
        if (below(3) == 0) f.start = WallTime(std::chrono::milliseconds(1'700'000'001'500));
        if (below(2) == 0) exemplars(f, rows);
        return f;
    }
    void label(Family& f) {
        if (f.type == MetricType::state_set) f.label_names.push_back(f.name);
        for (std::size_t n = below(4); n > 0; --n) {
            const std::string& name = one_of<std::string>(label_names);
            if (std::ranges::find(f.label_names, name) == f.label_names.end()) f.label_names.push_back(name);
        }
        f.labels = LabelTable(f.label_names.size());
    }
    Points points(Family& f, std::size_t rows) {
        switch (f.type) {
            case MetricType::histogram: {
                static const std::array<std::vector<double>, 4> bounds = {
                    std::vector<double>{}, {0.1, 1, 10}, {-1, 0, 1}, {1e-5, 0.25, 1e6, 1e21}};
                f.bounds = one_of<std::vector<double>>(bounds);
                return of<HistogramPoint>(rows, [&] {
                    HistogramPoint p{.sum = below(2) ? 2.5 : 1e300};
                    for (std::size_t i = 0; i <= f.bounds.size(); ++i) p.counts.push_back(below(100));
                    return p;
                });
            }
            case MetricType::exponential_histogram:
                return of<ExponentialPoint>(rows, [&] {
                    return ExponentialPoint{.scale = static_cast<std::int32_t>(below(9)),
                                            .zero_count = below(5),
                                            .sum = -0.5,
                                            .positive = {-3, {1, 0, 2}},
                                            .negative = {4, {below(3)}}};
                });
            case MetricType::summary:
                if (below(2)) f.quantiles = {0, 0.5, 0.99, 1};
                return of<SummaryPoint>(rows, [&] {
                    SummaryPoint p{.count = count(), .sum = 2.5};
                    for (std::size_t i = 0; i < f.quantiles.size(); ++i) p.values.push_back(number());
                    return p;
                });
            case MetricType::counter:
                return of<Number>(rows, [&] {
                    const double n = number();
                    return below(2) && n >= 0 ? Number(n) : Number(count());
                });
            case MetricType::info:
                return of<Number>(rows, [] { return Number(std::uint64_t{1}); });
            case MetricType::state_set:
                return of<Number>(rows, [&] { return Number(std::uint64_t{below(2)}); });
            default:
                return of<Number>(rows, [&] { return below(2) ? Number(number()) : Number(std::int64_t{-7}); });
        }
    }
    template <class T, class Make>
    Points of(std::size_t rows, Make make) {
        std::vector<T> all;
        for (std::size_t row = 0; row < rows; ++row) all.push_back(make());
        return all;
    }
    void exemplars(Family& f, std::size_t rows) {
        for (std::size_t row = 0; row < rows; ++row) {
            Exemplar e{.row = row, .value = f.bounds.empty() ? 1 : f.bounds[0]};
            if (below(3)) e.labels = {{"trace_id", std::string(32, 'a')}, {"span_id", std::string(16, 'b')}};
            if (below(4) == 0) e.labels.emplace_back("user", std::string(below(200), 'x'));
            // The reference parser, 0.16, looks for the end of an exemplar's labels without looking at quotes.
            if (const std::string& what = one_of<std::string>(values); below(4) == 0 && what.find('}') == what.npos)
                e.labels.emplace_back("what", what);
            if (below(2)) e.time = WallTime(std::chrono::milliseconds(1'700'000'100'250));
            f.exemplars.push_back(std::move(e));
        }
    }

    Random random_;
};

}  // namespace

Snapshot generated_snapshot(std::uint64_t seed) { return Maker(seed).snapshot(); }

}  // namespace mizzen::telemetry::subjects
