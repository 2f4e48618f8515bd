// SPDX-License-Identifier: Apache-2.0
// The task that reads the rings and sends what was in them.
#include "mizzen/telemetry/otlp/log_reader.hpp"

#include <algorithm>

#include "mizzen/async/timeout.hpp"
#include "mizzen/base/error.hpp"

namespace mizzen::telemetry::otlp {

LogReader::LogReader(Loop& loop, LoggerProvider& provider, Exporter& exporter, Resource resource, Duration interval)
    : loop_(loop),
      drain_(provider, loop.wall()),
      exporter_(exporter),
      resource_(std::move(resource)),
      interval_(std::max<Duration>(interval, std::chrono::milliseconds(1))),
      background_(loop) {
    background_.spawn(run());
}

Task<> LogReader::run() {
    while (!closed_) {
        loop_.start(alarm_, loop_.after(interval_));
        co_await changed_.wait();
        if (!closed_) co_await send(drain_.drain(loop_.wall()));
    }
    co_await send(drain_.flush(loop_.wall()));
    ended_ = true;
    progressed_.notify_all();
}

Task<> LogReader::send(LogBatch batch) {
    if (batch.empty()) co_return;
    struct Outcome {
        LogReaderCounts& counts;
        std::uint64_t records;
        bool worked = false;
        ~Outcome() { (worked ? counts.exported : counts.failed) += records; }
    } outcome{counts_, batch.size()};
    std::string body = encode(resource_, batch, exporter_.encoding());
    batch.clear();  // While it is on its way it is in memory once.
    outcome.worked = co_await exporter_.send(std::move(body), outcome.records);
}

Task<> LogReader::until_ended() {
    while (!ended_) co_await progressed_.wait();
}

Task<LogReaderCounts> LogReader::shut_down(Duration limit) {
    closed_ = true;
    changed_.notify_all();
    try {
        co_await timeout(limit, until_ended());
    } catch (const Cancelled&) {
        background_.cancel("telemetry was given no more time to send");
        ended_ = true;
    }
    co_return counts_;
}

}  // namespace mizzen::telemetry::otlp
