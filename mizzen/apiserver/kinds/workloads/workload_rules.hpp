// SPDX-License-Identifier: Apache-2.0
// What the kinds that make pods have in common.
#pragma once
#include <string_view>

#include "mizzen/apiserver/kinds/place.hpp"

namespace mizzen::apiserver {

// spec.selector: there, readable, not empty ("empty selector is invalid for `of`"). False if it cannot be read.
bool check_workload_selector(const Place& selector, std::string_view of);
// The labels of the template must be chosen by the selector. An absent one chooses nothing, an empty one everything.
void check_selected(const Place& selector, const Place& pod_template);
// Pods that run for good: restartPolicy Always, no deadline ("… in `of` is not Supported").
void check_lasting(const Place& pod_template, std::string_view of);

}  // namespace mizzen::apiserver
