// SPDX-License-Identifier: Apache-2.0
// Snapshots in both encodings, against texts written by hand.
#include <gtest/gtest.h>

#include <limits>

#include "mizzen/telemetry/metrics/registry.hpp"
#include "mizzen/telemetry/otlp/detail/encode_unit.hpp"
#include "mizzen/telemetry/otlp/testing/encode_expect.hpp"
#include "mizzen/telemetry/trace/span.hpp"

namespace mizzen::telemetry::otlp {
namespace {

using testing::canonical, testing::canonical_protobuf;

Snapshot snapshot_of(std::vector<Family> families) {
    return {.start = WallTime(Duration(1000)), .time = WallTime(Duration(2000)), .families = std::move(families)};
}

void expect(const Snapshot& snapshot, const std::string& metrics) {
    const InstrumentationScope scope{.name = "shop", .schema_url = "u"};
    const std::string json = R"({"resourceMetrics":[{"resource":{},"scopeMetrics":[{"scope":{"name":"shop"},
        "schemaUrl":"u","metrics":[)" +
                             metrics + "]}]}]}";
    EXPECT_EQ(canonical_protobuf("MetricsRequest", encode({}, scope, snapshot, Encoding::protobuf)), canonical(json));
    EXPECT_EQ(canonical(encode({}, scope, snapshot, Encoding::json)), canonical(json));
}
void expect(Family family, const std::string& metric) { expect(snapshot_of({std::move(family)}), metric); }

LabelTable labels(std::size_t columns, std::initializer_list<std::string_view> values) {
    LabelTable out(columns);
    for (const std::string_view value : values) out.add(value);
    return out;
}

TEST(EncodeMetrics, TellsCountersAsMonotonicSums) {
    constexpr auto most = std::numeric_limits<std::uint64_t>::max();
    expect({.type = MetricType::counter,
            .name = "shop_requests",
            .help = "Requests.",
            .unit = "bytes",
            .label_names = {"code", "path"},
            .labels = labels(2, {"200", "/", "", "", "500", ""}),
            .points = std::vector<Number>{std::uint64_t{3}, most, 1.5}},
           R"({"name": "shop_requests", "description": "Requests.", "unit": "By", "sum": {
                "aggregationTemporality": 2, "isMonotonic": true, "dataPoints": [
                {"startTimeUnixNano": "1000", "timeUnixNano": "2000", "asInt": "3", "attributes": [
                    {"key": "code", "value": {"stringValue": "200"}}, {"key": "path", "value": {"stringValue": "/"}}]},
                {"startTimeUnixNano": "1000", "timeUnixNano": "2000", "asDouble": 18446744073709551615},
                {"startTimeUnixNano": "1000", "timeUnixNano": "2000", "asDouble": 1.5,
                 "attributes": [{"key": "code", "value": {"stringValue": "500"}}]}]}})");
}

TEST(EncodeMetrics, TellsUpDownCountersAsOtherSums) {
    expect({.type = MetricType::up_down_counter, .name = "open", .points = std::vector<Number>{std::int64_t{-7}}},
           R"({"name": "open", "sum": {"aggregationTemporality": 2, "dataPoints": [
                {"startTimeUnixNano": "1000", "timeUnixNano": "2000", "asInt": "-7"}]}})");
}

TEST(EncodeMetrics, TellsGaugesWithoutAStart) {
    constexpr double inf = std::numeric_limits<double>::infinity();
    expect({.type = MetricType::gauge,
            .name = "level",
            .points = std::vector<Number>{0.0, std::int64_t{0}, std::numeric_limits<double>::quiet_NaN(), inf, -inf}},
           R"({"name": "level", "gauge": {"dataPoints": [
                {"timeUnixNano": "2000", "asDouble": 0}, {"timeUnixNano": "2000", "asInt": "0"},
                {"timeUnixNano": "2000", "asDouble": "NaN"}, {"timeUnixNano": "2000", "asDouble": "Infinity"},
                {"timeUnixNano": "2000", "asDouble": "-Infinity"}]}})");
}

