// SPDX-License-Identifier: Apache-2.0
// Telemetry: metrics, traces and logs of one process, sent where its configuration says.
#pragma once
#include <memory>
#include <string>
#include <string_view>

#include "mizzen/async/loop.hpp"
#include "mizzen/base/random.hpp"
#include "mizzen/net/stream.hpp"
#include "mizzen/telemetry/environment/environment.hpp"
#include "mizzen/telemetry/logs/logger.hpp"
#include "mizzen/telemetry/metrics/registry.hpp"
#include "mizzen/telemetry/trace/tracer.hpp"

namespace mizzen::telemetry {

//     Telemetry telemetry(loop, network, read_environment(environment), Random::from_system());
//     const Tracer tracer = telemetry.tracer({.name = "shop"});
//     MetricsHandler metrics(loop, telemetry.registry());
//
// Each signal whose exporters hold `otlp` goes to its OtlpTarget in the background; the others are kept for whoever
// reads them (a scrape) or dropped. Belongs to the thread of its loop but for metrics and loggers, which any thread may
// use. Outlives its tracers, loggers and spans.
class Telemetry {
  public:
    // `loop` and `network` outlive it. Throws Error(invalid) if a certificate file cannot be read.
    Telemetry(Loop& loop, net::Network& network, Configuration configuration, Random random);
    ~Telemetry();

    Tracer tracer(InstrumentationScope scope);
    Registry& registry();
    Logger logger(std::string_view module);
    const Propagator& propagator() const;

    // Sends what is here and ends, within `limit` whatever the receiver does. What could not be sent by then is lost.
    // True if everything was delivered. Being cancelled counts as the limit.
    Task<bool> shut_down(Duration limit);

    // What went wrong last with one of the receivers, for people; empty if nothing did.
    std::string problem() const;

  private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace mizzen::telemetry
