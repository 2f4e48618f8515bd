// SPDX-License-Identifier: Apache-2.0
// For tests: reads what tools/peers/record_*.py recorded from a real kube-apiserver.
#pragma once
#include <fstream>
#include <iterator>
#include <string>

#include "mizzen/json/json.hpp"

namespace mizzen::apiserver {

// The cases in `path` below mizzen/apiserver/.
inline json::Array recorded(const std::string& source_dir, const std::string& path) {
    std::ifstream file(source_dir + "/mizzen/apiserver/" + path);
    return json::parse(std::string(std::istreambuf_iterator<char>(file), {})).as_array();
}

}  // namespace mizzen::apiserver
