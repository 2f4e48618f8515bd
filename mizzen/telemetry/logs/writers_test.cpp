// SPDX-License-Identifier: Apache-2.0
// Records as JSON lines and as lines for people, whatever is in them.
#include <gtest/gtest.h>

#include <limits>

#include "mizzen/base/utf8.hpp"
#include "mizzen/json/json.hpp"
#include "mizzen/telemetry/logs/console.hpp"
#include "mizzen/telemetry/logs/json_lines.hpp"

namespace mizzen::telemetry {
namespace {

LogRecord a_record() {
    return {.time = *parse_rfc3339("2026-01-31T12:00:00.123456789Z"),
            .severity = Severity::info,
            .body = "pod api-1 is ready",
            .attributes = {{"k8s.pod.uid", "7f3c"}, {"attempt", 2}},
            .scope = std::make_shared<const InstrumentationScope>(InstrumentationScope{.name = "kube.client"})};
}
SpanContext a_span() {
    return {.trace = {.high = 0x4bf92f3577b34da6, .low = 0xa3ce929d0e0e4736}, .span = {.value = 0x00f067aa0ba902b7}};
}
std::string json_line(const LogRecord& record) {
    std::string out;
    append_json_line(out, record);
    return out;
}
std::string console_line(const LogRecord& record, const ConsoleOptions& options = {}) {
    std::string out;
    append_console_line(out, record, options);
    return out;
}

TEST(JsonLines, AreOneObjectEach) {
    LogRecord record = a_record();
    EXPECT_EQ(json_line(record), R"({"time":"2026-01-31T12:00:00.123456789Z","level":"info","logger":"kube.client",)"
                                 R"("message":"pod api-1 is ready","fields":{"k8s.pod.uid":"7f3c","attempt":2}})"
                                 "\n");
    record.span = a_span();
    record.event_name = "ready";
    record.attributes = {};
    EXPECT_EQ(json_line(record),
              R"({"time":"2026-01-31T12:00:00.123456789Z","level":"info","logger":"kube.client",)"
              R"("message":"pod api-1 is ready","event":"ready","trace_id":"4bf92f3577b34da6a3ce929d0e0e4736",)"
              R"("span_id":"00f067aa0ba902b7"})"
              "\n");
    EXPECT_EQ(json_line(LogRecord{}),
              R"({"time":"1970-01-01T00:00:00.000000000Z","level":"info","logger":"","message":""})"
              "\n");
}

TEST(JsonLines, AreValidWhateverIsInThem) {
    LogRecord record = a_record();
    std::string all;
    for (int i = 0; i < 256; ++i) all += static_cast<char>(i);
    record.body = all;
    record.event_name = all;
    record.attributes = {{std::string_view(all), std::string_view(all)},
                         {"nan", std::numeric_limits<double>::quiet_NaN()},
                         {"inf", std::numeric_limits<double>::infinity()},
                         {"-inf", -std::numeric_limits<double>::infinity()},
                         {"tiny", 5e-324},
                         {"huge", std::numeric_limits<double>::max()},
                         {"least", std::numeric_limits<std::int64_t>::min()},
                         {"bools", std::vector<bool>{true, false}},
                         {"texts", std::vector<std::string>{"a\"", "\n"}},
                         {"none", std::vector<double>{}}};
    const std::string line = json_line(record);
    EXPECT_TRUE(is_utf8(line));
    EXPECT_EQ(line.find('\n'), line.size() - 1);
    const json::Value read = json::parse(line);
    EXPECT_EQ(read.as_object().find("message")->as_string(), to_valid_utf8(all));
    const json::Object& fields = read.as_object().find("fields")->as_object();
    EXPECT_EQ(fields.find("nan")->as_string(), "NaN");
    EXPECT_EQ(fields.find("inf")->as_string(), "Infinity");
    EXPECT_EQ(fields.find("-inf")->as_string(), "-Infinity");
    EXPECT_EQ(fields.find("tiny")->as_number(), 5e-324);
    EXPECT_EQ(fields.find("huge")->as_number(), std::numeric_limits<double>::max());
    EXPECT_EQ(fields.find("least")->as_integer(), std::numeric_limits<std::int64_t>::min());
    EXPECT_EQ(json::to_json(*fields.find("bools")), "[true,false]");
    EXPECT_EQ(json::to_json(*fields.find("texts")), R"(["a\"","\n"])");
    EXPECT_EQ(json::to_json(*fields.find("none")), "[]");
}

TEST(Console, IsAligned) {
    LogRecord record = a_record();
    std::string lines = console_line(record);
    record.severity = Severity::error;
    record.scope =
        std::make_shared<const InstrumentationScope>(InstrumentationScope{.name = "kube.runtime.leader.election"});
    record.span = a_span();
    lines += console_line(record);
    record.severity = Severity::fatal;
    record.scope = nullptr;
    record.attributes = {};
    record.span = {};
    lines += console_line(record, {.module_width = 4});
    EXPECT_EQ(lines,
              "I 12:00:00.123 kube.client      pod api-1 is ready  k8s.pod.uid=7f3c attempt=2\n"
              "E 12:00:00.123 kube.runtime.leader.election pod api-1 is ready  k8s.pod.uid=7f3c attempt=2 "
              "trace_id=4bf92f3577b34da6a3ce929d0e0e4736\n"
              "F 12:00:00.123      pod api-1 is ready\n");
}

TEST(Console, IsColouredOnlyWhenToldSo) {
    LogRecord record = a_record();
    record.severity = Severity::warn;
    EXPECT_EQ(console_line(record).find('\x1b'), std::string::npos);
    EXPECT_EQ(console_line(record, {.colour = true}),
              "\x1b[33mW\x1b[0m \x1b[2m12:00:00.123\x1b[0m kube.client      pod api-1 is ready  "
              "\x1b[2mk8s.pod.uid=\x1b[0m7f3c \x1b[2mattempt=\x1b[0m2\n");
}

TEST(Console, QuotesValuesThatWouldBeReadWrongly) {
    LogRecord record = a_record();
    record.body = "";
    record.attributes = {{"a", ""},
                         {"b", "two words"},
                         {"c", "x=\"y\\\""},
                         {"d", true},
                         {"e", 2.5},
                         {"f", "plain\\"},
                         {"g", std::vector<std::string>{"u", "v w"}}};
    EXPECT_EQ(console_line(record),
              "I 12:00:00.123 kube.client        a=\"\" b=\"two words\" c=\"x=\\\"y\\\\\\\"\" d=true e=2.5 f=plain\\ "
              "g=[u,\"v w\"]\n");
}

TEST(Console, NeitherAddsLinesNorCommandsTheTerminal) {
    LogRecord record = a_record();
    record.body = "a\nI 12:00 fake\r\x1b[2J\t\x7f é \xff \xc2\x9b";
    record.attributes = {{"k\n", "v\x1b]0;title\x07"}};
    EXPECT_EQ(console_line(record),
              "I 12:00:00.123 kube.client      a\\nI 12:00 fake\\r\\x1b[2J\\t\\x7f é \xef\xbf\xbd \\x9b  "
              "k\\n=v\\x1b]0;title\\x07\n");
}

}  // namespace
}  // namespace mizzen::telemetry
