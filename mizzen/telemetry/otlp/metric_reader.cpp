// SPDX-License-Identifier: Apache-2.0
// The task that collects when it is time, or when it is asked to.
#include "mizzen/telemetry/otlp/metric_reader.hpp"

#include <algorithm>

#include "mizzen/async/timeout.hpp"
#include "mizzen/base/error.hpp"

namespace mizzen::telemetry::otlp {
namespace {

std::uint64_t points_of(const Snapshot& snapshot) {
    std::uint64_t points = 0;
    for (const Family& family : snapshot.families) points += family.size();
    return points;
}

// How long after `now` the next time on the grid that begins at `start` is.
Duration to_next_on_grid(Time start, Duration interval, Time now) { return interval - (now - start) % interval; }

}  // namespace

PeriodicMetricReader::PeriodicMetricReader(Loop& loop, const Registry& registry, Exporter& exporter, Resource resource,
                                           InstrumentationScope scope, MetricReaderOptions options, Collected collected)
    : loop_(loop),
      registry_(registry),
      exporter_(exporter),
      resource_(std::move(resource)),
      scope_(std::move(scope)),
      options_(options),
      collected_(std::move(collected)),
      background_(loop) {
    options_.interval = std::max<Duration>(options_.interval, std::chrono::milliseconds(1));
    options_.timeout = std::max(options_.timeout, Duration::zero());
    background_.spawn(run());
}

Task<> PeriodicMetricReader::run() {
    const Time start = loop_.now();
    Time due = loop_.after(options_.interval);
    for (;;) {
        const std::uint64_t asked = asked_;
        if (begun_ < asked || loop_.now() >= due) {
            begun_ = asked;
            const bool worked = co_await export_once();
            if (done_ < asked) last_worked_ = worked;
            done_ = asked;
            due = loop_.after(to_next_on_grid(start, options_.interval, loop_.now()));
            progressed_.notify_all();
            continue;
        }
        if (closed_) co_return;
        loop_.start(alarm_, due);
        co_await changed_.wait();
    }
}

Task<bool> PeriodicMetricReader::export_once() {
    ++counts_.taken;
    const Time began = loop_.now();
    Snapshot snapshot = registry_.collect(loop_.wall());
    lost_ = std::move(snapshot.lost);
    if (collected_) collected_(loop_.now() - began, lost_.empty());
    std::optional<Snapshot> total;
    if (options_.temporality != TemporalityPreference::cumulative) {
        total = snapshot;
        if (!delivered_) delivered_ = Snapshot{.start = snapshot.start, .time = snapshot.start};
        snapshot = delta_since(*delivered_, std::move(snapshot), options_.temporality);
    }
    const std::uint64_t points = points_of(snapshot);
    if (points == 0) {
        ++counts_.empty;
        co_return true;
    }
    std::string body = encode(resource_, scope_, snapshot, exporter_.encoding());
    snapshot = {};
    struct Outcome {
        MetricReaderCounts& counts;
        bool worked = false;
        ~Outcome() { ++(worked ? counts.exported : counts.failed); }
    } outcome{counts_};
    outcome.worked = co_await deliver(std::move(body), points);
    if (outcome.worked && total) delivered_ = std::move(total);
    co_return outcome.worked;
}

Task<bool> PeriodicMetricReader::deliver(std::string body, std::uint64_t points) {
    const Context here = co_await context();
    try {
        co_return co_await timeout(options_.timeout, exporter_.send(std::move(body), points));
    } catch (const Cancelled&) {
        if (here.cancel && here.cancel->cancelled()) throw;
    }
    co_return false;
}

Task<> PeriodicMetricReader::until_exported(std::uint64_t serial) {
    while (done_ < serial) co_await progressed_.wait();
}

Task<bool> PeriodicMetricReader::flush(Duration limit) {
    if (closed_) co_return false;
    const std::uint64_t serial = ++asked_;
    changed_.notify_all();
    try {
        co_await timeout(limit, until_exported(serial));
    } catch (const Cancelled&) {
        co_return false;
    }
    co_return last_worked_;
}

Task<MetricReaderCounts> PeriodicMetricReader::shut_down(Duration limit) {
    if (!closed_) {
        ++asked_;
        closed_ = true;
        changed_.notify_all();
    }
    try {
        co_await timeout(limit, until_exported(asked_));
    } catch (const Cancelled&) {
        background_.cancel("telemetry was given no more time to send");
        done_ = asked_;
    }
    co_return counts_;
}

}  // namespace mizzen::telemetry::otlp
