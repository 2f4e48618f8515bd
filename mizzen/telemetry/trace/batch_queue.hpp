// SPDX-License-Identifier: Apache-2.0
// BatchQueue: which spans go out together and when, within bounds. Pure: time is an argument, nothing is sent.
#pragma once
#include <cstddef>
#include <cstdint>
#include <deque>
#include <memory>
#include <optional>
#include <vector>

#include "mizzen/base/time.hpp"
#include "mizzen/telemetry/trace/span_data.hpp"

namespace mizzen::telemetry {

// OTEL_BSP_MAX_QUEUE_SIZE, _MAX_EXPORT_BATCH_SIZE, _SCHEDULE_DELAY and _EXPORT_TIMEOUT, with their defaults. A batch is
// never larger than the queue and neither is smaller than 1, whatever is said here.
//
// Memory, whatever receivers do: `queue` and one `batch` of items (a span of few attributes is about 1 KiB), one batch
// encoded, up to three times while its text grows and is packed (over 64 MiB it is not sent), and 4 MiB of the answer,
// twice while it is read. For log records besides what the rings hold, once as records. Measured by
// otlp/memory_test.cpp.
struct BatchLimits {
    std::size_t queue = 2048;
    std::size_t batch = 512;
    Duration delay = std::chrono::seconds(5);
    Duration export_timeout = std::chrono::seconds(30);
};

using SpanBatch = std::vector<std::unique_ptr<SpanData>>;

// What became of the spans. taken == queued + in flight + exported + failed + abandoned.
struct BatchCounts {
    std::uint64_t taken = 0;      // came into the queue
    std::uint64_t refused = 0;    // found it full or closed, and were dropped
    std::uint64_t exported = 0;   // were sent
    std::uint64_t failed = 0;     // were given up by the exporter
    std::uint64_t abandoned = 0;  // were still here when time was up
    friend bool operator==(const BatchCounts&, const BatchCounts&) = default;
};

// At most one batch is out at a time, as exporters ask for (OpenTelemetry specification, trace/sdk, Batching
// processor).
class BatchQueue {
  public:
    explicit BatchQueue(BatchLimits limits = {});

    // False if the span was dropped: the queue is full or closed. `now` is looked at where the queue is empty.
    bool add(std::unique_ptr<SpanData> span, Time now);
    // When take() has something to give: at once (a time that has passed) for a full batch or a flush, when the oldest
    // span has waited long enough otherwise (since the last batch, if that left spans behind). Nothing while the queue
    // is empty or a batch is out.
    std::optional<Time> due() const;
    // The next batch if it is due, else an empty one. Its end is to be told to finished().
    SpanBatch take(Time now);
    // The batch that is out was sent, or given up.
    void finished(bool exported);

    // What is here now goes out without waiting.
    void flush() {
        urgent_ = spans_.size();
        out_is_urgent_ = in_flight_ > 0;
    }
    // Nothing comes in any more; what is here goes out without waiting.
    void close();
    // Gives up what is here and what is out.
    void abandon();

    std::size_t size() const { return spans_.size(); }
    std::size_t in_flight() const { return in_flight_; }
    // Everything that came in before the last flush() or close() has gone out.
    bool is_flushed() const { return urgent_ == 0 && (in_flight_ == 0 || !out_is_urgent_); }
    bool is_closed() const { return closed_; }
    bool has_full_batch() const { return spans_.size() >= limits_.batch; }
    const BatchCounts& counts() const { return counts_; }
    const BatchLimits& limits() const { return limits_; }

  private:
    BatchLimits limits_;
    std::deque<std::unique_ptr<SpanData>> spans_;
    Time waiting_since_{};
    std::size_t urgent_ = 0;  // The first so many do not wait.
    std::size_t in_flight_ = 0;
    bool out_is_urgent_ = false;
    bool closed_ = false;
    BatchCounts counts_;
};

}  // namespace mizzen::telemetry
