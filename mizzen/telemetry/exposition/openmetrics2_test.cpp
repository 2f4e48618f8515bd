// SPDX-License-Identifier: Apache-2.0
// Pages of OpenMetrics 2.0 as its text says they must be, and its grammar held against whatever is written.
#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <regex>

#include "mizzen/base/random.hpp"
#include "mizzen/telemetry/exposition/detail/native_buckets.hpp"
#include "mizzen/telemetry/exposition/exposition.hpp"
#include "mizzen/telemetry/exposition/testing/page_reader.hpp"
#include "mizzen/telemetry/metrics/exponential.hpp"
#include "mizzen/telemetry/metrics/registry.hpp"

namespace mizzen::telemetry {
namespace {

constexpr double nan = std::numeric_limits<double>::quiet_NaN();
constexpr double inf = std::numeric_limits<double>::infinity();
constexpr WallTime at(std::int64_t milliseconds) { return WallTime(std::chrono::milliseconds(milliseconds)); }
constexpr WallTime start = at(1'520'430'000'123);

LabelTable table(std::size_t columns, std::initializer_list<const char*> values) {
    LabelTable out(columns);
    for (const char* value : values) out.add(value);
    return out;
}

std::string page(Family family, Escaping escaping = Escaping::underscores) {
    return to_openmetrics_2({.start = start, .families = {std::move(family)}}, escaping);
}

Family classic() {
    return {.type = MetricType::histogram,
            .name = "foo_seconds",
            .help = "Waits.",
            .unit = "seconds",
            .bounds = {0.01, 0.1, 1, 10},
            .labels = table(0, {}),
            .points = std::vector<HistogramPoint>{{{0, 8, 3, 6, 0}, 324789.3}}};
}
Family native(ExponentialPoint point) {
    return {.type = MetricType::exponential_histogram,
            .name = "foo",
            .points = std::vector<ExponentialPoint>{std::move(point)}};
}

TEST(OpenMetrics2, NamesAFamilyAsItsSamplesAndTellsTheStartInTheLine) {
    EXPECT_EQ(page({.type = MetricType::counter,
                    .name = "foo_seconds",
                    .help = "Some \"text\"\n.",
                    .unit = "seconds",
                    .label_names = {"a", "b"},
                    .labels = table(2, {"x", "\\", "", "y"}),
                    .points = std::vector<Number>{std::uint64_t{17}, 17.0}}),
              "# TYPE foo_seconds_total counter\n"
              "# UNIT foo_seconds_total seconds\n"
              "# HELP foo_seconds_total Some \\\"text\\\"\\n.\n"
              "foo_seconds_total{a=\"x\",b=\"\\\\\"} 17 st@1520430000.123\n"
              "foo_seconds_total{b=\"y\"} 17.0 st@1520430000.123\n"
              "# EOF\n");
}

TEST(OpenMetrics2, TakesTheStartOfTheFamilyIfItHasOne) {
    EXPECT_EQ(page({.type = MetricType::counter,
                    .name = "foo",
                    .points = std::vector<Number>{std::uint64_t{1}},
                    .start = at(-1500)}),
              "# TYPE foo_total counter\nfoo_total 1 st@-1.5\n# EOF\n");
}

TEST(OpenMetrics2, HasExemplarsAfterTheStartAndOnlyWithATime) {
    Family family{.type = MetricType::counter, .name = "foo", .points = std::vector<Number>{17.0}};
    family.exemplars = {
        {.labels = {{"trace_id", "KOO5\"S4"}, {"a.b", "c"}}, .value = 0.67, .time = at(1'520'879'606'100)},
        {.labels = {{"trace_id", "without a time"}}, .value = 0.68},
        {.value = 2, .time = at(1'520'879'606'000)}};
    EXPECT_EQ(page(family, Escaping::allow_utf_8),
              "# TYPE foo_total counter\n"
              "foo_total 17.0 st@1520430000.123 # {trace_id=\"KOO5\\\"S4\",\"a.b\"=\"c\"} 0.67 1520879606.1"
              " # {} 2.0 1520879606.0\n"
              "# EOF\n");
    family.type = MetricType::gauge;
    EXPECT_EQ(page(family), "# TYPE foo gauge\nfoo 17.0\n# EOF\n") << "gauges have neither";
}

TEST(OpenMetrics2, HasClassicHistogramsInOneLine) {
    Family family = classic();
    family.exemplars = {
        {.bucket = 1, .value = 0.054, .time = at(1'520'879'607'700)},
        {.bucket = 3, .labels = {{"trace_id", "oHg5SJYRHA0"}}, .value = 9.8, .time = at(1'520'879'607'789)}};
    EXPECT_EQ(page(family),
              "# TYPE foo_seconds histogram\n"
              "# UNIT foo_seconds seconds\n"
              "# HELP foo_seconds Waits.\n"
              "foo_seconds {count:17,sum:324789.3,bucket:[0.01:0,0.1:8,1.0:11,10.0:17,+Inf:17]} st@1520430000.123"
              " # {} 0.054 1520879607.7 # {trace_id=\"oHg5SJYRHA0\"} 9.8 1520879607.789\n"
              "# EOF\n");
    Family below_zero = classic();
    below_zero.bounds = {-1, 0, 1e-5, 1e23};
    EXPECT_NE(page(below_zero).find("bucket:[-1.0:0,0.0:8,1e-05:11,1e+23:17,+Inf:17]}"), std::string::npos)
        << "a sum is told beside negative bounds too";
}

TEST(OpenMetrics2, HasNativeHistogramsWithAbsoluteCounts) {
    // The page's own example: indexes there are by upper bound, one more than OpenTelemetry's.
    EXPECT_EQ(
        page(native({.scale = 7,
                     .sum = 120,
                     .positive = {.offset = -2, .counts = {5, 7, 0, 0, 0, 10, 9, 8, 8}},
                     .negative = {.offset = 0, .counts = {5, 7}}})),
        "# TYPE foo histogram\n"
        "foo {count:59,sum:120.0,schema:7,zero_threshold:0.0,zero_count:0,negative_spans:[1:2],negative_buckets:[5,7],"
        "positive_spans:[-1:2,3:4],positive_buckets:[5,7,10,9,8,8]} st@1520430000.123\n"
        "# EOF\n");
    EXPECT_EQ(page(native({.scale = 3})),
              "# TYPE foo histogram\nfoo {count:0,sum:0.0,schema:3,zero_threshold:0.0,zero_count:0} st@1520430000.123\n"
              "# EOF\n");
    EXPECT_EQ(page(native({.scale = -5, .sum = 3, .positive = {0, {1, 2}}})),
              "# TYPE foo histogram\nfoo {count:3,sum:3.0,bucket:[+Inf:3]} st@1520430000.123\n# EOF\n")
        << "wider than any schema: classic";
    EXPECT_NE(page(native({.scale = 20, .zero_count = 2, .positive = {0, {1, 2}}}))
                  .find("schema:8,zero_threshold:0.0,zero_count:2,positive_spans:[1:1],positive_buckets:[3]}"),
              std::string::npos)
        << "finer than any schema: halved";
}

TEST(OpenMetrics2, ListsAGapOfOneAndNoMore) {
    const NativeBuckets buckets({.offset = 4, .counts = {0, 1, 0, 2, 0, 0, 3, 0}});
    EXPECT_EQ(buckets.spans, (std::vector<NativeBuckets::Span>{{6, 3}, {2, 1}}));
    EXPECT_EQ(buckets.counts, (std::vector<std::uint64_t>{1, 0, 2, 3}));
    EXPECT_TRUE(NativeBuckets({.offset = 4, .counts = {0, 0}}).spans.empty());
}

TEST(OpenMetrics2, HasSummariesInOneLineWithoutWhatIsForbidden) {
    Family family{.type = MetricType::summary, .name = "foo", .label_names = {"a"}, .quantiles = {0.5, 0.95, 1}};
    family.labels = table(1, {"x", "y", "z", "nan"});
    family.points = std::vector<SummaryPoint>{
        {{0.25, 123.7, 150}, 17, 324789.3}, {{nan, nan, nan}, 0, 0}, {{-1, 2, inf}, 2, 1}, {{1, 2, 3}, 2, nan}};
    EXPECT_EQ(page(family),
              "# TYPE foo summary\n"
              "foo{a=\"x\"} {count:17,sum:324789.3,quantile:[0.5:0.25,0.95:123.7,1.0:150.0]} st@1520430000.123\n"
              "foo{a=\"y\"} {count:0,sum:0.0,quantile:[0.5:NaN,0.95:NaN,1.0:NaN]} st@1520430000.123\n"
              "foo{a=\"z\"} {count:2,sum:1.0,quantile:[0.95:2.0,1.0:+Inf]} st@1520430000.123\n"
              "# EOF\n");
    family.quantiles = {};
    family.points = std::vector<SummaryPoint>{{{}, 17, 324789.3}};
    EXPECT_EQ(page(family),
              "# TYPE foo summary\nfoo{a=\"x\"} {count:17,sum:324789.3,quantile:[]} st@1520430000.123\n# EOF\n");
}

TEST(OpenMetrics2, KnowsInfosAndStateSets) {
    EXPECT_EQ(page({.type = MetricType::info,
                    .name = "foo",
                    .help = "h",
                    .label_names = {"version"},
                    .labels = table(1, {"8.2.7"}),
                    .points = std::vector<Number>{std::uint64_t{1}}}),
              "# TYPE foo_info info\n# HELP foo_info h\nfoo_info{version=\"8.2.7\"} 1\n# EOF\n");
    EXPECT_EQ(page({.type = MetricType::state_set,
                    .name = "foo",
                    .label_names = {"foo"},
                    .labels = table(1, {"a", "bb"}),
                    .points = std::vector<Number>{std::uint64_t{0}, std::uint64_t{1}}}),
              "# TYPE foo stateset\nfoo{foo=\"a\"} 0\nfoo{foo=\"bb\"} 1\n# EOF\n");
    EXPECT_EQ(page({.type = MetricType::state_set,
                    .name = "a:b",
                    .label_names = {"a:b"},
                    .labels = table(1, {"x"}),
                    .points = std::vector<Number>{std::uint64_t{1}}}),
              "# TYPE a:b gauge\na:b{a_b=\"x\"} 1\n# EOF\n")
        << "a label has no colon, so it is not named as the set";
}

TEST(OpenMetrics2, LeavesOutTotalsThatItForbids) {
    EXPECT_EQ(page({.type = MetricType::counter,
                    .name = "foo",
                    .label_names = {"a"},
                    .labels = table(1, {"x", "y", "z"}),
                    .points = std::vector<Number>{nan, -1.0, std::int64_t{-1}}}),
              "# TYPE foo_total counter\n# EOF\n");
    EXPECT_EQ(page({.name = "foo", .points = std::vector<Number>{nan}}), "# TYPE foo gauge\nfoo NaN\n# EOF\n");
    EXPECT_EQ(to_openmetrics_2({}), "# EOF\n");
}

TEST(OpenMetrics2, QuotesNames) {
    EXPECT_EQ(page({.type = MetricType::counter,
                    .name = "foodb.\"read\"",
                    .help = "h",
                    .unit = "By/s",
                    .label_names = {"service.name"},
                    .labels = table(1, {"my_service"}),
                    .points = std::vector<Number>{std::uint64_t{3482}}},
                   Escaping::allow_utf_8),
              "# TYPE \"foodb.\\\"read\\\"_total\" counter\n"
              "# HELP \"foodb.\\\"read\\\"_total\" h\n"
              "{\"foodb.\\\"read\\\"_total\",\"service.name\"=\"my_service\"} 3482 st@1520430000.123\n"
              "# EOF\n");
}

// The grammar of what stands behind the labels (ABNF of the page), as a regular expression.
std::regex sample_grammar() {
    const std::string real = R"([-+]?(?:[0-9]+(?:\.[0-9]*)?|[0-9]*\.[0-9]+)(?:e[-+]?[0-9]+)?)";
    const std::string number = "(?:" + real + "|[-+]?Inf|NaN)";
    const std::string totals = "count:" + number + ",sum:" + number;
    const auto list = [](const std::string& item) { return R"(\[(?:)" + item + "(?:," + item + R"()*)?\])"; };
    const std::string classic = R"(bucket:\[(?:(?:-Inf|)" + real + "):" + number + ",)*\\+Inf:" + number + R"(\])";
    const auto sign = [&](const std::string& name) {
        return "(?:," + name + "_spans:" + list("[-+]?[0-9]+:[0-9]+") + "," + name + "_buckets:" + list(number) + ")?";
    };
    const std::string native =
        "schema:-?[0-9]+,zero_threshold:" + real + ",zero_count:" + number + sign("negative") + sign("positive");
    const std::string quantiles = "quantile:" + list(real + ":" + number);
    const std::string composite = R"(\{)" + totals + ",(?:" + classic + "|" + native + "|" + quantiles + R"()\})";
    const std::string exemplar =
        R"( # \{(?:[a-z_]+="(?:[^"\\\n]|\\.)*"(?:,[a-z_]+="(?:[^"\\\n]|\\.)*")*)?\} )" + number + " " + real;
    return std::regex("(?:" + number + "|" + composite + ")(?: st@" + real + ")?(?:" + exemplar + ")*");
}

TEST(OpenMetrics2, IsOfItsGrammarWhateverWasCounted) {
    enum class Kind { a, b };
    struct All {
        Counter<> counted = counter("x_total", "h");
        DoubleCounter<Kind> doubles = counter("x_double_total", "h");
        Gauge<> level = gauge("x_level", "h");
        Histogram<> some = histogram("x_some_seconds", "h", "seconds").buckets({-1, 0, 0.001, 5e7});
        ExponentialHistogram<Kind> fine = exponential_histogram("x_fine_seconds", "h", "seconds");
        Summary<> told = summary("x_told_seconds", "h", "seconds").quantiles({0, 0.5, 0.999, 1});
    };
    const std::regex grammar = sample_grammar();
    EXPECT_FALSE(std::regex_match("{count:1,sum:2,bucket:[0.5:1]} st@1", grammar)) << "it can say no";
    EXPECT_FALSE(std::regex_match("1 1520879607.7 st@", grammar));
    Random random(11);
    for (int round = 0; round < 20; ++round) {
        Registry registry(at(static_cast<std::int64_t>(random.below(4'000'000'000'000)) - 1'000'000));
        const auto all = registry.make<All>();
        const auto value = [&] {
            const double size = std::ldexp(random.unit(), static_cast<int>(random.below(1800)) - 900);
            return random.below(3) == 0 ? -size : random.below(9) == 0 ? 0 : size;
        };
        for (std::uint64_t i = random.below(300); i > 0; --i) {
            all.counted.add(random.below(1 << 30));
            all.doubles[Kind::b].add(std::fabs(value()));
            all.level.set(value());
            all.some.observe(value());
            all.fine[Kind::a].observe(value());
            all.told.observe(std::fabs(value()));
        }
        PageReader reader;
        const std::string text = to_openmetrics_2(registry.collect(at(1'700'000'000'000)));
        const auto samples = reader.read(text);
        ASSERT_EQ(samples.size(), 8u) << text;
        for (const ReadSample& sample : samples)
            EXPECT_TRUE(std::regex_match(sample.rest, grammar)) << sample.name << " " << sample.rest;
        EXPECT_EQ(reader.comments.back(), "# EOF");
    }
}

}  // namespace
}  // namespace mizzen::telemetry
