// SPDX-License-Identifier: Apache-2.0
// Log records in both encodings, against texts written by hand.
#include <gtest/gtest.h>

#include "mizzen/telemetry/otlp/testing/encode_expect.hpp"

namespace mizzen::telemetry::otlp {
namespace {

using testing::canonical, testing::canonical_protobuf;

void expect(LogRecord record, const std::string& scope_logs) {
    std::vector<std::unique_ptr<LogRecord>> records;
    records.push_back(std::make_unique<LogRecord>(std::move(record)));
    const std::string json = R"({"resourceLogs":[{"resource":{},"scopeLogs":[)" + scope_logs + "]}]}";
    EXPECT_EQ(canonical_protobuf("LogsRequest", encode({}, records, Encoding::protobuf)), canonical(json));
    EXPECT_EQ(canonical(encode({}, records, Encoding::json)), canonical(json));
}

TEST(EncodeLogs, TellsEveryField) {
    Attributes attributes = {{"k8s.pod.name", "shop-1"}};
    attributes.set("", 0);
    expect({.time = WallTime(Duration(1'544'712'660'300'000'000)),
            .observed = WallTime(Duration(1'544'712'660'300'000'001)),
            .severity = Severity::warn,
            .body = "cart \"7\" is\xff empty",
            .attributes = attributes,
            .span = {.trace = {1, 2}, .span = {3}, .flags = {TraceFlags::sampled_bit}},
            .event_name = "cart.empty",
            .scope = std::make_shared<InstrumentationScope>(InstrumentationScope{.name = "shop", .schema_url = "u"})},
           R"({"scope": {"name": "shop"}, "schemaUrl": "u", "logRecords": [{
                "timeUnixNano": "1544712660300000000", "observedTimeUnixNano": "1544712660300000001",
                "severityNumber": 13, "severityText": "WARN", "body": {"stringValue": "cart \"7\" is)"
           "\xef\xbf\xbd"
           R"( empty"},
                "attributes": [{"key": "k8s.pod.name", "value": {"stringValue": "shop-1"}}],
                "droppedAttributesCount": 1, "flags": 1, "traceId": "00000000000000010000000000000002",
                "spanId": "0000000000000003", "eventName": "cart.empty"}]})");
}

TEST(EncodeLogs, LeavesOutWhatIsNotThere) {
    expect({}, R"({"logRecords": [{"severityNumber": 9, "severityText": "INFO"}]})");
    // Half a span context is none.
    expect({.span = {.trace = {1, 2}, .flags = {TraceFlags::sampled_bit}}},
           R"({"logRecords": [{"severityNumber": 9, "severityText": "INFO"}]})");
}

TEST(EncodeLogs, NamesEverySeverity) {
    const std::pair<int, std::string> cases[] = {
        {1, "TRACE"}, {4, "TRACE4"}, {5, "DEBUG"},   {9, "INFO"},   {10, "INFO2"},
        {13, "WARN"}, {17, "ERROR"}, {20, "ERROR4"}, {21, "FATAL"}, {24, "FATAL4"},
    };
    for (const auto& [number, text] : cases)
        expect({.severity = static_cast<Severity>(number)}, R"({"logRecords": [{"severityNumber": )" +
                                                                std::to_string(number) + R"(, "severityText": ")" +
                                                                text + "\"}]}");
    expect({.severity = Severity{}}, R"({"logRecords": [{}]})");
    expect({.severity = static_cast<Severity>(25)}, R"({"logRecords": [{"severityNumber": 25}]})");
}

TEST(EncodeLogs, IsEmptyWithoutRecords) {
    EXPECT_EQ(encode({}, std::span<const std::unique_ptr<LogRecord>>(), Encoding::protobuf), "");
    EXPECT_EQ(encode({}, std::span<const std::unique_ptr<LogRecord>>(), Encoding::json), "{}");
}

}  // namespace
}  // namespace mizzen::telemetry::otlp
