// SPDX-License-Identifier: Apache-2.0
// Names that escaping makes equal: the first is written, the others are told.
#include <gtest/gtest.h>

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

}  // namespace
}  // namespace mizzen::telemetry
