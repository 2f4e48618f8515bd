// SPDX-License-Identifier: Apache-2.0
// Both messages, taken apart again: names, labels, values, histograms, exemplars, what ended, and how much goes into
// one.
#include "mizzen/telemetry/remote_write/encode.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <bit>

#include "mizzen/base/protobuf.hpp"
#include "mizzen/telemetry/remote_write/detail/bucket_spans.hpp"

namespace mizzen::telemetry::remote_write {
namespace {
using namespace std::chrono_literals;
using Lines = std::vector<std::string>;

// One field as it came.
struct Part {
    std::uint32_t number = 0;
    std::uint64_t value = 0;
    std::string bytes = {};
};

std::vector<Part> parts(std::string_view message) {
    std::vector<Part> out;
    for (protobuf::WireReader in(message); !in.at_end();) {
        const protobuf::Tag tag = in.tag();
        Part part{.number = tag.number};
        if (tag.type == protobuf::WireType::bytes)
            part.bytes = in.bytes();
        else
            part.value = tag.type == protobuf::WireType::fixed64 ? in.fixed64() : in.varint();
        out.push_back(std::move(part));
    }
    return out;
}

std::vector<std::uint64_t> packed(std::string_view bytes) {
    std::vector<std::uint64_t> out;
    for (protobuf::WireReader in(bytes); !in.at_end();) out.push_back(in.varint());
    return out;
}
std::int64_t unzigzag(std::uint64_t value) {
    return static_cast<std::int64_t>(value >> 1) ^ -static_cast<std::int64_t>(value & 1);
}

// "value @time since start", whatever the order of the fields.
std::string sample(std::string_view message) {
    std::string value = "?", time, start;
    for (const Part& p : parts(message)) {
        const bool is_stale = p.value == 0x7ff0000000000002;
        if (p.number == 1) value = is_stale ? "stale" : fmt::format("{}", std::bit_cast<double>(p.value));
        if (p.number == 2) time = fmt::format(" @{}", p.value);
        if (p.number == 3) start = fmt::format(" since {}", p.value);
    }
    return value + time + start;
}

std::string spans(std::string_view message) {
    std::int64_t offset = 0;
    std::uint64_t length = 0;
    for (const Part& p : parts(message)) (p.number == 1 ? offset = unzigzag(p.value) : length = p.value, 0);
    return fmt::format("{}+{} ", offset, length);
}

std::string histogram(std::string_view message) {
    std::string out;
    for (const Part& p : parts(message)) {
        switch (p.number) {
            case 1:
                out += fmt::format("count {} ", p.value);
                break;
            case 3:
                out +=
                    p.value == 0x7ff0000000000002 ? "stale " : fmt::format("sum {} ", std::bit_cast<double>(p.value));
                break;
            case 4:
                out += fmt::format("schema {} ", unzigzag(p.value));
                break;
            case 6:
                out += fmt::format("zero {} ", p.value);
                break;
            case 8:
            case 11:
                out += (p.number == 8 ? "-" : "") + spans(p.bytes);
                break;
            case 9:
            case 12:
                for (const std::uint64_t delta : packed(p.bytes)) out += fmt::format("{}, ", unzigzag(delta));
                break;
            case 15:
                out += fmt::format("@{}", p.value);
                break;
            case 17:
                out += fmt::format(" since {}", p.value);
                break;
            default:
                ADD_FAILURE() << "field " << p.number;
        }
    }
    return out;
}

std::string exemplar(const std::vector<Part>& all, const std::string& labels) {
    std::string out = " # {" + labels + "}";
    for (const Part& p : all) {
        if (p.number == 2) out += fmt::format(" {}", std::bit_cast<double>(p.value));
        if (p.number == 3) out += fmt::format(" @{}", p.value);
    }
    return out;
}

// Each series as a line, then each family's metadata.
Lines read_v1(std::string_view message) {
    const auto label = [](std::string_view bytes) {
        const auto p = parts(bytes);
        return p.at(0).bytes + "=" + p.at(1).bytes + ",";
    };
    Lines lines;
    for (const Part& part : parts(message)) {
        std::string line;
        for (const Part& p : parts(part.bytes)) {
            if (part.number == 3) {
                line += fmt::format("{}:{} ", p.number, p.number == 1 ? std::to_string(p.value) : p.bytes);
            } else if (p.number == 1) {
                line += label(p.bytes);
            } else if (p.number == 3) {
                std::string labels;
                for (const Part& e : parts(p.bytes))
                    if (e.number == 1) labels += label(e.bytes);
                line += exemplar(parts(p.bytes), labels);
            } else {
                line += " " + (p.number == 2 ? sample(p.bytes) : histogram(p.bytes));
            }
        }
        lines.push_back(line);
    }
    return lines;
}

Lines read_v2(std::string_view message) {
    Lines symbols, lines;
    const auto labels = [&](std::string_view bytes) {
        std::string out;
        const auto refs = packed(bytes);
        for (std::size_t i = 0; i + 1 < refs.size(); i += 2)
            out += symbols.at(refs[i]) + "=" + symbols.at(refs[i + 1]) + ",";
        return out;
    };
    for (const Part& part : parts(message)) {
        if (part.number == 4) {
            symbols.push_back(part.bytes);
            continue;
        }
        EXPECT_EQ(part.number, 5u);
        std::string line;
        for (const Part& p : parts(part.bytes)) {
            if (p.number == 1) line += labels(p.bytes);
            if (p.number == 2) line += " " + sample(p.bytes);
            if (p.number == 3) line += " " + histogram(p.bytes);
            if (p.number == 4) {
                const auto all = parts(p.bytes);
                line += exemplar(all, all.at(0).number == 1 ? labels(all[0].bytes) : "");
            }
            if (p.number != 5) continue;
            for (const Part& m : parts(p.bytes))
                line += m.number == 1 ? fmt::format(" type {}", m.value) : " " + symbols.at(m.value);
        }
        lines.push_back(line);
    }
    EXPECT_EQ(symbols.at(0), "");
    return lines;
}

LabelTable table(std::size_t columns, std::initializer_list<std::string_view> values) {
    LabelTable out(columns);
    for (const std::string_view value : values) out.add(value);
    return out;
}

Snapshot of(Family family) {
    return {.start = WallTime(5s), .time = WallTime(20500us + 9s), .families = {std::move(family)}};
}

Family requests() {
    return {.type = MetricType::counter,
            .name = "shop_requests",
            .help = "Requests.",
            .unit = "u",
            .label_names = {"path", "Method"},
            .labels = table(2, {"/", "get", "", "p\xff"}),
            .points = std::vector<Number>{std::uint64_t{7}, 2.5}};
}

Lines v1(const Snapshot& snapshot, const EncodeOptions& options = {}, const Telling& telling = {}) {
    const auto all = encode(snapshot, Version::v1, options, telling);
    return all.empty() ? Lines() : read_v1(all.at(0).message);
}
Lines v2(const Snapshot& snapshot, const EncodeOptions& options = {}, const Telling& telling = {}) {
    const auto all = encode(snapshot, Version::v2, options, telling);
    return all.empty() ? Lines() : read_v2(all.at(0).message);
}

TEST(RemoteWriteEncode, SortsLabelsAndLeavesEmptyOnesOut) {
    EXPECT_EQ(v1(of(requests())), (Lines{"Method=get,__name__=shop_requests_total,path=/, 7 @9020",
                                         "Method=p\xef\xbf\xbd,__name__=shop_requests_total, 2.5 @9020",
                                         "1:1 2:shop_requests_total 4:Requests. 5:u "}));
    EXPECT_EQ(v2(of(requests())),
              (Lines{"Method=get,__name__=shop_requests_total,path=/, 7 @9020 since 5000 type 1 Requests. u",
                     "Method=p\xef\xbf\xbd,__name__=shop_requests_total, 2.5 @9020 since 5000 type 1 Requests. u"}));
}

TEST(RemoteWriteEncode, PutsLabelsToAllThatHaveNone) {
    const EncodeOptions options{.labels = {{"job", "shop"}, {"path", "mine"}, {"empty", ""}, {"__name__", "x"}}};
    EXPECT_EQ(v1(of(requests()), options).at(0), "Method=get,__name__=shop_requests_total,job=shop,path=/, 7 @9020");
    EXPECT_EQ(v1(of(requests()), options).at(1),
              "Method=p\xef\xbf\xbd,__name__=shop_requests_total,job=shop,path=mine, 2.5 @9020");
}

TEST(RemoteWriteEncode, WritesClassicHistogramsAsSeries) {
    const Snapshot s =
        of({.type = MetricType::histogram,
            .name = "x",
            .help = "h",
            .bounds = {0.5, 1},
            .points = std::vector<HistogramPoint>{{{1, 2, 4}, 9.5}},
            .exemplars = {{.bucket = 1, .labels = {{"trace_id", "ab"}}, .value = 0.7, .time = WallTime(8s)}}});
    EXPECT_EQ(v1(s), (Lines{"__name__=x_bucket,le=0.5, 1 @9020",
                            "__name__=x_bucket,le=1.0, 3 @9020 # {trace_id=ab,} 0.7 @8000",
                            "__name__=x_bucket,le=+Inf, 7 @9020", "__name__=x_sum, 9.5 @9020",
                            "__name__=x_count, 7 @9020", "1:3 2:x 4:h "}));
    EXPECT_EQ(v2(s).at(1), "__name__=x_bucket,le=1.0, 3 @9020 since 5000 # {trace_id=ab,} 0.7 @8000 type 3 h");
    EXPECT_EQ(points_of(s), 5u);
    EXPECT_EQ(encode(s, Version::v2).at(0).amount, (Amount{.samples = 5, .exemplars = 1}));
    EXPECT_EQ(v1(s, {}, {.exemplars_after = WallTime(8s)}).at(1), "__name__=x_bucket,le=1.0, 3 @9020");
    EXPECT_NE(v1(s, {}, {.exemplars_after = WallTime(7s)}).at(1).find("trace_id"), std::string::npos);
}

TEST(RemoteWriteEncode, WritesExponentialHistogramsAsNativeOnes) {
    const Snapshot s = of({.type = MetricType::exponential_histogram,
                           .name = "x",
                           .points = std::vector<ExponentialPoint>{{.scale = -2,
                                                                    .zero_count = 5,
                                                                    .sum = 7,
                                                                    .positive = {-3, {4, 0, 0, 1, 0, 0, 0, 9, 9}},
                                                                    .negative = {10, {0, 2, 0}}}},
                           .exemplars = {{.bucket = 0, .value = 2, .time = WallTime(8s)},
                                         {.bucket = 1, .value = 1, .time = WallTime(7s)}}});
    const std::string wanted = "__name__=x, count 30 sum 7 schema -2 zero 5 -12+1 2, -2+4 3+2 4, -4, 0, 1, 8, 0, @9020";
    EXPECT_EQ(v1(s).at(0), "__name__=x, # {} 1 @7000 # {} 2 @8000" + wanted.substr(11)) << "in order of their time";
    EXPECT_EQ(v2(s).at(0), wanted + " since 5000 # {} 1 @7000 # {} 2 @8000 type 3");
    EXPECT_EQ(encode(s, Version::v1).at(0).amount, (Amount{.histograms = 1, .exemplars = 2}));
    EXPECT_EQ(v1(s, {}, {.is_stale = true}).at(0), "__name__=x, count 0 stale zero 0 @9020");
}

TEST(RemoteWriteEncode, KnowsEveryType) {
    struct Case {
        MetricType type;
        std::string name;
        int number;
    };
    for (const Case& c : {Case{MetricType::gauge, "x", 2}, Case{MetricType::up_down_counter, "x", 2},
                          Case{MetricType::info, "x_info", 6}, Case{MetricType::state_set, "x", 7}}) {
        const Snapshot s = of({.type = c.type, .name = "x", .points = std::vector<Number>{std::int64_t{-1}}});
        EXPECT_EQ(v1(s), (Lines{"__name__=" + c.name + ", -1 @9020", fmt::format("1:{} 2:{} ", c.number, c.name)}));
    }
    const Snapshot s = of({.type = MetricType::summary,
                           .name = "x",
                           .quantiles = {0.5, 1},
                           .points = std::vector<SummaryPoint>{{.values = {3, 4}, .count = 2, .sum = 7}}});
    EXPECT_EQ(v1(s), (Lines{"__name__=x,quantile=0.5, 3 @9020", "__name__=x,quantile=1.0, 4 @9020",
                            "__name__=x_sum, 7 @9020", "__name__=x_count, 2 @9020", "1:5 2:x "}));
    EXPECT_EQ(points_of(s), 4u);
}

TEST(RemoteWriteEncode, TellsNoStartThatIsNotBefore) {
    Snapshot s = of(requests());
    s.start = s.time;
    EXPECT_EQ(v2(s).at(0).find("since"), std::string::npos);
    s.families[0].start = WallTime(1s);
    EXPECT_NE(v2(s).at(0).find("since 1000"), std::string::npos);
}

TEST(RemoteWriteEncode, LeavesDeltasOut) {
    Snapshot s = of(requests());
    s.families[0].temporality = Temporality::delta;
    EXPECT_TRUE(encode(s, Version::v1).empty());
    EXPECT_EQ(points_of(s), 0u);
}

TEST(RemoteWriteEncode, DividesBothVersionsAlike) {
    Family family{.name = "x", .label_names = {"i"}, .labels = LabelTable(1)};
    std::vector<Number> points;
    for (int i = 0; i < 2500; ++i) {
        family.labels.add(std::to_string(i));
        points.emplace_back(std::int64_t{i});
    }
    family.points = points;
    const Snapshot s = of(family);
    for (const Version version : {Version::v1, Version::v2}) {
        const auto all = encode(s, version, {.most_series = 1000});
        ASSERT_EQ(all.size(), 3u);
        EXPECT_EQ(all[0].amount.samples, 1000u);
        EXPECT_EQ(all[2].amount.samples, 500u);
        const Lines last = version == Version::v1 ? read_v1(all[2].message) : read_v2(all[2].message);
        EXPECT_TRUE(last.at(0).starts_with("__name__=x,i=2000, 2000 @9020")) << last[0];
    }
    EXPECT_LT(encode(s, Version::v2)[0].message.size(), encode(s, Version::v1)[0].message.size());
    EXPECT_EQ(points_of(s), 2500u);
}

TEST(RemoteWriteEncode, MarksWhatHasEnded) {
    const Snapshot before = of(requests());
    EXPECT_TRUE(ended_series(before, before).families.empty());
    Snapshot now = before;
    now.time = WallTime(11s);
    now.families[0].labels = table(2, {"/", "get"});
    now.families[0].points = std::vector<Number>{std::uint64_t{8}};
    EXPECT_EQ(v1(ended_series(before, now), {}, {.is_stale = true}).at(0),
              "Method=p\xef\xbf\xbd,__name__=shop_requests_total, stale @11000");
    EXPECT_EQ(ended_series(before, now).families.at(0).size(), 1u);
    EXPECT_TRUE(ended_series(now, before).families.empty()) << "what is new has not ended";
    now.families.clear();
    EXPECT_EQ(ended_series(before, now).families.at(0).size(), 2u);
    // Other labels make other series.
    now = before;
    now.families[0].label_names = {"path", "verb"};
    EXPECT_EQ(ended_series(before, now).families.at(0).size(), 2u);
}

TEST(BucketSpans, HoldSmallGapsAndSkipLargeOnes) {
    using Span = BucketSpans::Span;
    EXPECT_TRUE(bucket_spans({3, {}}).spans.empty());
    EXPECT_TRUE(bucket_spans({3, {0, 0}}).spans.empty());
    EXPECT_EQ(bucket_spans({0, {1, 0, 0, 1}}).spans, (std::vector<Span>{{1, 4}}));
    EXPECT_EQ(bucket_spans({0, {1, 0, 0, 0, 1}}).spans, (std::vector<Span>{{1, 1}, {3, 1}}));
    EXPECT_EQ(bucket_spans({-2, {0, 5}}).spans, (std::vector<Span>{{0, 1}}));
    EXPECT_EQ(bucket_spans({-2, {0, 5, 0, 7}}).deltas, (std::vector<std::int64_t>{5, -5, 7}));
}

}  // namespace
}  // namespace mizzen::telemetry::remote_write
