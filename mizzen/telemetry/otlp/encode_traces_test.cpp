// SPDX-License-Identifier: Apache-2.0
// Spans in both encodings, against texts written by hand and against each other.
#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "mizzen/base/random.hpp"
#include "mizzen/telemetry/otlp/testing/encode_expect.hpp"

namespace mizzen::telemetry::otlp {
namespace {

using testing::canonical, testing::canonical_protobuf;
using Spans = std::vector<std::unique_ptr<SpanData>>;

template <class... Data>
Spans spans_of(Data... data) {
    Spans out;
    (out.push_back(std::make_unique<SpanData>(std::move(data))), ...);
    return out;
}

WallTime at(std::int64_t nanoseconds) { return WallTime(Duration(nanoseconds)); }

void expect(const Resource& resource, const Spans& spans, std::string_view json) {
    EXPECT_EQ(canonical_protobuf("TraceRequest", encode(resource, spans, Encoding::protobuf)), canonical(json));
    EXPECT_EQ(canonical(encode(resource, spans, Encoding::json)), canonical(json));
}
void expect_span(SpanData span, const std::string& json) {
    expect({}, spans_of(std::move(span)),
           R"({"resourceSpans":[{"resource":{},"scopeSpans":[{"spans":[)" + json + "]}]}]}");
}

Attributes with_dropped(Attributes attributes, int dropped) {
    for (int i = 0; i < dropped; ++i) attributes.set("", i);
    return attributes;
}

SpanData full_span() {
    SpanData span{
        .context = {.trace = {0x5b8efff798038103, 0xd269b633813fc60c},
                    .span = {0xeee19b7ec3c1b174},
                    .flags = {TraceFlags::sampled_bit | TraceFlags::random_bit},
                    .state = *TraceState::parse({"a=1,b=2"})},
        .parent = {0xeee19b7ec3c1b173},
        .parent_is_remote = true,
        .name = "GET /cart",
        .kind = SpanKind::server,
        .start = at(1'544'712'660'000'000'001),
        .end = at(1'544'712'661'000'000'002),
        .attributes = with_dropped({{"http.response.status_code", 200}}, 3),
        .dropped_events = 5,
        .dropped_links = 6,
        .status = {StatusCode::error, "no cart"},
        .scope = std::make_shared<InstrumentationScope>(
            InstrumentationScope{"shop", "1.2", "https://scope", with_dropped({{"mascot", "bear"}}, 1)}),
    };
    span.events.push_back({"retry", at(1'544'712'660'500'000'000), with_dropped({{"attempt", 2}}, 2)});
    span.links.push_back({{.trace = {1, 2}, .span = {3}, .is_remote = true, .state = *TraceState::parse({"c=3"})},
                          with_dropped({{"why", "batch"}}, 4)});
    span.links.push_back({{.trace = {1, 2}, .span = {4}, .flags = {TraceFlags::sampled_bit}}});
    return span;
}

TEST(EncodeTraces, TellsWhatTheResourceIsAbout) {
    Resource resource;
    resource.entities = {{"service", "https://schema", {"service.name", "service.instance.id"}, {"service.version"}},
                         {"host", "", {"host.id"}, {}}};
    expect(resource, spans_of(SpanData{}), R"({"resourceSpans":[{"resource":{"entityRefs":[
        {"schemaUrl": "https://schema", "type": "service", "idKeys": ["service.name", "service.instance.id"],
         "descriptionKeys": ["service.version"]}, {"type": "host", "idKeys": ["host.id"]}]},
        "scopeSpans":[{"spans":[{"kind":1,"flags":256}]}]}]})");
}

TEST(EncodeTraces, TellsEveryField) {
    expect({with_dropped({{"service.name", "shop"}}, 2), "https://resource"}, spans_of(full_span()), R"({
"resourceSpans": [{
  "resource": {"attributes": [{"key": "service.name", "value": {"stringValue": "shop"}}], "droppedAttributesCount": 2},
  "scopeSpans": [{
    "scope": {"name": "shop", "version": "1.2", "droppedAttributesCount": 1,
              "attributes": [{"key": "mascot", "value": {"stringValue": "bear"}}]},
    "spans": [{
      "traceId": "5b8efff798038103d269b633813fc60c", "spanId": "eee19b7ec3c1b174", "traceState": "a=1,b=2",
      "parentSpanId": "eee19b7ec3c1b173", "name": "GET /cart", "kind": 2, "flags": 771,
      "startTimeUnixNano": "1544712660000000001", "endTimeUnixNano": "1544712661000000002",
      "attributes": [{"key": "http.response.status_code", "value": {"intValue": "200"}}], "droppedAttributesCount": 3,
      "events": [{"timeUnixNano": "1544712660500000000", "name": "retry", "droppedAttributesCount": 2,
                  "attributes": [{"key": "attempt", "value": {"intValue": "2"}}]}],
      "droppedEventsCount": 5,
      "links": [{"traceId": "00000000000000010000000000000002", "spanId": "0000000000000003", "traceState": "c=3",
                 "attributes": [{"key": "why", "value": {"stringValue": "batch"}}], "droppedAttributesCount": 4,
                 "flags": 768},
                {"traceId": "00000000000000010000000000000002", "spanId": "0000000000000004", "flags": 257}],
      "droppedLinksCount": 6,
      "status": {"message": "no cart", "code": 2}
    }],
    "schemaUrl": "https://scope"
  }],
  "schemaUrl": "https://resource"
}]})");
}

