// SPDX-License-Identifier: Apache-2.0
// A label selector written out, as in Scale.status.selector: "app=web,tier in (a,b),!old".
#pragma once
#include <string>

#include "mizzen/json/value.hpp"

namespace mizzen::apiserver {

// From a metav1.LabelSelector, or from a plain map of labels (ReplicationController). Sorted by key.
std::string label_selector_text(const json::Value& selector);

}  // namespace mizzen::apiserver