TEST(EncodeMetrics, TellsInfosAndStatesAsSumsOfOnes) {
    const std::string sum = R"("sum": {"aggregationTemporality": 2, "dataPoints": [
        {"startTimeUnixNano": "1000", "timeUnixNano": "2000", "asInt": "1",
         "attributes": [{"key": "x", "value": {"stringValue": "y"}}]}]})";
    for (const MetricType type : {MetricType::info, MetricType::state_set}) {
        const bool is_info = type == MetricType::info;
        const std::string name = is_info ? "build_info" : "build", word = is_info ? "info" : "stateset";
        expect({.type = type,
                .name = "build",
                .label_names = {"x"},
                .labels = labels(1, {"y"}),
                .points = std::vector<Number>{std::uint64_t{1}}},
               R"({"name": ")" + name + R"(", )" + sum +
                   R"(, "metadata": [{"key": "prometheus.type", "value": {"stringValue": ")" + word + "\"}}]}");
    }
}

TEST(EncodeMetrics, TellsConventionsByTheirNames) {
    expect({.type = MetricType::histogram,
            .name = "http_server_request_duration_seconds",
            .help = "How long.",
            .unit = "seconds",
            .label_names = {"http_request_method", "http_response_status_code", "route"},
            .bounds = {1},
            .labels = labels(3, {"GET", "200", "/", "PUT", "", "", "", "007", "200"}),
            .points = std::vector<HistogramPoint>{{{1, 0}, 0.5}, {{0, 1}, 2}, {{0, 0}, 0}}},
           R"({"name": "http.server.request.duration", "description": "How long.", "unit": "s", "histogram": {
                "aggregationTemporality": 2, "dataPoints": [
                {"startTimeUnixNano": "1000", "timeUnixNano": "2000", "count": "1", "sum": 0.5,
                 "bucketCounts": ["1", "0"], "explicitBounds": [1], "attributes": [
                    {"key": "http.request.method", "value": {"stringValue": "GET"}},
                    {"key": "http.response.status_code", "value": {"intValue": "200"}},
                    {"key": "route", "value": {"stringValue": "/"}}]},
                {"startTimeUnixNano": "1000", "timeUnixNano": "2000", "count": "1", "sum": 2,
                 "bucketCounts": ["0", "1"], "explicitBounds": [1], "attributes": [
                    {"key": "http.request.method", "value": {"stringValue": "PUT"}}]},
                {"startTimeUnixNano": "1000", "timeUnixNano": "2000", "sum": 0,
                 "bucketCounts": ["0", "0"], "explicitBounds": [1], "attributes": [
                    {"key": "http.response.status_code", "value": {"stringValue": "007"}},
                    {"key": "route", "value": {"stringValue": "200"}}]}]}})");
    expect(
        {.type = MetricType::counter, .name = "otel_sdk_log_records", .points = std::vector<Number>{std::uint64_t{3}}},
        R"({"name": "otel.sdk.log.created", "unit": "{log_record}", "sum": {"aggregationTemporality": 2,
                "isMonotonic": true, "dataPoints": [
                {"startTimeUnixNano": "1000", "timeUnixNano": "2000", "asInt": "3"}]}})");
}

TEST(EncodeMetrics, TellsTheOverflowAsABoolean) {
    expect({.type = MetricType::gauge,
            .name = "level",
            .label_names = {"user", "otel_metric_overflow"},
            .labels = labels(2, {"", "true"}),
            .points = std::vector<Number>{1.0}},
           R"({"name": "level", "gauge": {"dataPoints": [{"timeUnixNano": "2000", "asDouble": 1, "attributes": [
                {"key": "otel.metric.overflow", "value": {"boolValue": true}}]}]}})");
}

// A key must not come twice.
TEST(EncodeMetrics, ALabelStaysWhereItsAttributeIsThereToo) {
    expect({.type = MetricType::gauge,
            .name = "level",
            .label_names = {"error.type", "error_type"},
            .labels = labels(2, {"a", "b"}),
            .points = std::vector<Number>{1.0}},
           R"({"name": "level", "gauge": {"dataPoints": [{"timeUnixNano": "2000", "asDouble": 1, "attributes": [
                {"key": "error.type", "value": {"stringValue": "a"}},
                {"key": "error_type", "value": {"stringValue": "b"}}]}]}})");
}

