// SPDX-License-Identifier: Apache-2.0
// PeriodicMetricReader: sends what a registry has counted, every so often.
#pragma once
#include <cstdint>
#include <functional>
#include <optional>
#include <string>

#include "mizzen/async/alarm.hpp"
#include "mizzen/async/scope.hpp"
#include "mizzen/telemetry/metrics/delta.hpp"
#include "mizzen/telemetry/metrics/registry.hpp"
#include "mizzen/telemetry/otlp/exporter.hpp"

namespace mizzen::telemetry::otlp {

// OTEL_METRIC_EXPORT_INTERVAL and OTEL_METRIC_EXPORT_TIMEOUT, with their defaults. An interval is never shorter than a
// millisecond, whatever is said here.
//
// Memory, whatever receivers do: two snapshots (five with deltas), the encoded one up to four times while it grows and
// is packed, and 4 MiB of the answer, twice while it is read. Nothing piles up: there is one export at a time.
struct MetricReaderOptions {
    Duration interval = std::chrono::seconds(60);
    // For one export with all its attempts; ExporterOptions::timeout may end it sooner.
    Duration timeout = std::chrono::seconds(30);
    // Deltas cost memory for one more snapshot. What an export that failed had to tell is in the next one.
    TemporalityPreference temporality = TemporalityPreference::cumulative;
};

// What became of the collections. taken == exported + failed + empty, but for one that is on its way.
struct MetricReaderCounts {
    std::uint64_t taken = 0;
    std::uint64_t exported = 0;
    std::uint64_t failed = 0;  // given up: the next one has all that was in it, also of deltas
    std::uint64_t empty = 0;   // there was no point to send
    friend bool operator==(const MetricReaderCounts&, const MetricReaderCounts&) = default;
};

// Source: OpenTelemetry specification, metrics/sdk, Periodic exporting MetricReader. Works on `loop` from its
// construction on: the first collection is one interval later, and they keep to that grid; those that would come while
// an export is on its way are left out. At most one export is on its way. Its destruction drops it.
class PeriodicMetricReader {
  public:
    // Is told how long each collection took, and whether it was whole: no callback has thrown.
    using Collected = std::function<void(Duration took, bool is_whole)>;

    // `exporter` is for Signal::metrics; it, `loop` and `registry` outlive the reader. `scope` is who keeps the
    // registry.
    PeriodicMetricReader(Loop& loop, const Registry& registry, Exporter& exporter, Resource resource,
                         InstrumentationScope scope, MetricReaderOptions options = {}, Collected collected = {});

    // Collects and sends now, after what is on its way. True if that was delivered, or there was nothing to send,
    // within `limit`. Being cancelled counts as the limit, here and below.
    Task<bool> flush(Duration limit);
    // Collects and sends a last time. When `limit` has passed what is on its way is cancelled. Gives the final counts.
    Task<MetricReaderCounts> shut_down(Duration limit);

    const MetricReaderCounts& counts() const { return counts_; }
    // What callbacks could not tell at the last collection (Snapshot::lost), for people.
    const std::vector<std::string>& lost() const { return lost_; }

  private:
    Task<> run();
    Task<bool> export_once();
    Task<bool> deliver(std::string body, std::uint64_t points);
    Task<> until_exported(std::uint64_t serial);

    Loop& loop_;
    const Registry& registry_;
    Exporter& exporter_;
    Resource resource_;
    InstrumentationScope scope_;
    MetricReaderOptions options_;
    Collected collected_;
    MetricReaderCounts counts_;
    std::vector<std::string> lost_;
    std::optional<Snapshot> delivered_;  // the last one, if there are deltas
    std::uint64_t asked_ = 0;            // flushes asked for, and how many have been begun and done
    std::uint64_t begun_ = 0;
    std::uint64_t done_ = 0;
    bool last_worked_ = false;  // of the flushes done
    bool closed_ = false;
    Event changed_;     // it is time, or somebody asked
    Event progressed_;  // an export has ended
    Alarm alarm_{changed_};
    Scope background_;
};

}  // namespace mizzen::telemetry::otlp
