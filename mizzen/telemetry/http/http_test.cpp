// SPDX-License-Identifier: Apache-2.0
// Spans and metrics around handlers and transports, and the page that Prometheus scrapes.
#include <gtest/gtest.h>

#include "mizzen/async/delay.hpp"
#include "mizzen/async/simulated_loop.hpp"
#include "mizzen/base/error.hpp"
#include "mizzen/net/gzip.hpp"
#include "mizzen/net/zstd.hpp"
#include "mizzen/telemetry/http/metrics_handler.hpp"
#include "mizzen/telemetry/http/traced_handler.hpp"
#include "mizzen/telemetry/http/traced_transport.hpp"
#include "mizzen/telemetry/trace/current_span.hpp"

namespace mizzen::telemetry {
namespace {
using namespace std::chrono_literals;

struct Kept final : SpanProcessor {
    void ended(std::unique_ptr<SpanData> span) override { spans.push_back(std::move(span)); }
    std::vector<std::unique_ptr<SpanData>> spans;
};

// Two chunks, a second apart; breaks off before the second if told so.
struct Slowly final : net::Body::Source {
    explicit Slowly(bool breaks) : breaks(breaks) {}
    Task<std::optional<Bytes>> next() override {
        if (++chunks > 2) co_return std::nullopt;
        co_await delay(1s);
        if (breaks && chunks == 2) throw Error(ErrorKind::retry, "the connection broke");
        co_return Bytes(std::string("chunk"));
    }
    bool breaks;
    int chunks = 0;
};

// What the paths say, is done.
struct Shop final : net::Handler {
    Task<net::Response> handle(net::Request request) override {
        const Span* here = current_span(co_await context());
        current = here ? here->context() : SpanContext{};
        co_await delay(20ms);
        if (request.path() == "/throws") throw Error(ErrorKind::bug, "the shop is on fire");
        if (request.path() == "/missing") co_return net::Response{.status = 404};
        if (request.path() == "/broken") co_return net::Response{.status = 503};
        if (request.path() == "/stream") co_return net::Response{.body = std::make_unique<Slowly>(false)};
        if (request.path() == "/breaks") co_return net::Response{.body = std::make_unique<Slowly>(true)};
        co_return net::Response{.body = "ok"};
    }
    SpanContext current;
};

// The other side in the same process.
struct Direct final : net::Transport {
    explicit Direct(net::Handler& handler) : handler(handler) {}
    Task<net::Response> send(net::Request request) override { co_return co_await handler.handle(std::move(request)); }
    net::Handler& handler;
};

struct World {
    SimulatedLoop loop{1};
    Kept kept;
    TracerProvider provider{loop, Random(5), always_on(), kept};
    Tracer tracer{provider, {.name = "test"}};
    std::unique_ptr<Propagator> propagator = trace_context_propagator();
    Registry registry{loop.wall()};
    Shop shop;
    TracedHandler server{loop, shop, tracer, *propagator, registry.make<HttpServerMetrics>()};
    Direct direct{server};
    TracedTransport client{loop, direct, tracer, *propagator, "shop.example.com", registry.make<HttpClientMetrics>()};

