// SPDX-License-Identifier: Apache-2.0
// User: who sends a request, as the rest of the server sees it.
#pragma once
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace mizzen::apiserver {

struct User {
    std::string name = "system:anonymous";
    std::string uid = {};
    std::vector<std::string> groups = {"system:unauthenticated"};
    std::map<std::string, std::vector<std::string>> extra = {};

    bool in_group(std::string_view group) const {
        for (const std::string& g : groups)
            if (g == group) return true;
        return false;
    }
};

}  // namespace mizzen::apiserver
