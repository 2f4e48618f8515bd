// SPDX-License-Identifier: Apache-2.0
// ConsoleMetrics: what a registry has counted as lines for people, every so often.
#pragma once
#include <string>

#include "mizzen/async/alarm.hpp"
#include "mizzen/async/scope.hpp"
#include "mizzen/telemetry/console/line_sink.hpp"
#include "mizzen/telemetry/metrics/registry.hpp"

namespace mizzen::telemetry {

// Appends one line for each series: when it was read, in UTC, its name as Prometheus has it, its labels, its value; of
// a histogram how many values there were, their sum and the buckets that are not empty, by their upper bound.
//
//     M 12:00:00.123 shop_orders_total{route="/orders"} 17
//     M 12:00:00.123 shop_order_seconds count=3 sum=0.75 0.1:1 0.5:2
void append_console_metrics(std::string& out, const Snapshot& snapshot);

// Works on `loop` from its construction on; `loop` and `registry` outlive it.
class ConsoleMetrics {
  public:
    ConsoleMetrics(Loop& loop, const Registry& registry, LineSink sink, Duration interval);

    // Reads and writes now.
    void write();

  private:
    Task<> run();

    Loop& loop_;
    const Registry& registry_;
    LineSink sink_;
    Duration interval_;
    Event changed_;
    Alarm alarm_{changed_};
    Scope background_;
};

}  // namespace mizzen::telemetry
