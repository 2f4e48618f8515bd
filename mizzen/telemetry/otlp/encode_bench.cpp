// SPDX-License-Identifier: Apache-2.0
// How fast a batch of spans becomes OTLP: 512 spans with 8 attributes each, as the batch processor hands them out.
#include <benchmark/benchmark.h>

#include "mizzen/base/random.hpp"
#include "mizzen/telemetry/otlp/encode.hpp"

namespace mizzen::telemetry::otlp {
namespace {

constexpr std::size_t batch = 512;

std::unique_ptr<SpanData> request_span(Random& random, std::shared_ptr<const InstrumentationScope> scope) {
    const WallTime start(std::chrono::seconds(1'750'000'000) + Duration(random() % 1'000'000'000));
    return std::make_unique<SpanData>(
        SpanData{.context = {.trace = TraceId::draw(random), .span = SpanId::draw(random), .flags = {3}},
                 .parent = SpanId::draw(random),
                 .name = "GET /cart/{id}",
                 .kind = SpanKind::server,
                 .start = start,
                 .end = start + std::chrono::microseconds(random() % 10'000),
                 .attributes = {{"http.request.method", "GET"},
                                {"http.response.status_code", 200},
                                {"http.route", "/cart/{id}"},
                                {"url.path", "/cart/" + std::to_string(random() % 1'000'000)},
                                {"url.scheme", "https"},
                                {"server.address", "shop.example.com"},
                                {"server.port", 443},
                                {"user_agent.original", "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101"}},
                 .scope = std::move(scope)});
}

void encode_batch(benchmark::State& state, Encoding encoding) {
    Random random(1);
    const Resource resource{{{"service.name", "shop"}, {"k8s.namespace.name", "default"}, {"k8s.pod.name", "shop-0"}}};
    const auto scope = std::make_shared<InstrumentationScope>(InstrumentationScope{.name = "shop", .version = "1.2.0"});
    std::vector<std::unique_ptr<SpanData>> spans;
    for (std::size_t i = 0; i < batch; ++i) spans.push_back(request_span(random, scope));
    std::size_t bytes = 0;
    for (auto _ : state) {
        const std::string out = encode(resource, spans, encoding);
        benchmark::DoNotOptimize(out.data());
        bytes += out.size();
    }
    // Millions of bytes per second of processor time.
    state.counters["value"] = benchmark::Counter(static_cast<double>(bytes) / 1e6, benchmark::Counter::kIsRate);
}

void encode_protobuf(benchmark::State& state) { encode_batch(state, Encoding::protobuf); }
BENCHMARK(encode_protobuf)->Name("telemetry.otlp_encode_mb_s")->Unit(benchmark::kMicrosecond);
void encode_json(benchmark::State& state) { encode_batch(state, Encoding::json); }
BENCHMARK(encode_json)->Name("telemetry.otlp_encode_json_mb_s")->Unit(benchmark::kMicrosecond);

}  // namespace
}  // namespace mizzen::telemetry::otlp
