// SPDX-License-Identifier: Apache-2.0
// BackgroundTelemetry: telemetry for programs that have threads and no Loop of ours.
#pragma once
#include <memory>
#include <string>

#include "mizzen/telemetry/telemetry.hpp"

namespace mizzen::telemetry {

class ThreadTracers;

// Makes spans on whatever thread calls it. A copy is cheap. Belongs to its BackgroundTelemetry, which outlives it.
class SharedTracer {
  public:
    // Makes spans that record nothing and pass on the context of their parent.
    SharedTracer() = default;

    // As Tracer::start. The span may end on another thread than it was started on; between threads it is handed over,
    // never shared.
    Span start(Name name, const SpanStart& start = {}) const;

  private:
    friend class BackgroundTelemetry;
    SharedTracer(ThreadTracers& of, std::size_t scope) : of_(&of), scope_(scope) {}
    ThreadTracers* of_ = nullptr;
    std::size_t scope_ = 0;
};

// The variables of a process: `read_environment(variables_from(std::getenv))`.
Environment variables_from(char* (*get)(const char* name));

struct BackgroundOptions {
    TelemetryOptions telemetry = {};
    // What the destructor gives to send what is left.
    Duration shutdown_limit = std::chrono::seconds(5);
};

//     BackgroundTelemetry telemetry(read_environment(variables_from(std::getenv)));
//     const auto metrics = telemetry.registry().make<ShopMetrics>();
//     const SharedTracer tracer = telemetry.tracer({.name = "shop"});
//
// Everything goes where the configuration says (OTEL_METRICS_EXPORTER=prometheus: /metrics on port 9464), sent by one
// thread, which runs a Loop and takes no signals. Any thread may call any member, count, log, and start and end spans:
//
//     Span span = tracer.start("order", {.parent = &caller, .kind = SpanKind::server});
//     metrics.latency.observe(elapsed, &span);
//     log.with(&span).info("order {} taken", number);
//
// A span is on its way when it has ended, and nobody waits for that: ended spans wait in a queue of
// OTEL_BSP_MAX_QUEUE_SIZE for the thread to take them, every 100 ms or when it is half full. Each thread decides about
// sampling for itself.
//
// Where it lives is up to the program; best in main(), before the threads that use it. Its destructor shuts down. A
// program that leaves by exit() from within calls shut_down() before, or what is left is lost.
//
// The child of a fork() has no thread of ours: there nothing is sent, what waited is the parent's, and shut_down() does
// nothing. Ids are drawn anew. A child that is to tell about itself makes a BackgroundTelemetry of its own.
class BackgroundTelemetry {
  public:
    // Throws Error(invalid) if a certificate file cannot be read, std::system_error if no thread can be had.
    explicit BackgroundTelemetry(Configuration configuration, BackgroundOptions options = {});
    BackgroundTelemetry(const BackgroundTelemetry&) = delete;
    BackgroundTelemetry& operator=(const BackgroundTelemetry&) = delete;
    ~BackgroundTelemetry();

    SharedTracer tracer(InstrumentationScope scope);
    Registry& registry();
    Logger logger(std::string_view module);
    LogLevels& log_levels();
    // For the headers of messages, whatever they are (HeaderReader, HeaderWriter).
    const Propagator& propagator() const;

    // Sends what is here and ends; returns within `limit`, or a second more where the system holds the thread up, which
    // is left to itself then. True if everything was delivered. Afterwards spans and records are dropped; metrics count
    // on. A second call gives what the first did.
    bool shut_down(Duration limit);

  private:
    struct State;
    void leave_behind();
    BackgroundOptions options_;
    std::shared_ptr<State> state_;
};

}  // namespace mizzen::telemetry
