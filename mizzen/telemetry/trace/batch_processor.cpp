// SPDX-License-Identifier: Apache-2.0
// The task that waits for batches and hands them on.
#include "mizzen/telemetry/trace/batch_processor.hpp"

#include "mizzen/async/timeout.hpp"
#include "mizzen/base/error.hpp"

namespace mizzen::telemetry {

BatchProcessor::BatchProcessor(Loop& loop, SpanExporter& exporter, BatchLimits limits)
    : loop_(loop), exporter_(exporter), queue_(limits), background_(loop) {
    background_.spawn(run());
}

void BatchProcessor::ended(std::unique_ptr<SpanData> span) {
    if (!span->context.flags.is_sampled()) return;
    // The clock is read for the first span of a batch only.
    const bool is_first = queue_.size() == 0;
    if (!queue_.add(std::move(span), is_first ? loop_.now() : Time{})) return;
    if (is_first || queue_.has_full_batch()) changed_.notify_all();
}

Task<> BatchProcessor::run() {
    for (;;) {
        SpanBatch batch = queue_.take(loop_.now());
        if (!batch.empty()) {
            const bool sent = co_await deliver(std::move(batch));
            queue_.finished(sent);
            progressed_.notify_all();
            continue;
        }
        if (queue_.is_closed() && queue_.size() == 0) co_return;
        if (const auto due = queue_.due()) loop_.start(alarm_, *due);
        co_await changed_.wait();
    }
}

Task<bool> BatchProcessor::deliver(SpanBatch batch) {
    try {
        co_return co_await timeout(queue_.limits().export_timeout, exporter_.send(std::move(batch)));
    } catch (const std::exception&) {
        // Of no concern to whoever made the spans; the counts tell.
        co_return false;
    }
}

Task<> BatchProcessor::until_flushed() {
    while (!queue_.is_flushed()) co_await progressed_.wait();
}

Task<bool> BatchProcessor::flush(Duration limit) {
    queue_.flush();
    changed_.notify_all();
    try {
        co_await timeout(limit, until_flushed());
    } catch (const Cancelled&) {
    }
    co_return queue_.is_flushed();
}

Task<BatchCounts> BatchProcessor::shut_down(Duration limit) {
    queue_.close();
    changed_.notify_all();
    try {
        co_await timeout(limit, until_flushed());
    } catch (const Cancelled&) {
        queue_.abandon();
        background_.cancel("telemetry was given no more time to send");
    }
    co_return queue_.counts();
}

}  // namespace mizzen::telemetry
