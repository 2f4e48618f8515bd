// SPDX-License-Identifier: Apache-2.0
// Causes: which span led to which version of a thing, for effects that reach others without headers of their own.
#pragma once
#include <cstdint>
#include <optional>
#include <vector>

#include "mizzen/base/time.hpp"
#include "mizzen/telemetry/trace/span_context.hpp"

namespace mizzen::telemetry {

// A store that counts its writes tells who made each of them; whoever hears of a write much later, as an event of a
// watch, finds the trace that it belongs to. Remembers the newest `most` versions, each for `longest`: what happens
// hours after a write is not its doing. One thread.
class Causes {
  public:
    explicit Causes(std::size_t most = 4096, Duration longest = std::chrono::minutes(5))
        : entries_(most > 0 ? most : 1), longest_(longest) {}

    // A span without a valid context is nobody's cause. Of several for one version the first counts.
    void record(std::uint64_t version, const SpanContext& span, Time now);
    std::optional<SpanContext> find(std::uint64_t version, Time now) const;

  private:
    struct Entry {
        std::uint64_t version = 0;
        Time at{};
        SpanContext span;
    };
    std::vector<Entry> entries_;  // version v is at v % size
    Duration longest_;
};

}  // namespace mizzen::telemetry