TEST(EncodeTraces, LeavesOutWhatIsNotThere) {
    expect_span({.name = "root"}, R"({"name": "root", "kind": 1, "flags": 256})");
    expect_span({.start = at(-5), .status = {StatusCode::ok, ""}},
                R"({"kind": 1, "status": {"code": 1}, "flags": 256})");
}

TEST(EncodeTraces, KeepsTheTypeOfEveryValue) {
    constexpr std::int64_t least = std::numeric_limits<std::int64_t>::min(),
                           most = std::numeric_limits<std::int64_t>::max();
    constexpr double inf = std::numeric_limits<double>::infinity();
    const std::pair<AttributeValue, std::string> cases[] = {
        {"", R"({"stringValue": ""})"},
        {"a\"\\\n\x01", R"({"stringValue": "a\"\\\n\u0001"})"},
        {"\xc3\xa4\xf0\x9f\x90\xbb", "{\"stringValue\": \"\xc3\xa4\xf0\x9f\x90\xbb\"}"},
        {std::string("a\0b", 3), R"({"stringValue": "a\u0000b"})"},
        {true, R"({"boolValue": true})"},
        {false, R"({"boolValue": false})"},
        {0, R"({"intValue": "0"})"},
        {least, R"({"intValue": "-9223372036854775808"})"},
        {most, R"({"intValue": "9223372036854775807"})"},
        {std::numeric_limits<std::uint64_t>::max(), R"({"stringValue": "18446744073709551615"})"},
        {0.0, R"({"doubleValue": 0})"},
        {-1.5, R"({"doubleValue": -1.5})"},
        {5e-324, R"({"doubleValue": 5e-324})"},
        {std::nan(""), R"({"doubleValue": "NaN"})"},
        {inf, R"({"doubleValue": "Infinity"})"},
        {-inf, R"({"doubleValue": "-Infinity"})"},
        {std::vector<bool>{true, false}, R"({"arrayValue": {"values": [{"boolValue": true}, {"boolValue": false}]}})"},
        {std::vector<std::int64_t>{1, -1}, R"({"arrayValue": {"values": [{"intValue": "1"}, {"intValue": "-1"}]}})"},
        {std::vector<double>{0.5, inf},
         R"({"arrayValue": {"values": [{"doubleValue": 0.5}, {"doubleValue": "Infinity"}]}})"},
        {std::vector<std::string>{"", "x"},
         R"({"arrayValue": {"values": [{"stringValue": ""}, {"stringValue": "x"}]}})"},
        {std::vector<std::string>{}, R"({"arrayValue": {}})"},
    };
    for (const auto& [value, json] : cases)
        expect_span({.attributes = {{"k", value}}},
                    R"({"kind": 1, "flags": 256, "attributes": [{"key": "k", "value": )" + json + "}]}");
}

TEST(EncodeTraces, MendsTextEverywhere) {
    const std::string broken = "a\xff\xc3", mended = "a\xef\xbf\xbd\xef\xbf\xbd";
    const auto scope = std::make_shared<InstrumentationScope>(InstrumentationScope{broken, broken, broken});
    SpanData span{.name = broken,
                  .attributes = {{broken, broken}, {"list", std::vector<std::string>{broken}}},
                  .events = {{broken}},
                  .status = {StatusCode::error, broken},
                  .scope = scope};
    const std::string json = R"({"resourceSpans":[{"resource":{},"scopeSpans":[{"scope":{"name":"M","version":"M"},
        "spans":[{"name":"M","kind":1,"flags":256,"events":[{"name":"M"}],"status":{"code":2,"message":"M"},
        "attributes":[{"key":"M","value":{"stringValue":"M"}},
                      {"key":"list","value":{"arrayValue":{"values":[{"stringValue":"M"}]}}}]}],
        "schemaUrl":"M"}],"schemaUrl":"M"}]})";
    std::string expected;
    for (const char c : json) c == 'M' ? expected += mended : expected += c;
    expect({.schema_url = broken}, spans_of(std::move(span)), expected);
}

