// SPDX-License-Identifier: Apache-2.0
// Accept headers, the four ways to escape a name, and name[].
#include <gtest/gtest.h>

#include "mizzen/telemetry/exposition/exposition.hpp"

namespace mizzen::telemetry {
namespace {

TEST(Negotiate, TakesTheBestThatIsKnown) {
    const std::string protobuf =
        "application/vnd.google.protobuf;proto=io.prometheus.client.MetricFamily;encoding=delimited";
    struct Case {
        std::string accept;
        Exposition wanted;
    };
    const Case cases[] = {
        {"", {}},
        {"*/*", {}},
        {"text/html", {}},
        {"text/plain", {}},
        {"text/plain;version=0.0.4;q=0.5,*/*;q=0.1", {}},
        {"text/plain;version=0.0.4;escaping=values", {Format::text_0_0_4, Escaping::values}},
        {"text/plain;version=9", {}},
        {"text/plain;version=1.0.0;escaping=allow-utf-8", {Format::text_1_0_0, Escaping::allow_utf_8}},
        {"application/openmetrics-text", {Format::openmetrics_0_0_1}},
        {"application/openmetrics-text;version=0.0.1;q=0.75,text/plain;version=0.0.4;q=0.5",
         {Format::openmetrics_0_0_1}},
        {"application/openmetrics-text; version=1.0.0; escaping=allow-utf-8;q=0.6,"
         "application/openmetrics-text;version=0.0.1;q=0.5,text/plain;version=1.0.0;escaping=allow-utf-8;q=0.4,"
         "text/plain;version=0.0.4;q=0.3,*/*;q=0.2",
         {Format::openmetrics_1_0_0, Escaping::allow_utf_8}},
        {protobuf + ";escaping=allow-utf-8;q=0.6,application/openmetrics-text;version=1.0.0;q=0.5",
         {Format::protobuf, Escaping::allow_utf_8}},
        {"text/plain;q=0.2," + protobuf + ";q=0.9", {Format::protobuf}},
        {"APPLICATION/OpenMetrics-Text; Version=\"1.0.0\"; Escaping=dots", {Format::openmetrics_1_0_0, Escaping::dots}},
        {"application/openmetrics-text;version=1.0.0;q=0", {}},
        {"application/openmetrics-text;version=1.0.0;q=much", {}},
        {"application/openmetrics-text;version=1.0.0;q=2", {}},
        {"application/openmetrics-text;version=2.0.0;q=0.6,application/openmetrics-text;version=1.0.0;q=0.5",
         {Format::openmetrics_2_0_0}},
        {"application/openmetrics-text;version=2.0.0;escaping=allow-utf-8;q=0.4,"
         "application/openmetrics-text;version=1.0.0;q=0.5",
         {Format::openmetrics_1_0_0}},
        {"application/openmetrics-text;version=2;q=0.6", {}},
        {"application/openmetrics-text;version=3.0.0,text/plain;q=0.1", {}},
        {"application/vnd.google.protobuf;proto=other;encoding=delimited", {}},
        {"application/vnd.google.protobuf;proto=io.prometheus.client.MetricFamily;encoding=text", {}},
        {"application/openmetrics-text;version=1.0.0;escaping=none", {Format::openmetrics_1_0_0}},
        {";;;,,=,;q=,\"", {}},
    };
    for (const Case& c : cases) EXPECT_EQ(negotiate(c.accept), c.wanted) << c.accept;
}

TEST(Negotiate, NamesFormatAndEscapingInTheAnswer) {
    EXPECT_EQ(content_type({}), "text/plain; version=0.0.4; charset=utf-8; escaping=underscores");
    EXPECT_EQ(content_type({Format::openmetrics_1_0_0, Escaping::allow_utf_8}),
              "application/openmetrics-text; version=1.0.0; charset=utf-8; escaping=allow-utf-8");
    EXPECT_EQ(
        content_type({Format::protobuf, Escaping::dots}),
        "application/vnd.google.protobuf; proto=io.prometheus.client.MetricFamily; encoding=delimited; escaping=dots");
    for (const Format format : {Format::text_0_0_4, Format::text_1_0_0, Format::openmetrics_0_0_1,
                                Format::openmetrics_1_0_0, Format::openmetrics_2_0_0, Format::protobuf})
        EXPECT_EQ(negotiate(content_type({format, Escaping::values})), (Exposition{format, Escaping::values}));
}

TEST(Negotiate, LeadsToTheFormat) {
    const Snapshot s{.families = {{.name = "x", .help = "h", .points = std::vector<Number>{1.0}}}};
    EXPECT_EQ(expose(s, {Format::text_1_0_0}), to_prometheus_text(s));
    EXPECT_EQ(expose(s, {Format::openmetrics_1_0_0}), to_openmetrics(s));
    EXPECT_EQ(expose(s, {Format::openmetrics_2_0_0}), to_openmetrics_2(s));
    EXPECT_EQ(expose(s, {Format::protobuf}), to_prometheus_protobuf(s));
}

TEST(Escaping, OfNames) {
    struct Case {
        std::string name, underscores, dots, values;
    };
    const Case cases[] = {
        {"", "", "", "U__"},
        {"plain", "plain", "plain", "plain"},
        {"no:escaping_required", "no:escaping_required", "no:escaping__required", "no:escaping_required"},
        {"http.status:sum", "http_status:sum", "http_dot_status:sum", "U__http_2e_status:sum"},
        {"a.b_c", "a_b_c", "a_dot_b__c", "U__a_2e_b__c"},
        {"label with 😱", "label_with__", "label__with____", "U__label_20_with_20__1f631_"},
        {"花火", "__", "____", "U___82b1__706b_"},
        {"0abc", "_abc", "__abc", "U___30_abc"},
        {"a\xff", "a_", "a__", "U__a_FFFD_"},
    };
    for (const Case& c : cases) {
        EXPECT_EQ(escaped_name(c.name, Escaping::underscores), c.underscores);
        EXPECT_EQ(escaped_name(c.name, Escaping::dots), c.dots);
        EXPECT_EQ(escaped_name(c.name, Escaping::values), c.values);
    }
    EXPECT_EQ(escaped_name("a.b\xff", Escaping::allow_utf_8), "a.b\xef\xbf\xbd");
}

TEST(OnlyNamed, KeepsFamiliesByEitherName) {
    const Snapshot all{.families = {{.type = MetricType::counter, .name = "a"},
                                    {.type = MetricType::gauge, .name = "b"},
                                    {.type = MetricType::info, .name = "c"}}};
    const auto kept = [&](std::vector<std::string> names) {
        std::string out;
        for (const Family& family : only_named(all, names).families) out += family.name;
        return out;
    };
    EXPECT_EQ(kept({}), "abc");
    EXPECT_EQ(kept({"a_total"}), "a");
    EXPECT_EQ(kept({"a", "c_info"}), "ac");
    EXPECT_EQ(kept({"b_total", "a_info", "_total"}), "");
}

}  // namespace
}  // namespace mizzen::telemetry
