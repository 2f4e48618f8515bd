// SPDX-License-Identifier: Apache-2.0
// Puts the parts together as the configuration says.
#include "mizzen/telemetry/telemetry.hpp"

#include <fmt/format.h>
#include <sys/random.h>
#include <unistd.h>

#include <algorithm>
#include <optional>

#include "mizzen/async/delay.hpp"
#include "mizzen/telemetry/console/console_logs.hpp"
#include "mizzen/telemetry/console/console_metrics.hpp"
#include "mizzen/telemetry/console/console_spans.hpp"
#include "mizzen/telemetry/detail/outlet.hpp"
#include "mizzen/telemetry/detail/prometheus_server.hpp"
#include "mizzen/telemetry/detail/way.hpp"
#include "mizzen/telemetry/fork/fork_watch.hpp"
#include "mizzen/telemetry/logs/log_reader.hpp"
#include "mizzen/telemetry/semconv/process.hpp"

namespace mizzen::telemetry {
namespace {

constexpr std::string_view instance_id = "service.instance.id";

// What is configured wins.
Resource with_instance(Resource resource, Random& random) {
    if (!resource.attributes.find(instance_id)) resource.attributes.set(std::string_view(instance_id), random.uuid());
    return resource;
}

// What was detected of the parent is not so for the child.
Resource of_child(Resource resource) {
    const auto renew = [&](std::string_view key, pid_t now) {
        const AttributeValue* known = resource.attributes.find(key);
        if (known && known->as<std::int64_t>()) resource.attributes.set(key, now);
    };
    renew(semconv::process::pid, getpid());
    renew(semconv::process::parent_pid, getppid());
    return resource;
}

bool is_own(const LogRecord& record) {
    return record.scope && (record.scope->name == "mizzen.telemetry" || record.scope->name == "mizzen.logs");
}

bool has_console(const std::vector<Output>& outputs) {
    return std::ranges::any_of(outputs, [](const Output& o) { return o.kind == ExporterKind::console; });
}

Configuration without_outputs_if_disabled(Configuration configuration) {
    if (!configuration.disabled) return configuration;
    configuration.traces.clear();
    configuration.metrics.clear();
    configuration.logs.clear();
    configuration.log_level.reset();
    return configuration;
}

}  // namespace

struct Telemetry::State final : private ForkWatch {
    State(Loop& loop, net::Network& network, Configuration chosen, Random random, TelemetryOptions chosen_options)
        : configuration(without_outputs_if_disabled(std::move(chosen))),
          options(std::move(chosen_options)),
          registry(RegistryOptions{.start = loop.wall(),
                                   .exemplar_filter = configuration.exemplar_filter,
                                   .ticks = options.ticks,
                                   .views = configuration.views}),
          loggers({.ticks = options.ticks}),
          propagator(configure_propagator(configuration.propagators).propagator),
          sdk(registry.make<SdkMetrics>()),
          resource(with_instance(configuration.resource, random)),
          around{loop, network, random, options.output, sdk, Logger(loggers, "mizzen.telemetry"), resource},
          own_lines(options.errors, {}, is_own),
          console_spans(options.output),
          console_logs(options.output),
          spans_outlet(span_processors, sdk, [this] { renew_in_child(); }),
          logs_outlet(log_processors, sdk, [this] { renew_in_child(); }) {
        const std::string level(configuration.log_level ? to_string(*configuration.log_level) : "off");
        loggers.levels().set(configuration.disabled ? "off"
                                                    : fmt::format("mizzen.telemetry={0},mizzen.logs={0},info", level));
        make_ways();
        make_metric_ways();
        if (!configuration.disabled)
            log_reader.emplace(loop, loggers, logs_outlet, DrainOptions{.limits = configuration.log_limits});
        provider.emplace(loop, Random(around.random()), std::make_unique<WatchedSampler>(sampler(), sdk), spans_outlet,
                         configuration.span_limits);
        background.emplace(loop);
        if (!metric_ways.empty() || console_metrics) background->spawn(renew_metrics_in_child());
        if (!configuration.views.empty()) background->spawn(tell_of_views());
    }