std::shared_ptr<const InstrumentationScope> scope(std::string name, Attributes attributes = {}) {
    return std::make_shared<InstrumentationScope>(
        InstrumentationScope{.name = std::move(name), .attributes = std::move(attributes)});
}

TEST(EncodeTraces, PutsTogetherWhatIsOfOneScope) {
    const auto a = scope("a"), b = scope("b");
    Spans spans = spans_of(SpanData{.name = "1", .scope = b}, SpanData{.name = "2", .scope = a},
                           SpanData{.name = "3", .scope = scope("b")}, SpanData{.name = "4"},
                           SpanData{.name = "5", .scope = a}, SpanData{.name = "6", .scope = b},
                           SpanData{.name = "7", .scope = scope("b", {{"k", 1}})}, SpanData{.name = "8"});
    spans.insert(spans.begin() + 1, nullptr);
    const json::Value read = testing::read_message("TraceRequest", encode({}, spans, Encoding::protobuf));
    std::string told;
    for (const json::Value& each : read.find("resourceSpans")->as_array()[0].find("scopeSpans")->as_array()) {
        told += std::string(each.text({"scope", "name"})) + ':';
        for (const json::Value& span : each.find("spans")->as_array()) told += span.text("name");
        told += ' ';
    }
    EXPECT_EQ(told, "b:136 a:25 :48 b:7 ");
    EXPECT_EQ(canonical(encode({}, spans, Encoding::json)), json::to_json(read));
}

TEST(EncodeTraces, IsEmptyWithoutSpans) {
    const Resource resource{{{"service.name", "shop"}}};
    Spans nothing;
    for (int i = 0; i < 2; ++i, nothing.push_back(nullptr)) {
        EXPECT_EQ(encode(resource, nothing, Encoding::protobuf), "");
        EXPECT_EQ(encode(resource, nothing, Encoding::json), "{}");
    }
}

TEST(EncodeTraces, TakesAnyNumberOfAttributes) {
    Attributes many;
    for (int i = 0; i < 4'000; ++i) many.set("key." + std::to_string(i), i, {.count = 4'000});
    const Spans spans = spans_of(SpanData{.attributes = many});
    const std::string protobuf = canonical_protobuf("TraceRequest", encode({}, spans, Encoding::protobuf));
    EXPECT_NE(protobuf.find(R"({"key":"key.3999","value":{"intValue":"3999"}})"), protobuf.npos);
    EXPECT_EQ(canonical(encode({}, spans, Encoding::json)), protobuf);
}

Attributes any_attributes(Random& random) {
    Attributes out;
    for (std::uint64_t i = random() % 9; i > 0; --i) {
        const std::string key = "k" + std::to_string(random() % 100);
        switch (random() % 5) {
            case 0:
                out.set(key, std::string(random() % 400, static_cast<char>(random())));
                break;
            case 1:
                out.set(key, static_cast<std::int64_t>(random()) >> random() % 64);
                break;
            case 2:
                out.set(key, static_cast<double>(random()) / 1024);
                break;
            case 3:
                out.set(key, random() % 2 == 0);
                break;
            default:
                out.set(key, std::vector<std::int64_t>(random() % 70, 5));
        }
    }
    return out;
}

TEST(EncodeTraces, SaysTheSameInBothEncodings) {
    Random random(7);
    for (int round = 0; round < 40; ++round) {
        const Resource resource{any_attributes(random)};
        Spans spans;
        for (std::uint64_t i = random() % 20; i > 0; --i) {
            auto span = std::make_unique<SpanData>(full_span());
            span->name = std::string(random() % 300, 'n');
            span->attributes = any_attributes(random);
            for (std::uint64_t e = random() % 4; e > 0; --e)
                span->events.push_back({"e", at(1), any_attributes(random)});
            span->scope = scope("s" + std::to_string(random() % 3));
            spans.push_back(std::move(span));
        }
        ASSERT_EQ(canonical(encode(resource, spans, Encoding::json)),
                  canonical_protobuf("TraceRequest", encode(resource, spans, Encoding::protobuf)));
    }
}

}  // namespace
}  // namespace mizzen::telemetry::otlp
