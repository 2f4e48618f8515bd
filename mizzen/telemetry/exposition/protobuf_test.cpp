// SPDX-License-Identifier: Apache-2.0
// The protobuf exposition, taken apart field by field again.
#include <gtest/gtest.h>

#include <bit>
#include <stdexcept>

#include "mizzen/telemetry/exposition/exposition.hpp"
#include "mizzen/telemetry/exposition/protobuf_writer.hpp"

namespace mizzen::telemetry {
namespace {

// One field: its number and, by wire type, the varint, the bits of the double, or the bytes.
struct Field {
    std::uint64_t number = 0, value = 0;
    std::string bytes;
};

std::uint64_t take_varint(std::string_view& in) {
    std::uint64_t value = 0;
    for (unsigned shift = 0; shift < 64; shift += 7) {
        if (in.empty()) throw std::runtime_error("cut varint");
        const auto byte = static_cast<unsigned char>(in[0]);
        in.remove_prefix(1);
        value |= std::uint64_t{byte & 0x7fu} << shift;
        if (byte < 0x80) return value;
    }
    throw std::runtime_error("long varint");
}

std::string take_bytes(std::string_view& in, std::uint64_t n) {
    if (n > in.size()) throw std::runtime_error("cut bytes");
    const std::string out(in.substr(0, n));
    in.remove_prefix(n);
    return out;
}

std::vector<Field> parse(std::string_view in) {
    std::vector<Field> out;
    while (!in.empty()) {
        const std::uint64_t tag = take_varint(in);
        Field field{.number = tag >> 3};
        switch (tag & 7) {
            case 0:
                field.value = take_varint(in);
                break;
            case 1: {
                const std::string bytes = take_bytes(in, 8);
                for (std::size_t i = 8; i-- > 0;) field.value = field.value << 8 | static_cast<unsigned char>(bytes[i]);
                break;
            }
            case 2:
                field.bytes = take_bytes(in, take_varint(in));
                break;
            default:
                throw std::runtime_error("unknown wire type");
        }
        out.push_back(std::move(field));
    }
    return out;
}

std::vector<Field> all(std::string_view message, std::uint64_t number) {
    std::vector<Field> out = parse(message);
    std::erase_if(out, [&](const Field& field) { return field.number != number; });
    return out;
}
std::string bytes(std::string_view message, std::uint64_t number) { return all(message, number).at(0).bytes; }
std::uint64_t integer(std::string_view message, std::uint64_t number) { return all(message, number).at(0).value; }
double number(std::string_view message, std::uint64_t field) { return std::bit_cast<double>(integer(message, field)); }
std::int64_t zigzag(std::uint64_t value) {
    return static_cast<std::int64_t>(value >> 1) ^ -static_cast<std::int64_t>(value & 1);
}

std::string only_family(const Snapshot& snapshot, Escaping escaping = Escaping::underscores) {
    const std::string out = to_prometheus_protobuf(snapshot, escaping);
    std::string_view rest = out;
    std::string family = take_bytes(rest, take_varint(rest));
    EXPECT_TRUE(rest.empty());
    return family;
}

Snapshot of(Family family) {
    return {.start = WallTime(std::chrono::milliseconds(-1500)), .families = {std::move(family)}};
}

TEST(ProtobufWriter, WritesVarintsAsTheSpecificationShows) {
    ProtobufWriter out;
    out.varint(1, 150);
    out.bytes(2, "testing");
    out.zigzag(3, -2);
    out.zigzag(4, std::numeric_limits<std::int64_t>::min());
    EXPECT_EQ(out.str(),
              std::string("\x08\x96\x01\x12\x07testing\x18\x03\x20\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01"));
}

TEST(PrometheusProtobuf, WritesCounters) {
    Family f{.type = MetricType::counter,
             .name = "http.calls",
             .help = "h\xff",
             .unit = "calls",
             .label_names = {"a.b", "c"},
             .labels = LabelTable(2),
             .points = std::vector<Number>{std::uint64_t{3}}};
    f.labels.add("x");
    f.labels.add("");
    f.exemplars = {{.labels = {{"trace_id", "ab"}}, .value = 2, .time = WallTime(std::chrono::milliseconds(2500))}};
    const std::string family = only_family(of(f), Escaping::allow_utf_8);
    EXPECT_EQ(bytes(family, 1), "http.calls_total");
    EXPECT_EQ(bytes(family, 2), "h\xef\xbf\xbd");
    EXPECT_EQ(integer(family, 3), 0u);
    EXPECT_EQ(bytes(family, 5), "calls");
    const std::string metric = bytes(family, 4);
    ASSERT_EQ(all(metric, 1).size(), 1u);
    EXPECT_EQ(bytes(bytes(metric, 1), 1), "a.b");
    EXPECT_EQ(bytes(bytes(metric, 1), 2), "x");
    const std::string counter = bytes(metric, 3);
    EXPECT_EQ(number(counter, 1), 3);
    EXPECT_EQ(bytes(bytes(bytes(counter, 2), 1), 2), "ab");
    EXPECT_EQ(number(bytes(counter, 2), 2), 2);
    EXPECT_EQ(integer(bytes(bytes(counter, 2), 3), 1), 2u);
    EXPECT_EQ(integer(bytes(bytes(counter, 2), 3), 2), 500'000'000u);
    // 1.5 s before 1970: nanos are not negative.
    EXPECT_EQ(static_cast<std::int64_t>(integer(bytes(counter, 3), 1)), -2);
    EXPECT_EQ(integer(bytes(counter, 3), 2), 500'000'000u);
    EXPECT_EQ(bytes(only_family(of(f)), 1), "http_calls_total");
}

TEST(PrometheusProtobuf, WritesGaugesInfosAndStates) {
    for (const MetricType type :
         {MetricType::gauge, MetricType::up_down_counter, MetricType::info, MetricType::state_set}) {
        const std::string family = only_family(of({.type = type, .name = "x", .points = std::vector<Number>{-1.5}}));
        EXPECT_EQ(bytes(family, 1), type == MetricType::info ? "x_info" : "x");
        EXPECT_EQ(integer(family, 3), 1u);
        EXPECT_EQ(number(bytes(bytes(family, 4), 2), 1), -1.5);
    }
}

TEST(PrometheusProtobuf, WritesClassicHistogramsCumulated) {
    const std::string family = only_family(of({.type = MetricType::histogram,
                                               .name = "x",
                                               .bounds = {1, 2},
                                               .points = std::vector<HistogramPoint>{{{3, 0, 4}, 9.5}},
                                               .exemplars = {{.bucket = 1, .value = 1.5}}}));
    EXPECT_EQ(integer(family, 3), 4u);
    const std::string histogram = bytes(bytes(family, 4), 7);
    EXPECT_EQ(integer(histogram, 1), 7u);
    EXPECT_EQ(number(histogram, 2), 9.5);
    const std::vector<Field> buckets = all(histogram, 3);
    ASSERT_EQ(buckets.size(), 2u);
    EXPECT_EQ(integer(buckets[0].bytes, 1), 3u);
    EXPECT_EQ(number(buckets[0].bytes, 2), 1);
    EXPECT_TRUE(all(buckets[0].bytes, 3).empty());
    EXPECT_EQ(integer(buckets[1].bytes, 1), 3u);
    EXPECT_EQ(number(bytes(buckets[1].bytes, 3), 2), 1.5);
    EXPECT_TRUE(all(histogram, 5).empty());
}

TEST(PrometheusProtobuf, WritesSummaries) {
    const std::string family = only_family(of({.type = MetricType::summary,
                                               .name = "x",
                                               .quantiles = {0.5, 0.9},
                                               .points = std::vector<SummaryPoint>{{{0.25, 4}, 7, 9.5}}}));
    EXPECT_EQ(integer(family, 3), 2u);
    const std::string summary = bytes(bytes(family, 4), 4);
    EXPECT_EQ(integer(summary, 1), 7u);
    EXPECT_EQ(number(summary, 2), 9.5);
    const std::vector<Field> quantiles = all(summary, 3);
    ASSERT_EQ(quantiles.size(), 2u);
    EXPECT_EQ(number(quantiles[0].bytes, 1), 0.5);
    EXPECT_EQ(number(quantiles[1].bytes, 2), 4);
    EXPECT_EQ(integer(bytes(summary, 4), 2), 500'000'000u);
}

// Back from spans and deltas: the count of each bucket by Prometheus' index.
std::map<std::int64_t, std::int64_t> counts(std::string_view histogram, std::uint64_t spans, std::uint64_t deltas) {
    std::map<std::int64_t, std::int64_t> out;
    std::int64_t index = 0, count = 0;
    std::size_t next = 0;
    const std::vector<Field> all_deltas = all(histogram, deltas);
    for (const Field& span : all(histogram, spans)) {
        index += zigzag(integer(span.bytes, 1));
        for (std::uint64_t i = integer(span.bytes, 2); i > 0; --i, ++index)
            if ((count += zigzag(all_deltas.at(next++).value)) != 0) out[index] = count;
    }
    EXPECT_EQ(next, all_deltas.size());
    return out;
}
using Counts = std::map<std::int64_t, std::int64_t>;

TEST(PrometheusProtobuf, WritesNativeHistogramsInSpans) {
    const std::string family =
        only_family(of({.type = MetricType::exponential_histogram,
                        .name = "x",
                        .points = std::vector<ExponentialPoint>{{.scale = -2,
                                                                 .zero_count = 5,
                                                                 .sum = 7,
                                                                 .positive = {-3, {4, 0, 0, 1, 0, 0, 0, 9, 9}},
                                                                 .negative = {10, {0, 2, 0}}}}}));
    const std::string histogram = bytes(bytes(family, 4), 7);
    EXPECT_EQ(integer(histogram, 1), 5u + 23 + 2);
    EXPECT_EQ(zigzag(integer(histogram, 5)), -2);
    EXPECT_EQ(number(histogram, 6), 0);
    EXPECT_EQ(integer(histogram, 7), 5u);
    EXPECT_EQ(all(histogram, 12).size(), 2u);  // a gap of two stays inside, one of three does not
    EXPECT_EQ(counts(histogram, 12, 13), (Counts{{-2, 4}, {1, 1}, {5, 9}, {6, 9}}));
    EXPECT_EQ(all(histogram, 9).size(), 1u);
    EXPECT_EQ(counts(histogram, 9, 10), (Counts{{12, 2}}));
    EXPECT_TRUE(all(histogram, 3).empty());
}

TEST(PrometheusProtobuf, WritesTheExemplarsOfNativeHistogramsThatHaveATime) {
    const WallTime time(std::chrono::seconds(3));
    const std::string family = only_family(of({.type = MetricType::exponential_histogram,
                                               .name = "x",
                                               .points = std::vector<ExponentialPoint>{{}, {.positive = {0, {2}}}},
                                               .exemplars = {{.row = 1, .value = 1.5, .time = time},
                                                             {.row = 1, .bucket = 1, .value = 1.6},
                                                             {.row = 1, .bucket = 2, .value = 1.7, .time = time}}}));
    const std::vector<Field> metrics = all(family, 4);
    ASSERT_EQ(metrics.size(), 2u);
    EXPECT_TRUE(all(bytes(metrics[0].bytes, 7), 16).empty());
    const std::vector<Field> exemplars = all(bytes(metrics[1].bytes, 7), 16);
    ASSERT_EQ(exemplars.size(), 2u);
    EXPECT_EQ(number(exemplars[0].bytes, 2), 1.5);
    EXPECT_EQ(number(exemplars[1].bytes, 2), 1.7);
    EXPECT_EQ(integer(bytes(exemplars[1].bytes, 3), 1), 3u);
}

TEST(PrometheusProtobuf, TellsAnEmptyNativeHistogramByAnEmptySpan) {
    const std::string family = only_family(of({.type = MetricType::exponential_histogram,
                                               .name = "x",
                                               .points = std::vector<ExponentialPoint>{{.scale = 8}}}));
    const std::string histogram = bytes(bytes(family, 4), 7);
    ASSERT_EQ(all(histogram, 12).size(), 1u);
    EXPECT_EQ(integer(bytes(histogram, 12), 1), 0u);
    EXPECT_EQ(integer(bytes(histogram, 12), 2), 0u);
    EXPECT_TRUE(counts(histogram, 12, 13).empty());
}

}  // namespace
}  // namespace mizzen::telemetry
