// SPDX-License-Identifier: Apache-2.0
// The task that reads the rings.
#include "mizzen/telemetry/logs/log_reader.hpp"

#include <algorithm>

namespace mizzen::telemetry {
LogBatch copy_of(const LogBatch& records) {
    LogBatch copy;
    copy.reserve(records.size());
    for (const auto& record : records) copy.push_back(std::make_unique<LogRecord>(*record));
    return copy;
}

LogReader::LogReader(Loop& loop, LoggerProvider& provider, LogProcessor& processor, DrainOptions options,
                     Duration interval)
    : loop_(loop),
      drain_(provider, loop.wall(), options),
      processor_(processor),
      interval_(std::max<Duration>(interval, std::chrono::milliseconds(1))),
      background_(loop) {
    background_.spawn(run());
}

Task<> LogReader::run() {
    while (!stopped_) {
        loop_.start(alarm_, loop_.after(interval_));
        co_await changed_.wait();
        if (!stopped_) hand_on(drain_.drain(loop_.wall()));
    }
}

void LogReader::hand_on(LogBatch records) {
    if (!records.empty()) processor_.take(std::move(records));
}

void LogReader::flush() { hand_on(drain_.flush(loop_.wall())); }

void LogReader::stop() {
    stopped_ = true;
    changed_.notify_all();
}

}  // namespace mizzen::telemetry