TEST(EncodeMetrics, TellsHistograms) {
    expect({.type = MetricType::histogram,
            .name = "wait_seconds",
            .unit = "seconds",
            .label_names = {"l"},
            .bounds = {0.5, 1},
            .labels = labels(1, {"a", ""}),
            .points = std::vector<HistogramPoint>{{{3, 0, 4}, 9.5}, {{0, 0, 0}, 0}}},
           R"({"name": "wait_seconds", "unit": "s", "histogram": {"aggregationTemporality": 2, "dataPoints": [
                {"startTimeUnixNano": "1000", "timeUnixNano": "2000", "count": "7", "sum": 9.5,
                 "bucketCounts": ["3", "0", "4"], "explicitBounds": [0.5, 1],
                 "attributes": [{"key": "l", "value": {"stringValue": "a"}}]},
                {"startTimeUnixNano": "1000", "timeUnixNano": "2000", "sum": 0,
                 "bucketCounts": ["0", "0", "0"], "explicitBounds": [0.5, 1]}]}})");
}

TEST(EncodeMetrics, TellsNoSumThatCanFall) {
    expect({.type = MetricType::histogram,
            .name = "x",
            .bounds = {-1},
            .points = std::vector<HistogramPoint>{{{1, 0}, -2}}},
           R"({"name": "x", "histogram": {"aggregationTemporality": 2, "dataPoints": [
                {"startTimeUnixNano": "1000", "timeUnixNano": "2000", "count": "1", "bucketCounts": ["1", "0"],
                 "explicitBounds": [-1]}]}})");
    expect({.type = MetricType::histogram, .name = "x", .points = std::vector<HistogramPoint>{{{2}, 3}}},
           R"({"name": "x", "histogram": {"aggregationTemporality": 2, "dataPoints": [
                {"startTimeUnixNano": "1000", "timeUnixNano": "2000", "count": "2", "sum": 3,
                 "bucketCounts": ["2"]}]}})");
}

TEST(EncodeMetrics, TellsExponentialHistograms) {
    expect({.type = MetricType::exponential_histogram,
            .name = "x",
            .label_names = {"l"},
            .labels = labels(1, {"a", "b", "c"}),
            .points =
                std::vector<ExponentialPoint>{
                    {.scale = -2, .zero_count = 5, .sum = 7, .positive = {-3, {4, 0, 300}}, .negative = {10, {2}}},
                    {.scale = 8, .sum = 1.5, .positive = {0, {1}}},
                    {}}},
           R"({"name": "x", "exponentialHistogram": {"aggregationTemporality": 2, "dataPoints": [
                {"attributes": [{"key": "l", "value": {"stringValue": "a"}}],
                 "startTimeUnixNano": "1000", "timeUnixNano": "2000", "count": "311", "scale": -2, "zeroCount": "5",
                 "positive": {"offset": -3, "bucketCounts": ["4", "0", "300"]},
                 "negative": {"offset": 10, "bucketCounts": ["2"]}},
                {"attributes": [{"key": "l", "value": {"stringValue": "b"}}],
                 "startTimeUnixNano": "1000", "timeUnixNano": "2000", "count": "1", "sum": 1.5, "scale": 8,
                 "positive": {"bucketCounts": ["1"]}},
                {"attributes": [{"key": "l", "value": {"stringValue": "c"}}],
                 "startTimeUnixNano": "1000", "timeUnixNano": "2000", "sum": 0}]}})");
}

TEST(EncodeMetrics, TellsSummariesWithTheQuantilesThatAreKnown) {
    expect({.type = MetricType::summary,
            .name = "x",
            .label_names = {"l"},
            .quantiles = {0, 0.5, 1},
            .labels = labels(1, {"a"}),
            .points = std::vector<SummaryPoint>{{{-1, std::numeric_limits<double>::quiet_NaN(), 3}, 4, 2.5}}},
           R"({"name": "x", "summary": {"dataPoints": [
                {"startTimeUnixNano": "1000", "timeUnixNano": "2000", "count": "4", "sum": 2.5,
                 "quantileValues": [{"quantile": 1, "value": 3}],
                 "attributes": [{"key": "l", "value": {"stringValue": "a"}}]}]}})");
}