    net::Response get(std::string target) { return loop.run(client.send({.target = std::move(target)})); }
    std::string read(std::string target) {
        return loop.run([](World& world, std::string what) -> Task<std::string> {
            net::Response response = co_await world.client.send({.target = std::move(what)});
            co_return co_await response.body.read_all();
        }(*this, std::move(target)));
    }
    std::string page(net::Headers headers = {}, std::string target = "/metrics") {
        MetricsHandler handler(loop, registry);
        return loop.run(handler.handle({.target = std::move(target), .headers = std::move(headers)}))
            .body.bytes()
            .str();
    }
    const SpanData& of(SpanKind kind) {
        for (const auto& span : kept.spans)
            if (span->kind == kind) return *span;
        throw Error(ErrorKind::not_found, "no span of that kind has ended");
    }
};

TEST(TracedHandler, ContinuesTheTraceOfItsCaller) {
    World world;
    world.get("/items?token=secret");
    const SpanData &client = world.of(SpanKind::client), &server = world.of(SpanKind::server);
    EXPECT_EQ(server.context.trace, client.context.trace);
    EXPECT_EQ(server.parent, client.context.span);
    EXPECT_TRUE(server.parent_is_remote);
    EXPECT_EQ(world.shop.current, server.context);
    EXPECT_EQ(server.name.view(), "GET");
    EXPECT_EQ(*server.attributes.find("url.path")->as<std::string>(), "/items");
    EXPECT_EQ(*client.attributes.find("server.address")->as<std::string>(), "shop.example.com");
    EXPECT_EQ(*server.attributes.find("http.response.status_code")->as<std::int64_t>(), 200);
    EXPECT_EQ(server.end - server.start, 20ms);
}

TEST(TracedHandler, ServersFailFrom500ClientsFrom400) {
    World world;
    world.get("/missing");
    EXPECT_EQ(world.of(SpanKind::server).status.code, StatusCode::unset);
    EXPECT_EQ(world.of(SpanKind::client).status.code, StatusCode::error);
    world.kept.spans.clear();
    world.get("/broken");
    EXPECT_EQ(world.of(SpanKind::server).status.code, StatusCode::error);
    EXPECT_EQ(*world.of(SpanKind::server).attributes.find("error.type")->as<std::string>(), "503");
}

TEST(TracedHandler, AnExceptionIsRecordedAndThrownOn) {
    World world;
    EXPECT_THROW(world.get("/throws"), Error);
    ASSERT_EQ(world.kept.spans.size(), 2u);
    for (const auto& span : world.kept.spans) {
        EXPECT_EQ(span->status.message, "the shop is on fire");
        EXPECT_EQ(span->events.at(0).name.view(), "exception");
    }
    EXPECT_NE(world.page().find("http_response_status_code=\"500\""), std::string::npos);
}

TEST(TracedHandler, ASpanEndsWithTheLastByteOfAStream) {
    World world;
    EXPECT_EQ(world.read("/stream"), "chunkchunk");
    ASSERT_EQ(world.kept.spans.size(), 2u);
    for (const auto& span : world.kept.spans) EXPECT_EQ(span->end - span->start, 2020ms);
    EXPECT_NE(world.page().find("http_server_active_requests 0"), std::string::npos);
}

TEST(TracedHandler, AStreamThatIsGivenUpOrBreaksEndsItsSpan) {
    World world;
    (void)world.get("/stream");
    EXPECT_EQ(world.kept.spans.size(), 2u);
    world.kept.spans.clear();
    EXPECT_THROW(world.read("/breaks"), Error);
    ASSERT_EQ(world.kept.spans.size(), 2u);
    for (const auto& span : world.kept.spans) EXPECT_EQ(span->status.message, "the connection broke");
}

TEST(TracedHandler, MethodsThatNobodyKnowsMakeNoSeries) {
    World world;
    for (const char* method : {"BREW", "STEEP"}) world.loop.run(world.server.handle({.method = method, .target = "/"}));
    EXPECT_EQ(world.of(SpanKind::server).name.view(), "HTTP");
    const std::string page = world.page();
    EXPECT_NE(
        page.find("http_server_request_duration_seconds_count{http_request_method=\"_OTHER\",http_response_status_"
                  "code=\"200\"} 2"),
        std::string::npos)
        << page;
}

TEST(TracedTransport, CountsWhatCameBackAndWhatDidNot) {
    World world;
    world.read("/items");
    world.read("/missing");
    EXPECT_THROW(world.get("/throws"), Error);
    EXPECT_THROW(world.read("/breaks"), Error);
    const std::string page = world.page();
    // A label that is empty is not there.
    for (
        const std::string_view labels :
        {R"(http_request_method="GET",http_response_status_code="200",server_address="shop.example.com")",
         R"(http_request_method="GET",http_response_status_code="404",server_address="shop.example.com",error_type="404")",
         R"(http_request_method="GET",server_address="shop.example.com",error_type="bug")",
         R"(http_request_method="GET",http_response_status_code="200",server_address="shop.example.com",error_type="retry")"}) {
        const std::string series = "http_client_request_duration_seconds_count{" + std::string(labels) + "} 1\n";
        EXPECT_NE(page.find(series), std::string::npos) << series << page;
    }
}

TEST(MetricsHandler, AnswersAsItIsAsked) {
    World world;
    world.get("/items");
    const std::string openmetrics = world.page({{"accept", "application/openmetrics-text;version=1.0.0"}});
    EXPECT_TRUE(openmetrics.ends_with("# EOF\n"));
    const std::string one = world.page({}, "/metrics?name[]=http_server_active_requests");
    EXPECT_EQ(one.find("duration"), std::string::npos);
    EXPECT_NE(one.find("http_server_active_requests 0"), std::string::npos);
    EXPECT_EQ(net::Gunzip().unpack(world.page({{"accept-encoding", "br, gzip;q=0.5"}})), world.page());
    EXPECT_EQ(net::Gunzip().unpack(world.page({{"accept-encoding", "zstd;q=0.4, gzip;q=0.5"}})), world.page());
    EXPECT_EQ(net::unzstd(world.page({{"accept-encoding", "gzip, zstd"}})), world.page());
    EXPECT_EQ(world.page({{"accept-encoding", "gzip;q=0, zstd;q=0"}}), world.page());
    MetricsHandler handler(world.loop, world.registry);
    const net::Response packed = world.loop.run(handler.handle({.headers = {{"accept-encoding", "zstd"}}}));
    EXPECT_EQ(packed.headers.find("content-encoding"), "zstd");
    EXPECT_EQ(packed.headers.find("vary"), "accept, accept-encoding");
}

TEST(MetricsHandler, RefusesOtherMethods) {
    World world;
    MetricsHandler handler(world.loop, world.registry);
    EXPECT_EQ(world.loop.run(handler.handle({.method = "POST"})).status, 405);
    EXPECT_EQ(world.loop.run(handler.handle({.method = "HEAD"})).body.bytes().size(), 0u);
}

}  // namespace
}  // namespace mizzen::telemetry
