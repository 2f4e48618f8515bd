// SPDX-License-Identifier: Apache-2.0
// Whether a text is a cron schedule, as CronJobs take them: five fields, names of months and days, @hourly and the
// like.
#pragma once
#include <string>
#include <string_view>

namespace mizzen::apiserver {

// What is wrong with the schedule, in the words that kube-apiserver passes on; "" if nothing is.
std::string cron_problem(std::string_view schedule);

}  // namespace mizzen::apiserver
