// SPDX-License-Identifier: Apache-2.0
// A snapshot as remote write sends it: prometheus.WriteRequest of 1.0, io.prometheus.write.v2.Request of 2.0. Pure.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "mizzen/telemetry/exposition/escaping.hpp"
#include "mizzen/telemetry/metrics/snapshot.hpp"

namespace mizzen::telemetry::remote_write {

enum class Version { v1, v2 };

struct EncodeOptions {
    // Put to every series that has no such label itself: job and instance, as a scrape would.
    std::vector<std::pair<std::string, std::string>> labels = {};
    Escaping escaping = Escaping::underscores;
    std::size_t most_series = 2000;  // in one request
};

// What is told of a snapshot.
struct Telling {
    // Each series has ended: instead of its value the mark for that is told (Prometheus, "staleness").
    bool is_stale = false;
    // Exemplars that were told before are not told again. Those without a time are told always, with the snapshot's.
    std::optional<WallTime> exemplars_after = std::nullopt;
};

struct Amount {
    std::uint64_t samples = 0;
    std::uint64_t histograms = 0;  // native ones
    std::uint64_t exemplars = 0;
    std::uint64_t points() const { return samples + histograms; }
    friend bool operator==(const Amount&, const Amount&) = default;
};

struct WriteRequest {
    std::string message;  // protobuf, not compressed
    Amount amount;
};

// Sources: Prometheus remote write specifications 1.0 and 2.0; prompb/types.proto and
// io/prometheus/write/v2/types.proto of Prometheus 3. Names are those of the text exposition, with le and quantile as
// OpenMetrics writes them ("1.0"); exponential histograms go as native ones. Labels are sorted and unique, times are
// milliseconds. With 2.0 counters and histograms say since when they count. Deltas are left out: the protocol has none.
// Both versions divide a snapshot in the same way.
std::vector<WriteRequest> encode(const Snapshot& snapshot, Version version, const EncodeOptions& options = {},
                                 const Telling& telling = {});

// How many samples and native histograms encode() makes of it.
std::uint64_t points_of(const Snapshot& snapshot);

// The series of `before` that are not in `now`, as a snapshot of its own with the time of `now`.
Snapshot ended_series(const Snapshot& before, const Snapshot& now);

}  // namespace mizzen::telemetry::remote_write