TEST(EncodeMetrics, TellsDeltasFromTheirOwnStart) {
    expect({.type = MetricType::counter,
            .name = "x",
            .points = std::vector<Number>{std::uint64_t{1}},
            .temporality = Temporality::delta,
            .start = WallTime(Duration(1700))},
           R"({"name": "x", "sum": {"aggregationTemporality": 1, "isMonotonic": true, "dataPoints": [
                {"startTimeUnixNano": "1700", "timeUnixNano": "2000", "asInt": "1"}]}})");
}

TEST(EncodeMetrics, TellsExemplarsWithTheirPoints) {
    const std::string trace = "0123456789abcdef0123456789abcdef";
    const std::vector<Exemplar> exemplars = {
        {.row = 0,
         .labels = {{"trace_id", trace}, {"span_id", "0123456789abcdef"}, {"user", "u\xff"}, {"none", ""}},
         .value = 0.25,
         .time = WallTime(Duration(1500))},
        {.row = 1, .bucket = 0, .labels = {{"trace_id", "no id"}, {"span_id", std::string(16, '0')}}, .value = 0.75},
        {.row = 1, .bucket = 1, .value = 2},
        {.row = 9, .value = 3}};
    const std::string first = R"("exemplars": [{"timeUnixNano": "1500", "asDouble": 0.25, "traceId": ")" + trace +
                              R"(", "spanId": "0123456789abcdef", "filteredAttributes": [{"key": "user",
                              "value": {"stringValue": "u)"
                              "\xef\xbf\xbd"
                              R"("}}]}])";
    const std::string second = R"("exemplars": [{"asDouble": 0.75, "filteredAttributes": [
        {"key": "trace_id", "value": {"stringValue": "no id"}},
        {"key": "span_id", "value": {"stringValue": "0000000000000000"}}]}, {"asDouble": 2}])";
    const std::string times = R"("startTimeUnixNano": "1000", "timeUnixNano": "2000", )";
    expect({.type = MetricType::counter,
            .name = "x",
            .points = std::vector<Number>{std::uint64_t{1}, 2.5},
            .exemplars = exemplars},
           R"({"name": "x", "sum": {"aggregationTemporality": 2, "isMonotonic": true, "dataPoints": [
                {"asInt": "1", )" +
               times + first + R"(}, {"asDouble": 2.5, )" + times + second + "}]}}");
    expect({.type = MetricType::histogram,
            .name = "x",
            .bounds = {1},
            .points = std::vector<HistogramPoint>{{{1, 0}, 0.25}, {{1, 1}, 2.75}},
            .exemplars = exemplars},
           R"({"name": "x", "histogram": {"aggregationTemporality": 2, "dataPoints": [
                {"count": "1", "sum": 0.25, "bucketCounts": ["1", "0"], "explicitBounds": [1], )" +
               times + first + R"(}, {"count": "2", "sum": 2.75, "bucketCounts": ["1", "1"], "explicitBounds": [1], )" +
               times + second + "}]}}");
    expect({.type = MetricType::exponential_histogram,
            .name = "x",
            .points = std::vector<ExponentialPoint>{{}},
            .exemplars = exemplars},
           R"({"name": "x", "exponentialHistogram": {"aggregationTemporality": 2, "dataPoints": [{"sum": 0, )" + times +
               first + "}]}}");
}

TEST(EncodeMetrics, LeavesOutFamiliesWithoutPoints) {
    const Family none{.type = MetricType::counter, .name = "none", .points = std::vector<Number>{}};
    const Family some{.name = "some", .points = std::vector<Number>{1.0}};
    expect(snapshot_of({none, some, none}),
           R"({"name": "some", "gauge": {"dataPoints": [{"timeUnixNano": "2000", "asDouble": 1}]}})");
    for (const Snapshot& empty : {snapshot_of({}), snapshot_of({none})}) {
        EXPECT_EQ(encode({}, {}, empty, Encoding::protobuf), "");
        EXPECT_EQ(encode({}, {}, empty, Encoding::json), "{}");
    }
}