    std::unique_ptr<Sampler> sampler() const {
        if (span_processors.empty()) return always_off();
        if (configuration.sampler_choice) return make_sampler(*configuration.sampler_choice);
        return configure_sampler(configuration.sampler, configuration.sampler_argument).sampler;
    }

    void make_ways() {
        span_processors.clear();
        log_processors.clear();
        span_ways.clear();
        log_ways.clear();
        for (const Output& output : configuration.traces) {
            if (output.kind == ExporterKind::console) {
                span_processors.push_back(&console_spans);
            } else {
                span_ways.push_back(std::make_unique<SpanWay>(around, output, span_ways.size()));
                span_processors.push_back(&span_ways.back()->processor);
            }
        }
        for (const Output& output : configuration.logs) {
            if (output.kind == ExporterKind::console) {
                log_processors.push_back(&console_logs);
            } else {
                log_ways.push_back(std::make_unique<LogWay>(around, output, log_ways.size()));
                log_processors.push_back(&log_ways.back()->processor);
            }
        }
        if (!configuration.disabled && !has_console(configuration.logs)) log_processors.push_back(&own_lines);
    }

    void make_metric_ways() {
        metric_ways.clear();
        for (const Output& output : configuration.metrics) {
            if (output.kind == ExporterKind::console) {
                if (!console_metrics)
                    console_metrics.emplace(around.loop, registry, options.output, output.reader.interval);
            } else if (output.kind == ExporterKind::prometheus) {
                if (!prometheus)
                    prometheus.emplace(around.loop, around.network, registry, output.host, output.port, around.log);
            } else {
                metric_ways.push_back(std::make_unique<MetricWay>(around, registry, output, metric_ways.size()));
            }
        }
    }

    // Everything here is as it was in the parent, until somebody uses it: then it is made anew, and the parent's spans
    // and records go with what they waited in.
    void renew_in_child() {
        if (generation == fork_generation()) return;
        generation = fork_generation();
        around.random = Random::from_system();
        resource = with_instance(of_child(configuration.resource), around.random);
        for (const auto& way : span_ways) way->watch.emptied();
        for (const auto& way : log_ways) way->watch.emptied();
        make_ways();
    }

    // A metric reader cannot be replaced by what it calls, so it has a task that does so.
    Task<> renew_metrics_in_child() {
        for (std::uint64_t metrics_generation = generation;;) {
            co_await delay(std::chrono::seconds(1));
            if (metrics_generation == fork_generation()) continue;
            metrics_generation = fork_generation();
            renew_in_child();
            make_metric_ways();
        }
    }

    // What a view cannot do turns out when a metric is made, at any time.
    Task<> tell_of_views() {
        for (;;) {
            tell_of_views_now();
            co_await delay(std::chrono::seconds(1));
        }
    }
    void tell_of_views_now() {
        const std::vector<std::string> warnings = registry.warnings();
        for (; told_of_views < warnings.size(); ++told_of_views) around.log.warn("{}", warnings[told_of_views]);
    }

    // Only what is safe in the child of a process with several threads.
    void after_fork_in_child() noexcept override {
        std::uint64_t seed = 0;
        if (getrandom(&seed, sizeof seed, GRND_NONBLOCK) == sizeof seed && provider) provider->reseed(Random(seed));
    }

