// SPDX-License-Identifier: Apache-2.0
// Telemetry: metrics, traces and logs of one process, sent where its configuration says.
#pragma once
#include <memory>
#include <string>
#include <string_view>

#include "mizzen/async/loop.hpp"
#include "mizzen/base/random.hpp"
#include "mizzen/net/stream.hpp"
#include "mizzen/telemetry/console/line_sink.hpp"
#include "mizzen/telemetry/environment/environment.hpp"
#include "mizzen/telemetry/instrumentation.hpp"
#include "mizzen/telemetry/logs/logger.hpp"
#include "mizzen/telemetry/metrics/registry.hpp"
#include "mizzen/telemetry/trace/tracer.hpp"

namespace mizzen::telemetry {

struct TelemetryOptions {
    // Where `console` and `otlp/stdout` write.
    LineSink output = standard_output();
    // Where our own log goes as lines for people, besides where all logs go: a receiver that cannot be reached cannot
    // be told of that either.
    LineSink errors = standard_error();
    // In a simulation: ticks_of(loop).
    TickSource ticks = {};
};

//     Telemetry telemetry(loop, network, read_environment(environment), Random::from_system());
//     const Tracer tracer = telemetry.tracer({.name = "shop"});
//     MetricsHandler metrics(loop, telemetry.registry());
//
// Each signal goes to each of its outputs in the background. Belongs to the thread of its loop but for metrics and
// loggers, which any thread may use. Outlives its tracers, loggers and spans.
//
// It tells about itself: metrics otel_sdk_* in its registry (self/sdk_metrics.hpp), and log lines of the module
// "mizzen.telemetry": once when exports begin to fail or a queue is full, once when that is over. OTEL_LOG_LEVEL is the
// level of that module.
//
// A child after fork() starts anew: what its parent had queued or had on its way is its parent's and is dropped here,
// ids are drawn from elsewhere, and the child has a service.instance.id of its own. Its metrics go on from where its
// parent's were. A child that goes on over sockets needs a loop of its own, because the two would share what the kernel
// keeps for one; then it needs a Telemetry of its own too.
class Telemetry {
  public:
    // `loop` and `network` outlive it. Throws Error(invalid) if a certificate file cannot be read.
    Telemetry(Loop& loop, net::Network& network, Configuration configuration, Random random,
              TelemetryOptions options = {});
    ~Telemetry();

    Tracer tracer(InstrumentationScope scope);
    // What clients, servers and controllers of this program are given. Its tracer is connected, and it has causes, only
    // if spans go somewhere.
    Instrumentation instrumentation(InstrumentationScope scope);
    // Where spans go that another TracerProvider than this one's made, such as one for another thread. Called on the
    // thread of the loop.
    SpanProcessor& span_processor();
    // For such a provider: a sampler as it is configured, whose decisions are counted. Any thread may ask.
    std::unique_ptr<Sampler> another_sampler() const;
    Registry& registry();
    Logger logger(std::string_view module);
    LogLevels& log_levels();
    const Propagator& propagator() const;
    // What is sent with everything.
    const Resource& resource() const;

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
