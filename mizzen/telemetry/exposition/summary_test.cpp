// SPDX-License-Identifier: Apache-2.0
// Summaries in both text formats.
#include <gtest/gtest.h>

#include <limits>

#include "mizzen/telemetry/exposition/exposition.hpp"

namespace mizzen::telemetry {
namespace {

Snapshot waits(std::vector<SummaryPoint> points) {
    Family family{.type = MetricType::summary,
                  .name = "shop_wait_seconds",
                  .help = "Waits.",
                  .unit = "seconds",
                  .label_names = {"path"},
                  .quantiles = {0.5, 1},
                  .labels = LabelTable(1),
                  .points = points};
    for (std::size_t i = 0; i < points.size(); ++i) family.labels.add("/" + std::to_string(i));
    return {.start = WallTime(std::chrono::milliseconds(1500)), .families = {std::move(family)}};
}
constexpr double nan = std::numeric_limits<double>::quiet_NaN();

TEST(Summary, InPrometheusText) {
    EXPECT_EQ(to_prometheus_text(waits({{{0.25, 2}, 7, 3.5}, {{nan, nan}, 0, 0}})),
              "# HELP shop_wait_seconds Waits.\n"
              "# TYPE shop_wait_seconds summary\n"
              "shop_wait_seconds{path=\"/0\",quantile=\"0.5\"} 0.25\n"
              "shop_wait_seconds{path=\"/0\",quantile=\"1\"} 2\n"
              "shop_wait_seconds_sum{path=\"/0\"} 3.5\n"
              "shop_wait_seconds_count{path=\"/0\"} 7\n"
              "shop_wait_seconds{path=\"/1\",quantile=\"0.5\"} NaN\n"
              "shop_wait_seconds{path=\"/1\",quantile=\"1\"} NaN\n"
              "shop_wait_seconds_sum{path=\"/1\"} 0\n"
              "shop_wait_seconds_count{path=\"/1\"} 0\n");
}

TEST(Summary, InOpenMetricsWithoutWhatItForbids) {
    EXPECT_EQ(
        to_openmetrics(waits({{{0.25, 2}, 7, 3.5}, {{-1, nan}, 2, -2}}), Escaping::underscores, {.created = true}),
        "# TYPE shop_wait_seconds summary\n"
        "# UNIT shop_wait_seconds seconds\n"
        "# HELP shop_wait_seconds Waits.\n"
        "shop_wait_seconds{path=\"/0\",quantile=\"0.5\"} 0.25\n"
        "shop_wait_seconds{path=\"/0\",quantile=\"1.0\"} 2.0\n"
        "shop_wait_seconds_count{path=\"/0\"} 7\n"
        "shop_wait_seconds_sum{path=\"/0\"} 3.5\n"
        "shop_wait_seconds_created{path=\"/0\"} 1.5\n"
        "shop_wait_seconds{path=\"/1\",quantile=\"1.0\"} NaN\n"
        "shop_wait_seconds_created{path=\"/1\"} 1.5\n"
        "# EOF\n");
}

}  // namespace
}  // namespace mizzen::telemetry
