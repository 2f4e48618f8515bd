// SPDX-License-Identifier: Apache-2.0
// The task that waits for batches of records and hands them on.
#include "mizzen/telemetry/logs/batch_log_processor.hpp"

#include <algorithm>
#include <iterator>

#include "mizzen/async/timeout.hpp"
#include "mizzen/base/error.hpp"

namespace mizzen::telemetry {

// A BatchQueue of spans is where the bounds are made sensible.
BatchLogProcessor::BatchLogProcessor(Loop& loop, LogExporter& exporter, BatchLimits limits)
    : loop_(loop), exporter_(exporter), limits_(BatchQueue(limits).limits()), background_(loop) {
    background_.spawn(run());
}

void BatchLogProcessor::take(LogBatch records) {
    const bool was_empty = records_.empty();
    const std::size_t room = closed_ ? 0 : limits_.queue - records_.size();
    const std::size_t taken = std::min(room, records.size());
    counts_.taken += taken;
    counts_.refused += records.size() - taken;
    std::move(records.begin(), records.begin() + static_cast<std::ptrdiff_t>(taken), std::back_inserter(records_));
    if (was_empty && taken > 0) due_ = loop_.after(limits_.delay);
    if (was_empty || has_full_batch()) changed_.notify_all();
}

bool BatchLogProcessor::is_due() const {
    return !records_.empty() && (closed_ || has_full_batch() || loop_.now() >= due_);
}

LogBatch BatchLogProcessor::next_batch() {
    const auto end = records_.begin() + static_cast<std::ptrdiff_t>(std::min(limits_.batch, records_.size()));
    LogBatch batch(std::make_move_iterator(records_.begin()), std::make_move_iterator(end));
    records_.erase(records_.begin(), end);
    due_ = loop_.after(limits_.delay);
    return batch;
}

Task<> BatchLogProcessor::run() {
    for (;;) {
        if (is_due()) {
            LogBatch batch = next_batch();
            in_flight_ = batch.size();
            const bool worked = co_await deliver(std::move(batch));
            (worked ? counts_.exported : counts_.failed) += std::exchange(in_flight_, 0);
            continue;
        }
        if (closed_) break;
        if (!records_.empty()) loop_.start(alarm_, due_);
        co_await changed_.wait();
    }
    ended_ = true;
    progressed_.notify_all();
}

Task<bool> BatchLogProcessor::deliver(LogBatch batch) {
    try {
        co_return co_await timeout(limits_.export_timeout, exporter_.send(std::move(batch)));
    } catch (const std::exception&) {
        // Of no concern to whoever logged; the counts tell.
        co_return false;
    }
}

Task<> BatchLogProcessor::until_ended() {
    while (!ended_) co_await progressed_.wait();
}

Task<BatchCounts> BatchLogProcessor::shut_down(Duration limit) {
    closed_ = true;
    changed_.notify_all();
    try {
        co_await timeout(limit, until_ended());
    } catch (const Cancelled&) {
        counts_.abandoned += records_.size() + std::exchange(in_flight_, 0);
        records_.clear();
        ended_ = true;
        background_.cancel("telemetry was given no more time to send");
    }
    co_return counts_;
}

}  // namespace mizzen::telemetry
