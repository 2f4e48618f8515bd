// SPDX-License-Identifier: Apache-2.0
// Both text formats, line by line: escapes, numbers, names, types, exemplars.
#include <gtest/gtest.h>

#include <limits>

#include "mizzen/telemetry/exposition/exposition.hpp"
#include "mizzen/telemetry/exposition/text_writer.hpp"

namespace mizzen::telemetry {
namespace {

constexpr double inf = std::numeric_limits<double>::infinity();
constexpr double nan = std::numeric_limits<double>::quiet_NaN();

LabelTable table(std::size_t columns, std::initializer_list<std::string_view> values) {
    LabelTable out(columns);
    for (const std::string_view value : values) out.add(value);
    return out;
}

Snapshot of(Family family) {
    return {.start = WallTime(std::chrono::milliseconds(1'500'000'000'250)), .families = {std::move(family)}};
}

Family requests() {
    return {.type = MetricType::counter,
            .name = "shop_requests",
            .help = "Requests.",
            .label_names = {"method", "path"},
            .labels = table(2, {"get", "/", "post", ""}),
            .points = std::vector<Number>{std::uint64_t{7}, std::uint64_t{18446744073709551615u}}};
}

Family latency() {
    return {.type = MetricType::histogram,
            .name = "shop_latency_seconds",
            .help = "Latency.",
            .unit = "seconds",
            .label_names = {"path"},
            .bounds = {0.005, 1, 1e6},
            .labels = table(1, {"/"}),
            .points = std::vector<HistogramPoint>{{{1, 2, 0, 3}, 12.5}}};
}

TEST(Numbers, AreWrittenAsGoWritesThem) {
    struct Case {
        double value;
        std::string_view go, with_point;
    };
    const Case cases[] = {
        {0, "0", "0.0"},
        {-0.0, "-0", "-0.0"},
        {1, "1", "1.0"},
        {-1.5, "-1.5", "-1.5"},
        {0.0001, "0.0001", "0.0001"},
        {0.00001, "1e-05", "1e-05"},
        {123456, "123456", "123456.0"},
        {999999.5, "999999.5", "999999.5"},
        {1000000, "1e+06", "1e+06"},
        {1234567, "1.234567e+06", "1.234567e+06"},
        {1e100, "1e+100", "1e+100"},
        {5e-324, "5e-324", "5e-324"},
        {0.1 + 0.2, "0.30000000000000004", "0.30000000000000004"},
        {std::numeric_limits<double>::max(), "1.7976931348623157e+308", "1.7976931348623157e+308"},
        {inf, "+Inf", "+Inf"},
        {-inf, "-Inf", "-Inf"},
        {nan, "NaN", "NaN"},
    };
    for (const Case& c : cases) {
        std::string go, with_point;
        append_go(go, c.value);
        append_float(with_point, c.value);
        EXPECT_EQ(go, c.go);
        EXPECT_EQ(with_point, c.with_point);
    }
}

TEST(Numbers, OfTimesAreSecondsWithTheirDecimals) {
    struct Case {
        std::int64_t nanoseconds;
        std::string_view text;
    };
    const Case cases[] = {{0, "0.0"},
                          {1'500'000'000'250'000'000, "1500000000.25"},
                          {1, "0.000000001"},
                          {-1'500'000'000, "-1.5"},
                          {std::numeric_limits<std::int64_t>::min(), "-9223372036.854775808"}};
    for (const Case& c : cases) {
        std::string text;
        append_seconds(text, WallTime(Duration(c.nanoseconds)));
        EXPECT_EQ(text, c.text);
    }
}

TEST(Escapes, OfTextsAndQuotes) {
    struct Case {
        std::string text, quoted, plain;
    };
    const Case cases[] = {
        {"", "", ""},
        {"a\\b\"c\nd", "a\\\\b\\\"c\\nd", "a\\\\b\"c\\nd"},
        {"tab\tcr\r", "tab\tcr\r", "tab\tcr\r"},
        {std::string("nul\0", 4), std::string("nul\0", 4), std::string("nul\0", 4)},
        {"é 火 😱", "é 火 😱", "é 火 😱"},
        {"\xff", "\xef\xbf\xbd", "\xef\xbf\xbd"},
        {"\xed\xa0\x80\"", "\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd\\\"", "\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd\""},
        {"\xc0\xaf", "\xef\xbf\xbd\xef\xbf\xbd", "\xef\xbf\xbd\xef\xbf\xbd"},
    };
    for (const Case& c : cases) {
        std::string quoted, plain;
        append_escaped(quoted, c.text);
        append_escaped(plain, c.text, false);
        EXPECT_EQ(quoted, c.quoted);
        EXPECT_EQ(plain, c.plain);
    }
}

TEST(PrometheusText, WritesCountersAndLeavesEmptyLabelsOut) {
    EXPECT_EQ(to_prometheus_text(of(requests())),
              "# HELP shop_requests_total Requests.\n"
              "# TYPE shop_requests_total counter\n"
              "shop_requests_total{method=\"get\",path=\"/\"} 7\n"
              "shop_requests_total{method=\"post\"} 18446744073709551615\n");
}

TEST(PrometheusText, WritesHistogramsCumulated) {
    EXPECT_EQ(to_prometheus_text(of(latency())),
              "# HELP shop_latency_seconds Latency.\n"
              "# TYPE shop_latency_seconds histogram\n"
              "shop_latency_seconds_bucket{path=\"/\",le=\"0.005\"} 1\n"
              "shop_latency_seconds_bucket{path=\"/\",le=\"1\"} 3\n"
              "shop_latency_seconds_bucket{path=\"/\",le=\"1e+06\"} 3\n"
              "shop_latency_seconds_bucket{path=\"/\",le=\"+Inf\"} 6\n"
              "shop_latency_seconds_sum{path=\"/\"} 12.5\n"
              "shop_latency_seconds_count{path=\"/\"} 6\n");
}

TEST(PrometheusText, HasNoExemplarsAndKnowsOnlyItsTypes) {
    Family with_exemplar = requests();
    with_exemplar.exemplars = {{.labels = {{"trace_id", "ab"}}, .value = 1}};
    EXPECT_EQ(to_prometheus_text(of(with_exemplar)), to_prometheus_text(of(requests())));

    const auto type_line = [](MetricType type) {
        const std::string text = to_prometheus_text(
            of({.type = type, .name = "x", .help = "h", .points = std::vector<Number>{std::int64_t{-1}}}));
        return text.substr(text.find("# TYPE"));
    };
    EXPECT_EQ(type_line(MetricType::gauge), "# TYPE x gauge\nx -1\n");
    EXPECT_EQ(type_line(MetricType::up_down_counter), "# TYPE x gauge\nx -1\n");
    EXPECT_EQ(type_line(MetricType::state_set), "# TYPE x gauge\nx -1\n");
    EXPECT_EQ(type_line(MetricType::info), "# TYPE x_info gauge\nx_info -1\n");
}

TEST(PrometheusText, SaysNothingOfFamiliesWithoutSeries) {
    EXPECT_EQ(to_prometheus_text(of({.name = "x", .help = "h"})), "");
    EXPECT_EQ(to_openmetrics(of({.name = "x", .help = "h"})), "# EOF\n");
}

TEST(PrometheusText, QuotesNamesOrEscapesThem) {
    const Snapshot s = of({.type = MetricType::counter,
                           .name = "http.calls",
                           .help = "a\\b\"c\nd",
                           .label_names = {"net.peer"},
                           .labels = table(1, {"x"}),
                           .points = std::vector<Number>{1.5}});
    EXPECT_EQ(to_prometheus_text(s, Escaping::allow_utf_8),
              "# HELP \"http.calls_total\" a\\\\b\"c\\nd\n"
              "# TYPE \"http.calls_total\" counter\n"
              "{\"http.calls_total\",\"net.peer\"=\"x\"} 1.5\n");
    const auto last_line = [&](Escaping escaping) {
        const std::string text = to_prometheus_text(s, escaping);
        return text.substr(text.rfind('\n', text.size() - 2) + 1);
    };
    EXPECT_EQ(last_line(Escaping::underscores), "http_calls_total{net_peer=\"x\"} 1.5\n");
    EXPECT_EQ(last_line(Escaping::dots), "http_dot_calls__total{net_dot_peer=\"x\"} 1.5\n");
    EXPECT_EQ(last_line(Escaping::values), "U__http_2e_calls__total{U__net_2e_peer=\"x\"} 1.5\n");
}

TEST(PrometheusText, QuotesANameThatHasNoLabels) {
    const Snapshot s = of({.name = "my \"x\"", .help = "h", .points = std::vector<Number>{1.0}});
    EXPECT_EQ(to_prometheus_text(s, Escaping::allow_utf_8),
              "# HELP \"my \\\"x\\\"\" h\n# TYPE \"my \\\"x\\\"\" gauge\n{\"my \\\"x\\\"\"} 1\n");
}

TEST(OpenMetrics, WritesCountersWithExemplarsAndTheirStart) {
    Family family = requests();
    family.exemplars = {{.row = 0,
                         .labels = {{"trace_id", "a\"b"}},
                         .value = 1,
                         .time = WallTime(std::chrono::milliseconds(1'500'000'000'500))}};
    EXPECT_EQ(to_openmetrics(of(family), Escaping::underscores, {.created = true}),
              "# TYPE shop_requests counter\n"
              "# HELP shop_requests Requests.\n"
              "shop_requests_total{method=\"get\",path=\"/\"} 7 # {trace_id=\"a\\\"b\"} 1.0 1500000000.5\n"
              "shop_requests_created{method=\"get\",path=\"/\"} 1500000000.25\n"
              "shop_requests_total{method=\"post\"} 18446744073709551615\n"
              "shop_requests_created{method=\"post\"} 1500000000.25\n"
              "# EOF\n");
}

TEST(OpenMetrics, WritesHistogramsWithUnitAndExemplarsThatFit) {
    Family family = latency();
    family.exemplars = {{.bucket = 0, .value = 0.005},  // on the bound: inside
                        {.bucket = 1, .value = 0.005},  // outside
                        {.bucket = 2, .value = 1.5},    // inside
                        {.bucket = 3, .labels = {{"id", std::string(127, 'x')}}, .value = 2e6}};  // too long
    EXPECT_EQ(to_openmetrics(of(family)),
              "# TYPE shop_latency_seconds histogram\n"
              "# UNIT shop_latency_seconds seconds\n"
              "# HELP shop_latency_seconds Latency.\n"
              "shop_latency_seconds_bucket{path=\"/\",le=\"0.005\"} 1 # {} 0.005\n"
              "shop_latency_seconds_bucket{path=\"/\",le=\"1.0\"} 3\n"
              "shop_latency_seconds_bucket{path=\"/\",le=\"1e+06\"} 3 # {} 1.5\n"
              "shop_latency_seconds_bucket{path=\"/\",le=\"+Inf\"} 6\n"
              "shop_latency_seconds_count{path=\"/\"} 6\n"
              "shop_latency_seconds_sum{path=\"/\"} 12.5\n"
              "# EOF\n");
}

TEST(OpenMetrics, CountsTheCharactersOfAnExemplarNotItsBytes) {
    Family family = requests();
    std::string value;
    for (int i = 0; i < 126; ++i) value += "火";
    family.exemplars = {{.labels = {{"id", value}}, .value = 1}};
    EXPECT_NE(to_openmetrics(of(family)).find("# {id="), std::string::npos);
    family.exemplars[0].labels[0].second += "x";
    EXPECT_EQ(to_openmetrics(of(family)).find("# {id="), std::string::npos);
}

TEST(OpenMetrics, HasNoSumBesideNegativeBounds) {
    Family family = latency();
    family.bounds = {-1, 0, 1};
    const std::string text = to_openmetrics(of(family));
    EXPECT_NE(text.find("le=\"-1.0\"} 1\n"), std::string::npos);
    EXPECT_EQ(text.find("_sum"), std::string::npos);
    EXPECT_EQ(text.find("_count"), std::string::npos);
}

TEST(OpenMetrics, LeavesOutTotalsThatItForbids) {
    Family family = requests();
    family.points = std::vector<Number>{nan, -1.0};
    EXPECT_EQ(to_openmetrics(of(family)), "# TYPE shop_requests counter\n# HELP shop_requests Requests.\n# EOF\n");
    family.points = std::vector<Number>{0.0, 1e6};
    EXPECT_NE(to_openmetrics(of(family)).find("path=\"/\"} 0.0\n"), std::string::npos);
}

TEST(OpenMetrics, KnowsInfosAndStateSets) {
    EXPECT_EQ(to_openmetrics(of({.type = MetricType::info,
                                 .name = "shop_build",
                                 .help = "a\"b",
                                 .label_names = {"version"},
                                 .labels = table(1, {"1.0"}),
                                 .points = std::vector<Number>{std::uint64_t{1}}})),
              "# TYPE shop_build info\n# HELP shop_build a\\\"b\nshop_build_info{version=\"1.0\"} 1\n# EOF\n");
    EXPECT_EQ(to_openmetrics(of({.type = MetricType::state_set,
                                 .name = "shop_phase",
                                 .help = "h",
                                 .label_names = {"shop_phase"},
                                 .labels = table(1, {"up", "down"}),
                                 .points = std::vector<Number>{std::uint64_t{1}, std::uint64_t{0}}})),
              "# TYPE shop_phase stateset\n# HELP shop_phase h\n"
              "shop_phase{shop_phase=\"up\"} 1\nshop_phase{shop_phase=\"down\"} 0\n# EOF\n");
}

TEST(OpenMetrics, ShowsOfExponentialHistogramsCountAndSum) {
    EXPECT_EQ(to_openmetrics(
                  of({.type = MetricType::exponential_histogram,
                      .name = "x_seconds",
                      .help = "h",
                      .unit = "seconds",
                      .points = std::vector<ExponentialPoint>{{.zero_count = 1, .sum = 2, .positive = {0, {2}}}}})),
              "# TYPE x_seconds histogram\n# UNIT x_seconds seconds\n# HELP x_seconds h\n"
              "x_seconds_bucket{le=\"+Inf\"} 3\nx_seconds_count 3\nx_seconds_sum 2.0\n# EOF\n");
}

}  // namespace
}  // namespace mizzen::telemetry
