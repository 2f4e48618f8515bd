// SPDX-License-Identifier: Apache-2.0
#include "mizzen/apiserver/kinds/workloads/cron_schedule.hpp"

#include <gtest/gtest.h>

namespace mizzen::apiserver {
namespace {

TEST(CronSchedule, OfFiveFieldsIsFine) {
    for (std::string_view schedule : {"* * * * *", "*/15 0 1,15 * 1-5", "0 0 1 jan sun", "5-59/5 * * * ?", "@hourly",
                                      "@every 1h30m", "@yearly", "0 0 * * 0", "00 01 01 01 *"}) {
        EXPECT_EQ(cron_problem(schedule), "") << schedule;
    }
}

TEST(CronSchedule, ThatMeansNothingIsRefused) {
    for (std::string_view schedule : {"", "* * * *", "* * * * * *", "60 * * * *", "* 24 * * *", "* * 0 * *",
                                      "* * * 13 *", "* * * * 7", "*/0 * * * *", "5-1 * * * *", "a * * * *", "@often",
                                      "@every soon", "1-2-3 * * * *", "1//2 * * * *", "-1 * * * *"}) {
        EXPECT_NE(cron_problem(schedule), "") << schedule;
    }
}

}  // namespace
}  // namespace mizzen::apiserver
