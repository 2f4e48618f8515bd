// SPDX-License-Identifier: Apache-2.0
// Every character there is, and every way of being none, as the value of a label, through each format and back.
#include <gtest/gtest.h>

#include <set>

#include "mizzen/json/json.hpp"
#include "mizzen/telemetry/exposition/exposition.hpp"
#include "mizzen/telemetry/exposition/testing/page_reader.hpp"
#include "mizzen/telemetry/metrics/registry.hpp"
#include "mizzen/telemetry/otlp/encode.hpp"
#include "mizzen/telemetry/otlp/testing/encode_reader.hpp"
#include "mizzen/telemetry/remote_write/encode.hpp"

namespace mizzen::telemetry {
namespace {

struct Text {
    std::string_view text;
};
struct Counted {
    Counter<Text> total = counter("x_total", "h").cap(20'000);
};

std::string encoded(char32_t c) {
    const auto tail = [&](int shift) { return static_cast<char>(0x80 | (c >> shift & 0x3f)); };
    if (c < 0x80) return {static_cast<char>(c)};
    if (c < 0x800) return {static_cast<char>(0xc0 | c >> 6), tail(0)};
    if (c < 0x10000) return {static_cast<char>(0xe0 | c >> 12), tail(6), tail(0)};
    return {static_cast<char>(0xf0 | c >> 18), tail(12), tail(6), tail(0)};
}

// How long the character at `at` is; 0 if it is none. Source: Unicode 15, table 3-7, well-formed byte sequences.
std::size_t well_formed(std::string_view text, std::size_t at) {
    struct Row {
        unsigned first, last;  // of the first byte
        unsigned least, most;  // of the second
        std::size_t length;
    };
    static constexpr Row table[] = {{0xc2, 0xdf, 0x80, 0xbf, 2}, {0xe0, 0xe0, 0xa0, 0xbf, 3},
                                    {0xe1, 0xec, 0x80, 0xbf, 3}, {0xed, 0xed, 0x80, 0x9f, 3},
                                    {0xee, 0xef, 0x80, 0xbf, 3}, {0xf0, 0xf0, 0x90, 0xbf, 4},
                                    {0xf1, 0xf3, 0x80, 0xbf, 4}, {0xf4, 0xf4, 0x80, 0x8f, 4}};
    const auto byte = [&](std::size_t i) { return static_cast<unsigned>(static_cast<unsigned char>(text[at + i])); };
    if (byte(0) < 0x80) return 1;
    for (const Row& row : table) {
        if (byte(0) < row.first || byte(0) > row.last) continue;
        if (at + row.length > text.size() || byte(1) < row.least || byte(1) > row.most) return 0;
        for (std::size_t i = 2; i < row.length; ++i)
            if (byte(i) < 0x80 || byte(i) > 0xbf) return 0;
        return row.length;
    }
    return 0;
}
std::string mended(std::string_view text) {
    std::string out;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t length = well_formed(text, at);
        out += length ? text.substr(at, length) : "\xef\xbf\xbd";
        at += std::max<std::size_t>(length, 1);
    }
    return out;
}

// Values of at most 1024 bytes, each a run of characters.
std::vector<std::string> every_character() {
    std::vector<std::string> values(1);
    for (char32_t c = 0; c <= 0x10ffff; ++c) {
        if (c >= 0xd800 && c <= 0xdfff) continue;
        const std::string character = encoded(c);
        if (values.back().size() + character.size() > most_value_bytes) values.emplace_back();
        values.back() += character;
    }
    return values;
}

// All pairs of bytes, and what is nearly a character of three or four: overlong, surrogates, above U+10FFFF, cut short.
std::vector<std::string> every_mistake() {
    std::vector<std::string> values(1);
    const auto add = [&](std::initializer_list<unsigned> bytes) {
        std::string text;
        for (const unsigned byte : bytes) text += static_cast<char>(byte);
        if (values.back().size() + text.size() + 1 > most_value_bytes / 3) values.emplace_back();  // all may grow
        values.back() += text + '|';
    };
    for (unsigned a = 0; a < 256; ++a)
        for (unsigned b = 0; b < 256; ++b)
            if (a >= 0x80 || b >= 0x80) add({a, b});
    for (unsigned a = 0xe0; a < 256; ++a)
        for (unsigned b = 0x7f; b < 0xc1; ++b)
            for (const unsigned c : {0x7fu, 0x80u, 0xbfu, 0xc0u}) {
                add({a, b, c});
                for (const unsigned d : {0x7fu, 0x80u, 0xbfu, 0xc0u}) add({a, b, c, d});
            }
    for (char32_t c = 0xd800; c <= 0xdfff; ++c)
        add({0xed, 0x80u | (static_cast<unsigned>(c) >> 6 & 0x3f), 0x80u | (static_cast<unsigned>(c) & 0x3f)});
    return values;
}

Snapshot snapshot_of(const std::vector<std::string>& values) {
    Family family{
        .type = MetricType::counter, .name = "x", .help = "h", .label_names = {"text"}, .labels = LabelTable(1)};
    std::vector<Number> points;
    for (const std::string& value : values) {
        family.labels.add(value);
        points.emplace_back(std::uint64_t{1});
    }
    family.points = std::move(points);
    return {.start = WallTime(), .time = WallTime(), .families = {std::move(family)}};
}

using Values = std::vector<std::string>;

Values read_text(const std::string& page, const std::string& name) {
    Values out;
    PageReader reader;
    for (ReadSample& sample : reader.read(page)) {
        EXPECT_EQ(sample.name, name);
        EXPECT_TRUE(sample.rest == "1" || sample.rest == "1 st@0.0") << sample.rest;
        out.push_back(sample.labels.at("text"));
    }
    return out;
}

Values read_otlp(json::Value request) {
    Values out;
    json::Value& metric =
        request["resourceMetrics"].as_array()[0]["scopeMetrics"].as_array()[0]["metrics"].as_array()[0];
    for (json::Value& point : metric["sum"]["dataPoints"].as_array())
        out.push_back(point["attributes"].as_array()[0]["value"]["stringValue"].as_string());
    return out;
}

// Each value as a field of that tag, once more from where the last one was found.
void expect_fields(const std::string& message, char tag, const Values& values) {
    std::size_t from = 0;
    for (const std::string& value : values) {
        std::string field{tag};
        for (std::size_t n = value.size(); field.size() < 2 || n > 0; n >>= 7)
            field += static_cast<char>((n & 0x7f) | (n > 0x7f ? 0x80 : 0));
        field += value;
        std::size_t found = message.find(field, from);
        if (found == message.npos) found = message.find(field);
        ASSERT_NE(found, message.npos) << value;
        from = found + field.size();
    }
}

void expect_everywhere(const Snapshot& snapshot, const Values& values) {
    for (const Escaping escaping : {Escaping::underscores, Escaping::allow_utf_8})
        EXPECT_TRUE(read_text(to_prometheus_text(snapshot, escaping), "x_total") == values);
    EXPECT_TRUE(read_text(to_openmetrics(snapshot), "x_total") == values);
    EXPECT_TRUE(read_text(to_openmetrics_2(snapshot), "x_total") == values);
    expect_fields(to_prometheus_protobuf(snapshot), '\x12', values);
    const std::string protobuf = otlp::encode({}, {}, snapshot, otlp::Encoding::protobuf);
    EXPECT_TRUE(read_otlp(otlp::testing::read_message("MetricsRequest", protobuf)) == values);
    EXPECT_TRUE(read_otlp(json::parse(otlp::encode({}, {}, snapshot, otlp::Encoding::json))) == values);
    for (const auto& [version, tag] :
         {std::pair(remote_write::Version::v1, '\x12'), {remote_write::Version::v2, '\x22'}}) {
        std::string all;
        for (const auto& request : remote_write::encode(snapshot, version)) all += request.message;
        expect_fields(all, tag, values);
    }
}

TEST(LabelValues, OfEveryCharacterComeBackAsTheyWere) {
    const Values values = every_character();
    ASSERT_GT(values.size(), 4000u);
    Registry registry{WallTime()};
    const auto counted = registry.make<Counted>();
    for (const std::string& value : values) counted.total[{value}].add();
    const Snapshot snapshot = registry.collect(WallTime());
    ASSERT_EQ(snapshot.families.at(0).size(), values.size());
    expect_everywhere(snapshot, values);
}

TEST(LabelValues, ThatAreNoUtf8AreMendedByteForByte) {
    const Values values = every_mistake();
    Values wanted;
    for (const std::string& value : values) {
        wanted.push_back(mended(value));
        ASSERT_LE(wanted.back().size(), most_value_bytes);
    }
    // By the formats themselves, and by the registry.
    expect_everywhere(snapshot_of(values), wanted);
    Registry registry{WallTime()};
    const auto counted = registry.make<Counted>();
    for (const std::string& value : values) counted.total[{value}].add();
    const Snapshot snapshot = registry.collect(WallTime());
    std::set<std::string, std::less<>> of_registry;
    for (std::size_t row = 0; row < snapshot.families.at(0).size(); ++row)
        of_registry.emplace(snapshot.families[0].labels.at(row, 0));
    EXPECT_TRUE(of_registry == (std::set<std::string, std::less<>>(wanted.begin(), wanted.end())));
}

}  // namespace
}  // namespace mizzen::telemetry
