// SPDX-License-Identifier: Apache-2.0
// Lines about metrics.
#include "mizzen/telemetry/console/console_metrics.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

#include "mizzen/telemetry/console/detail/console_value.hpp"
#include "mizzen/telemetry/logs/log_time.hpp"

namespace mizzen::telemetry {
namespace {

template <class... Args>
void append(std::string& out, fmt::format_string<Args...> format, Args&&... args) {
    fmt::format_to(std::back_inserter(out), format, std::forward<Args>(args)...);
}

void append_point(std::string& out, const Family&, const Number& value) {
    std::visit([&out](auto number) { append(out, "{}", number); }, value);
}

void append_point(std::string& out, const Family& family, const HistogramPoint& point) {
    append(out, "count={} sum={}", point.count(), point.sum);
    for (std::size_t i = 0; i < point.counts.size(); ++i) {
        if (point.counts[i] == 0) continue;
        if (i < family.bounds.size())
            append(out, " {}:{}", family.bounds[i], point.counts[i]);
        else
            append(out, " +Inf:{}", point.counts[i]);
    }
}

void append_point(std::string& out, const Family&, const ExponentialPoint& point) {
    append(out, "count={} sum={} scale={}", point.count(), point.sum, point.scale);
    if (point.zero_count != 0) append(out, " zero:{}", point.zero_count);
}

void append_point(std::string& out, const Family& family, const SummaryPoint& point) {
    append(out, "count={} sum={}", point.count, point.sum);
    for (std::size_t i = 0; i < std::min(family.quantiles.size(), point.values.size()); ++i)
        append(out, " p{}:{}", family.quantiles[i], point.values[i]);
}

void append_labels(std::string& out, const Family& family, std::size_t row) {
    std::string_view before = "{";
    for (std::size_t i = 0; i < family.label_names.size(); ++i) {
        if (family.labels.at(row, i).empty()) continue;
        append_console_text(out += before, family.label_names[i]);
        append_console_text(out += "=\"", family.labels.at(row, i), true);
        out += '"';
        before = ",";
    }
    if (before == ",") out += '}';
}

}  // namespace

void append_console_metrics(std::string& out, const Snapshot& snapshot) {
    const std::string time = to_clock(snapshot.time);
    for (const Family& family : snapshot.families) {
        const auto append_all = [&](const auto& points) {
            for (std::size_t row = 0; row < points.size(); ++row) {
                out.append("M ").append(time).append(" ");
                append_console_text(out, family.name);
                if (family.type == MetricType::counter) out += "_total";
                append_labels(out, family, row);
                append_point(out += ' ', family, points[row]);
                out += '\n';
            }
        };
        std::visit(append_all, family.points);
    }
}

ConsoleMetrics::ConsoleMetrics(Loop& loop, const Registry& registry, LineSink sink, Duration interval)
    : loop_(loop),
      registry_(registry),
      sink_(std::move(sink)),
      interval_(std::max<Duration>(interval, std::chrono::milliseconds(1))),
      background_(loop) {
    background_.spawn(run());
}

Task<> ConsoleMetrics::run() {
    for (;;) {
        loop_.start(alarm_, loop_.after(interval_));
        co_await changed_.wait();
        write();
    }
}

void ConsoleMetrics::write() {
    std::string lines;
    append_console_metrics(lines, registry_.collect(loop_.wall()));
    if (!lines.empty()) sink_(lines);
}

}  // namespace mizzen::telemetry
