// SPDX-License-Identifier: Apache-2.0
// Which declarations compile: the same functions run here on a table of good and bad ones.
#include "mizzen/telemetry/metrics/names.hpp"

#include <gtest/gtest.h>

#include "mizzen/telemetry/metrics/declaration.hpp"
#include "mizzen/telemetry/metrics/label_set.hpp"

namespace mizzen::telemetry {
namespace {

TEST(Names, OfMetricsFollowTheRules) {
    using enum MetricType;
    struct Case {
        MetricType type;
        std::string_view name, unit;
        std::string_view problem_has;  // "": none
    };
    const Case cases[] = {
        {counter, "shop_orders_total", "", ""},
        {counter, "shop_cpu_seconds_total", "seconds", ""},
        {counter, "shop_orders", "", "_total"},
        {counter, "_total", "", "snake_case"},
        {counter, "shop_cpu_seconds_total", "", "declare it"},
        {counter, "shop_cpu_total", "seconds", "end with its unit"},
        {counter, "shop_counter_total", "", "repeats its type"},
        {gauge, "shop_open", "", ""},
        {gauge, "shop_open_total", "", "_total"},
        {gauge, "seconds", "seconds", "end with its unit"},
        {gauge, "xseconds", "seconds", "end with its unit"},
        {gauge, "x_seconds", "seconds", ""},
        {gauge, "shopOpen", "", "snake_case"},
        {gauge, "shop:open", "", "snake_case"},
        {gauge, "shop.open", "", "snake_case"},
        {gauge, "shop__open", "", "snake_case"},
        {gauge, "shop_open_", "", "snake_case"},
        {gauge, "_shop_open", "", "snake_case"},
        {gauge, "0shop", "", "snake_case"},
        {gauge, "", "", "snake_case"},
        {gauge, "shop_open_count", "", "reserved"},
        {gauge, "shop_open_created", "", "reserved"},
        {gauge, "shop_counters", "", ""},
        {gauge, "shop_gauge", "", "repeats its type"},
        {histogram, "shop_wait_ms", "ms", "base unit"},
        {histogram, "shop_wait_milliseconds", "milliseconds", "base unit"},
        {histogram, "shop_items", "", ""},
        {histogram, "shop_wait_bucket", "", "reserved"},
        {exponential_histogram, "shop_histogram_seconds", "seconds", "repeats its type"},
        {info, "shop_build_info", "", ""},
        {info, "shop_build", "", "_info"},
        {gauge, "shop_build_info", "", "_info"},
        {info, "shop_seconds_info", "seconds", "no unit"},
        {state_set, "shop_phase", "", ""},
        {state_set, "shop_phase_seconds", "seconds", "no unit"},
    };
    for (const Case& c : cases) {
        const std::string_view problem = metric_problem(c.type, c.name, "Help.", c.unit);
        if (c.problem_has.empty())
            EXPECT_EQ(problem, "") << c.name;
        else
            EXPECT_NE(problem.find(c.problem_has), problem.npos) << c.name << ": " << problem;
    }
    EXPECT_EQ(metric_problem(gauge, "x", "", ""), "a metric needs a help text");
}

TEST(Names, OfLabelsAreSnakeCaseAndNotReserved) {
    for (const std::string_view good : {"a", "path", "http_method", "x1"})
        EXPECT_EQ(label_name_problem(good), "") << good;
    for (const std::string_view bad : {"", "le", "quantile", "__name__", "_a", "Path", "a-b", "a:b", "1a", "é"})
        EXPECT_NE(label_name_problem(bad), "") << bad;
}

TEST(Names, KnowTheLegacyGrammar) {
    EXPECT_TRUE(is_legacy_metric_name("a:b_C9"));
    EXPECT_TRUE(is_legacy_metric_name("_"));
    EXPECT_FALSE(is_legacy_metric_name("9a"));
    EXPECT_FALSE(is_legacy_metric_name(""));
    EXPECT_FALSE(is_legacy_metric_name("a.b"));
    EXPECT_TRUE(is_legacy_label_name("_a9"));
    EXPECT_FALSE(is_legacy_label_name("a:b"));
}

// These are decided while compiling; were they wrong, this file would not compile.
static_assert(metric_problem(MetricType::counter, "shop_orders_total", "Orders.", "").empty());
static_assert(!metric_problem(MetricType::counter, "shop_orders", "Orders.", "").empty());
static_assert(family_name(MetricType::counter, "shop_orders_total") == "shop_orders");
static_assert(family_name(MetricType::gauge, "shop_orders_total") == "shop_orders_total");
static_assert(histogram("x_seconds", "X.", "seconds").bound_count == 11);
static_assert(histogram("x_seconds", "X.", "seconds").buckets({1, 2}).bound_count == 2);
static_assert(counter("x_total", "X.").cap(7).most_series == 7);

enum class HttpMethod { get, post, delete_ };
struct Closed {
    HttpMethod method;
    bool cached;
};
struct Open {
    std::string_view path;
    bool cached;
};
static_assert(LabelSet<Closed>::is_closed && LabelSet<Closed>::combinations == 6);
static_assert(!LabelSet<Open>::is_closed);

TEST(LabelSet, TellsNamesAndValues) {
    EXPECT_EQ(LabelSet<HttpMethod>::names(), std::vector<std::string>{"http_method"});
    EXPECT_EQ(LabelSet<Closed>::names(), (std::vector<std::string>{"method", "cached"}));
    EXPECT_TRUE(LabelSet<NoLabels>::names().empty());
    const auto values = [](std::size_t index) {
        std::string out;
        LabelSet<Closed>::values(index, [&](std::string_view text) { out += std::string(text) + ' '; });
        return out;
    };
    EXPECT_EQ(values(0), "get false ");
    EXPECT_EQ(values(5), "delete true ");
    for (std::size_t method = 0; method < 3; ++method)
        for (const bool cached : {false, true})
            EXPECT_EQ(LabelSet<Closed>::index({static_cast<HttpMethod>(method), cached}), method * 2 + cached);
    EXPECT_EQ(LabelSet<Closed>::index({static_cast<HttpMethod>(-1), true}), 6u);
}

}  // namespace
}  // namespace mizzen::telemetry
