// SPDX-License-Identifier: Apache-2.0
// Spans and metrics as lines for people, whatever is in them.
#include <gtest/gtest.h>

#include "mizzen/telemetry/console/console_metrics.hpp"
#include "mizzen/telemetry/console/console_spans.hpp"

namespace mizzen::telemetry {
namespace {
using namespace std::chrono_literals;

const WallTime noon = *parse_rfc3339("2026-01-31T12:00:00Z");

TEST(ConsoleSpans, ALineForASpanAndEachOfItsEvents) {
    SpanData span;
    span.context = {.trace = {1, 2}, .span = {3}, .flags = TraceFlags{}.with_sampled(true)};
    span.parent = {4};
    span.name = "POST /orders";
    span.kind = SpanKind::server;
    span.start = noon;
    span.end = noon + 1500us;
    span.status = {StatusCode::error, "card refused"};
    span.attributes.set("evil", "a\n\x1b[2J");
    span.events.push_back({"exception", noon + 1ms, {{"type", "Refused"}}});
    span.scope = std::make_shared<const InstrumentationScope>(InstrumentationScope{.name = "shop"});
    std::string out;
    append_console_span(out, span);
    EXPECT_EQ(out,
              "S 12:00:00.000 shop             POST /orders  1.5ms server error=\"card refused\" evil=a\\n\\x1b[2J "
              "trace_id=00000000000000010000000000000002 span_id=0000000000000003 parent_id=0000000000000004\n"
              "  12:00:00.001 exception type=Refused\n");
}

TEST(ConsoleSpans, ThoseThatAreNotSampledAreNotShown) {
    std::string out;
    ConsoleSpans console([&](std::string_view lines) { out += lines; });
    console.ended(std::make_unique<SpanData>());
    EXPECT_EQ(out, "");
}

struct OrderLabels {
    std::string_view route;
};
struct ShopMetrics {
    Counter<OrderLabels> orders = counter("shop_orders_total", "Orders taken.");
    Histogram<> latency = histogram("shop_order_seconds", "How long.", "seconds").buckets({0.1, 1});
};

TEST(ConsoleMetrics, ALineForEachSeries) {
    Registry registry(noon);
    const auto metrics = registry.make<ShopMetrics>();
    metrics.orders[{"/a\"b"}].add(17);
    metrics.latency.observe(0.05);
    metrics.latency.observe(5);
    std::string out;
    append_console_metrics(out, registry.collect(noon + 1s));
    EXPECT_EQ(out,
              "M 12:00:01.000 shop_order_seconds count=2 sum=5.05 0.1:1 +Inf:1\n"
              "M 12:00:01.000 shop_orders_total{route=\"/a\\\"b\"} 17\n");
}

}  // namespace
}  // namespace mizzen::telemetry