    Configuration configuration;
    TelemetryOptions options;
    Registry registry;
    LoggerProvider loggers;
    std::unique_ptr<Propagator> propagator;
    SdkMetrics sdk;
    Resource resource;
    Surroundings around;
    ConsoleLogs own_lines;
    ConsoleSpans console_spans;
    ConsoleLogs console_logs;
    std::vector<SpanProcessor*> span_processors;
    std::vector<LogProcessor*> log_processors;
    SpanOutlet spans_outlet;
    LogOutlet logs_outlet;
    std::uint64_t generation = fork_generation();
    std::size_t told_of_views = 0;
    std::vector<std::unique_ptr<SpanWay>> span_ways;
    std::vector<std::unique_ptr<LogWay>> log_ways;
    std::vector<std::unique_ptr<MetricWay>> metric_ways;
    std::optional<ConsoleMetrics> console_metrics;
    std::optional<PrometheusServer> prometheus;
    std::optional<LogReader> log_reader;
    std::optional<TracerProvider> provider;
    std::optional<Causes> causes;  // once somebody instruments with spans
    std::optional<Scope> background;
};

Telemetry::Telemetry(Loop& loop, net::Network& network, Configuration configuration, Random random,
                     TelemetryOptions options)
    : state_(std::make_unique<State>(loop, network, std::move(configuration), random, std::move(options))) {}
Telemetry::~Telemetry() = default;

Tracer Telemetry::tracer(InstrumentationScope scope) { return {*state_->provider, std::move(scope)}; }
Instrumentation Telemetry::instrumentation(InstrumentationScope scope) {
    Instrumentation out{.registry = &state_->registry, .propagator = state_->propagator.get()};
    if (state_->span_processors.empty()) return out;
    if (!state_->causes) state_->causes.emplace();
    out.tracer = tracer(std::move(scope));
    out.causes = &*state_->causes;
    return out;
}
SpanProcessor& Telemetry::span_processor() { return state_->spans_outlet; }
std::unique_ptr<Sampler> Telemetry::another_sampler() const {
    return std::make_unique<WatchedSampler>(state_->sampler(), state_->sdk);
}
Registry& Telemetry::registry() { return state_->registry; }
Logger Telemetry::logger(std::string_view module) { return {state_->loggers, module}; }
LogLevels& Telemetry::log_levels() { return state_->loggers.levels(); }
const Propagator& Telemetry::propagator() const { return *state_->propagator; }
const Resource& Telemetry::resource() const { return state_->resource; }

// Logs come last: what went wrong with the others is among them.
Task<bool> Telemetry::shut_down(Duration limit) {
    State& state = *state_;
    const Context here = co_await context();
    const Time end = here.loop->after(limit);
    const auto left = [&] { return std::max(end - here.loop->now(), Duration::zero()); };
    bool all = true;
    state.renew_in_child();
    state.tell_of_views_now();
    for (const auto& way : state.span_ways) {
        const BatchCounts counts = co_await way->processor.inner().shut_down(left());
        all = counts.failed == 0 && counts.abandoned == 0 && counts.refused == 0 && all;
    }
    for (const auto& way : state.metric_ways) {
        const bool last = co_await way->reader.flush(left());
        co_await way->reader.shut_down(left());
        all = last && all;
    }
    if (state.console_metrics) state.console_metrics->write();
    if (state.prometheus) co_await state.prometheus->stop(left());
    if (state.log_reader) state.log_reader->flush();
    for (const auto& way : state.log_ways) {
        const BatchCounts counts = co_await way->processor.inner().shut_down(left());
        all = counts.failed == 0 && counts.abandoned == 0 && counts.refused == 0 && all;
    }
    if (state.log_reader) {
        state.log_reader->stop();
        state.log_reader->flush();
    }
    state.background->cancel("telemetry ended");
    co_return all;
}

std::string Telemetry::problem() const {
    const auto first_of = [](const auto& ways) -> std::string {
        for (const auto& way : ways)
            if (!way->way.exporter().problem().empty()) return way->way.exporter().problem();
        return {};
    };
    for (std::string problem : {first_of(state_->span_ways), first_of(state_->metric_ways), first_of(state_->log_ways)})
        if (!problem.empty()) return problem;
    return {};
}

}  // namespace mizzen::telemetry
