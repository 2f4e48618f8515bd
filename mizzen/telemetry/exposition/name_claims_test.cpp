// SPDX-License-Identifier: Apache-2.0
// Names that escaping makes equal: the first is written, the others are told.
#include <gtest/gtest.h>

#include "mizzen/telemetry/exposition/escaping.hpp"
#include "mizzen/telemetry/exposition/exposition.hpp"

namespace mizzen::telemetry {
namespace {

Family gauge_named(std::string name, double value) {
    return {.name = std::move(name), .help = "h", .points = std::vector<Number>{value}};
}

TEST(NameClaims, LeaveTheSecondOut) {
    const Snapshot s{.families = {gauge_named("a.b", 1), gauge_named("a_b", 2), gauge_named("c", 3)}};
    EXPECT_EQ(to_prometheus_text(s), "# HELP a_b h\n# TYPE a_b gauge\na_b 1\n# HELP c h\n# TYPE c gauge\nc 3\n");
    EXPECT_EQ(to_openmetrics(s), "# TYPE a_b gauge\n# HELP a_b h\na_b 1.0\n# TYPE c gauge\n# HELP c h\nc 3.0\n# EOF\n");
    const Snapshot first_only{.families = {gauge_named("a.b", 1), gauge_named("c", 3)}};
    EXPECT_EQ(to_prometheus_protobuf(s), to_prometheus_protobuf(first_only));
    EXPECT_EQ(left_out(s, Escaping::underscores),
              std::vector<std::string>{"a_b: left out, because escaped (underscores) its name a_b comes twice"});
    for (const Escaping escaping : {Escaping::dots, Escaping::values, Escaping::allow_utf_8})
        EXPECT_TRUE(left_out(s, escaping).empty());
}

TEST(NameClaims, KnowTheSamplesOfOtherTypesAndLabels) {
    const Family histogram{.type = MetricType::histogram,
                           .name = "a.b",
                           .bounds = {1},
                           .points = std::vector<HistogramPoint>{{{1, 0}, 1}}};
    EXPECT_EQ(left_out({.families = {histogram, gauge_named("a_b_count", 1)}}, Escaping::underscores).size(), 1u);
    Family labels = gauge_named("x", 1);
    labels.label_names = {"l.m", "l_m"};
    labels.labels = LabelTable(2);
    for (const char* value : {"1", "2"}) labels.labels.add(value);
    EXPECT_EQ(left_out({.families = {labels}}, Escaping::underscores).size(), 1u);
    EXPECT_EQ(to_prometheus_text({.families = {labels}}), "");
    EXPECT_TRUE(left_out({.families = {labels}}, Escaping::allow_utf_8).empty());
}

Family with_label(MetricType type, std::string label) {
    Family family{.type = type, .name = "x", .label_names = {std::move(label)}, .labels = LabelTable(1)};
    family.labels.add("v");
    if (type == MetricType::histogram) family.points = std::vector<HistogramPoint>{{{1}, 1}};
    if (type == MetricType::exponential_histogram) family.points = std::vector<ExponentialPoint>{{.zero_count = 1}};
    if (type == MetricType::summary) family.points = std::vector<SummaryPoint>{{.count = 1}};
    if (type == MetricType::gauge) family.points = std::vector<Number>{1.0};
    return family;
}

TEST(NameClaims, LeaveOutWhatHasNoName) {
    EXPECT_EQ(left_out({.families = {gauge_named("", 1)}}, Escaping::allow_utf_8),
              std::vector<std::string>{": left out, because it has no name"});
    const Snapshot s{.families = {with_label(MetricType::gauge, "")}};
    EXPECT_EQ(left_out(s, Escaping::values),
              std::vector<std::string>{"x: left out, because one of its labels has no name"});
    EXPECT_EQ(to_openmetrics(s), "# EOF\n");
    EXPECT_EQ(to_prometheus_text(s), "");
}

TEST(NameClaims, LeaveOutLabelsThatTheFormatPutsThereItself) {
    for (const MetricType type : {MetricType::histogram, MetricType::exponential_histogram})
        EXPECT_EQ(left_out({.families = {with_label(type, "le")}}, Escaping::underscores),
                  std::vector<std::string>{"x: left out, because escaped (underscores) its label le comes twice"});
    EXPECT_EQ(left_out({.families = {with_label(MetricType::summary, "quantile")}}, Escaping::allow_utf_8).size(), 1u);
    EXPECT_EQ(left_out({.families = {with_label(MetricType::gauge, "__name__")}}, Escaping::allow_utf_8).size(), 1u);
    for (const char* label : {"le", "quantile"})
        EXPECT_TRUE(left_out({.families = {with_label(MetricType::gauge, label)}}, Escaping::underscores).empty());
}

TEST(EscapedLabel, HasNoColon) {
    const Snapshot s{.families = {with_label(MetricType::gauge, "a:b")}};
    EXPECT_NE(to_openmetrics(s).find("\nx{a_b=\"v\"} 1.0\n"), std::string::npos) << to_openmetrics(s);
    EXPECT_EQ(escaped_label("a:b_", Escaping::values), "U__a_3a_b__");
    EXPECT_EQ(escaped_label("a:b", Escaping::dots), "a__b");
    EXPECT_EQ(escaped_label("a:b", Escaping::allow_utf_8), "a:b");
    EXPECT_EQ(escaped_name("a:b", Escaping::underscores), "a:b");
}

// The reference parser refuses samples whose names do not begin with their family's.
TEST(OpenMetrics, PutsSuffixesBehindTheEscapedName) {
    Family histogram = with_label(MetricType::histogram, "l");
    histogram.name = "a_b.c";
    EXPECT_EQ(to_openmetrics({.families = {histogram}}, Escaping::dots),
              "# TYPE a__b_dot_c histogram\n# HELP a__b_dot_c \na__b_dot_c_bucket{l=\"v\",le=\"+Inf\"} 1\n"
              "a__b_dot_c_count{l=\"v\"} 1\na__b_dot_c_sum{l=\"v\"} 1.0\n# EOF\n");
    Family counter = gauge_named("a.b", 1);
    counter.type = MetricType::counter;
    EXPECT_EQ(to_openmetrics({.families = {counter}}, Escaping::values),
              "# TYPE U__a_2e_b_ counter\n# HELP U__a_2e_b_ h\nU__a_2e_b__total 1.0\n# EOF\n");
    EXPECT_NE(to_prometheus_text({.families = {counter}}, Escaping::values).find("\nU__a_2e_b__total 1\n"),
              std::string::npos);
}

// OpenMetrics 1.0: no sum of what may go down, no unit of what has none, states under the set's own name.
TEST(OpenMetrics, LeavesOutWhatReadersRefuse) {
    Family waits = gauge_named("x", 1);
    waits.type = MetricType::exponential_histogram;
    for (const ExponentialPoint& point :
         {ExponentialPoint{.zero_count = 1, .sum = -1}, ExponentialPoint{.sum = 1, .negative = {0, {0, 1}}}}) {
        waits.points = std::vector<ExponentialPoint>{point};
        EXPECT_EQ(to_openmetrics({.families = {waits}}),
                  "# TYPE x histogram\n# HELP x h\nx_bucket{le=\"+Inf\"} 1\n# EOF\n");
    }
    Family classic = waits;
    classic.type = MetricType::histogram;
    classic.points = std::vector<HistogramPoint>{{{1}, -1}};
    EXPECT_EQ(to_openmetrics({.families = {classic}}),
              "# TYPE x histogram\n# HELP x h\nx_bucket{le=\"+Inf\"} 1\n# EOF\n");
    Family info = gauge_named("x_bytes", 1);
    info.type = MetricType::info;
    info.unit = "bytes";
    EXPECT_EQ(to_openmetrics({.families = {info}}), "# TYPE x_bytes info\n# HELP x_bytes h\nx_bytes_info 1.0\n# EOF\n");
    Family states = with_label(MetricType::gauge, "a:b");
    states.type = MetricType::state_set;
    states.name = "a:b";
    EXPECT_EQ(to_openmetrics({.families = {states}}), "# TYPE a:b gauge\n# HELP a:b \na:b{a_b=\"v\"} 1.0\n# EOF\n");
}

}  // namespace
}  // namespace mizzen::telemetry
