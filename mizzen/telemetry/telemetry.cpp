// SPDX-License-Identifier: Apache-2.0
// Puts the parts together as the configuration says.
#include "mizzen/telemetry/telemetry.hpp"

#include <algorithm>
#include <optional>

#include "mizzen/base/files.hpp"
#include "mizzen/net/client.hpp"
#include "mizzen/telemetry/otlp/log_reader.hpp"
#include "mizzen/telemetry/otlp/metric_reader.hpp"
#include "mizzen/telemetry/otlp/span_exporter.hpp"

namespace mizzen::telemetry {
namespace {

net::HttpClientOptions client_options(const OtlpTarget& target) {
    net::HttpClientOptions options{.host = target.host, .port = target.port};
    options.http2 = !target.tls && target.options.protocol == otlp::Protocol::grpc;
    if (!target.tls) return options;
    options.tls.emplace();
    const auto read = [](const std::string& file) { return file.empty() ? std::string() : read_file(file); };
    options.tls->ca_pem = read(target.certificate_file);
    options.tls->certificate_pem = read(target.client_certificate_file);
    options.tls->key_pem = read(target.client_key_file);
    return options;
}

// One signal's way out.
struct Way {
    Way(Loop& loop, net::Network& network, otlp::Signal signal, const OtlpTarget& target, Random random)
        : client(loop, network, client_options(target)), exporter(loop, client, signal, target.options, random) {}
    net::HttpClient client;
    otlp::Exporter exporter;
};

struct NoProcessor final : SpanProcessor {
    void ended(std::unique_ptr<SpanData>) override {}
};

bool has_otlp(const Configuration& configuration, const std::vector<ExporterKind>& exporters) {
    return !configuration.disabled && std::ranges::find(exporters, ExporterKind::otlp) != exporters.end();
}

}  // namespace

struct Telemetry::State {
    State(Loop& loop, net::Network& network, Configuration chosen, Random random)
        : configuration(std::move(chosen)),
          registry(loop.wall()),
          propagator(configure_propagator(configuration.propagators).propagator) {
        const Resource& resource = configuration.resource;
        if (has_otlp(configuration, configuration.traces_exporters)) {
            traces.emplace(loop, network, otlp::Signal::traces, configuration.traces, Random(random()));
            spans.emplace(traces->exporter, resource);
            batches.emplace(loop, *spans, configuration.span_batches);
        }
        if (has_otlp(configuration, configuration.metrics_exporters)) {
            metrics.emplace(loop, network, otlp::Signal::metrics, configuration.metrics, Random(random()));
            metric_reader.emplace(loop, registry, metrics->exporter, resource,
                                  InstrumentationScope{.name = "mizzen.telemetry"}, configuration.reader);
        }
        if (has_otlp(configuration, configuration.logs_exporters)) {
            logs.emplace(loop, network, otlp::Signal::logs, configuration.logs, Random(random()));
            log_reader.emplace(loop, loggers, logs->exporter, resource, configuration.log_batches.delay);
        }
        const std::string_view sampler = batches ? std::string_view(configuration.sampler) : "always_off";
        provider.emplace(loop, Random(random()), configure_sampler(sampler, configuration.sampler_argument).sampler,
                         batches ? static_cast<SpanProcessor&>(*batches) : no_processor, configuration.span_limits);
    }

    Configuration configuration;
    Registry registry;
    LoggerProvider loggers;
    std::unique_ptr<Propagator> propagator;
    NoProcessor no_processor;
    std::optional<Way> traces, metrics, logs;
    std::optional<otlp::OtlpSpanExporter> spans;
    std::optional<BatchProcessor> batches;
    std::optional<otlp::PeriodicMetricReader> metric_reader;
    std::optional<otlp::LogReader> log_reader;
    std::optional<TracerProvider> provider;
};

Telemetry::Telemetry(Loop& loop, net::Network& network, Configuration configuration, Random random)
    : state_(std::make_unique<State>(loop, network, std::move(configuration), random)) {}
Telemetry::~Telemetry() = default;

Tracer Telemetry::tracer(InstrumentationScope scope) { return {*state_->provider, std::move(scope)}; }
Registry& Telemetry::registry() { return state_->registry; }
Logger Telemetry::logger(std::string_view module) { return {state_->loggers, module}; }
const Propagator& Telemetry::propagator() const { return *state_->propagator; }

Task<bool> Telemetry::shut_down(Duration limit) {
    const Context here = co_await context();
    const Time end = here.loop->after(limit);
    const auto left = [&] { return std::max(end - here.loop->now(), Duration::zero()); };
    bool all = true;
    if (state_->batches) {
        const BatchCounts counts = co_await state_->batches->shut_down(left());
        all = counts.failed == 0 && counts.abandoned == 0 && counts.refused == 0;
    }
    if (state_->log_reader) all = (co_await state_->log_reader->shut_down(left())).failed == 0 && all;
    if (state_->metric_reader) {
        const bool last = co_await state_->metric_reader->flush(left());
        co_await state_->metric_reader->shut_down(left());
        all = last && all;
    }
    co_return all;
}

std::string Telemetry::problem() const {
    for (const auto* way : {&state_->traces, &state_->metrics, &state_->logs})
        if (*way && !(*way)->exporter.problem().empty()) return (*way)->exporter.problem();
    return {};
}

}  // namespace mizzen::telemetry