TEST(EncodeMetrics, MendsText) {
    const std::string broken = "a\xff", mended = "a\xef\xbf\xbd";
    expect({.name = broken,
            .help = broken,
            .unit = broken,
            .label_names = {broken},
            .labels = labels(1, {broken}),
            .points = std::vector<Number>{1.0}},
           R"({"name": ")" + mended + R"(", "description": ")" + mended + R"(", "unit": ")" + mended +
               R"(", "gauge": {"dataPoints": [{"timeUnixNano": "2000", "asDouble": 1, "attributes": [
                {"key": ")" +
               mended + R"(", "value": {"stringValue": ")" + mended + R"("}}]}]}})");
}

struct ShopMetrics {
    Counter<> requests = counter("shop_requests_total", "Requests.");
    Histogram<> wait = histogram("shop_wait_seconds", "Waits.", "seconds").buckets({0.5});
};

TEST(EncodeMetrics, TellsWhatARegistryCollected) {
    Registry registry(WallTime(Duration(1000)));
    const auto m = registry.make<ShopMetrics>();
    m.requests.add(2);
    m.wait.observe(0.75);
    expect(registry.collect(WallTime(Duration(2000))),
           R"({"name": "shop_requests", "description": "Requests.", "sum": {
                "aggregationTemporality": 2, "isMonotonic": true, "dataPoints": [
                {"startTimeUnixNano": "1000", "timeUnixNano": "2000", "asInt": "2"}]}},
              {"name": "shop_wait_seconds", "description": "Waits.", "unit": "s", "histogram": {
                "aggregationTemporality": 2, "dataPoints": [
                {"startTimeUnixNano": "1000", "timeUnixNano": "2000", "count": "1", "sum": 0.75,
                 "bucketCounts": ["0", "1"], "explicitBounds": [0.5]}]}})");
}

TEST(EncodeMetrics, TellsTheSpansThatARegistryKept) {
    std::uint64_t ticks = 0;
    Registry registry(
        {.start = WallTime(Duration(1000)),
         .ticks = {.read = [](const void* from) noexcept { return *static_cast<const std::uint64_t*>(from); },
                   .from = &ticks}});
    struct Metrics {
        Counter<> requests = counter("shop_requests_total", "Requests.");
    };
    const auto m = registry.make<Metrics>();
    const Span span(Propagated{.span = {.trace = {1, 2}, .span = {3}, .flags = {TraceFlags::sampled_bit}}});
    ticks = 400;
    m.requests.add(2, &span);
    ticks = 1000;
    expect(registry.collect(WallTime(Duration(2000))),
           R"({"name": "shop_requests", "description": "Requests.", "sum": {
                "aggregationTemporality": 2, "isMonotonic": true, "dataPoints": [
                {"startTimeUnixNano": "1000", "timeUnixNano": "2000", "asInt": "2", "exemplars": [
                    {"timeUnixNano": "1400", "asDouble": 2, "traceId": "00000000000000010000000000000002",
                     "spanId": "0000000000000003"}]}]}})");
}

TEST(ToUcum, KnowsTheUnitsOfPrometheus) {
    const std::pair<std::string_view, std::string_view> cases[] = {
        {"", ""},
        {"seconds", "s"},
        {"bytes", "By"},
        {"ratio", "1"},
        {"celsius", "Cel"},
        {"joules", "J"},
        {"minutes", "min"},
        {"calls", "calls"},
        {"second", "second"},
        {"bytes_per_second", "By/s"},
        {"meters_per_second", "m/s"},
        {"calls_per_minute", "calls/min"},
        {"joules_per_thing", "J/thing"},
    };
    for (const auto& [words, code] : cases) EXPECT_EQ(to_ucum(words), code);
}

}  // namespace
}  // namespace mizzen::telemetry::otlp
