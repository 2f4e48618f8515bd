// SPDX-License-Identifier: Apache-2.0
// ConsoleLogs: log records as lines for people, as soon as they are read.
#pragma once
#include <functional>
#include <utility>

#include "mizzen/telemetry/console/line_sink.hpp"
#include "mizzen/telemetry/logs/console.hpp"
#include "mizzen/telemetry/logs/log_processor.hpp"

namespace mizzen::telemetry {

class ConsoleLogs final : public LogProcessor {
  public:
    using Wanted = std::function<bool(const LogRecord&)>;
    // Shows the records that `wanted` is true for; without one, all.
    explicit ConsoleLogs(LineSink sink, ConsoleOptions options = {}, Wanted wanted = {})
        : sink_(std::move(sink)), options_(options), wanted_(std::move(wanted)) {}

    void take(LogBatch records) override {
        std::string lines;
        for (const auto& record : records)
            if (!wanted_ || wanted_(*record)) append_console_line(lines, *record, options_);
        if (!lines.empty()) sink_(lines);
    }

  private:
    LineSink sink_;
    ConsoleOptions options_;
    Wanted wanted_;
};

}  // namespace mizzen::telemetry
