// SPDX-License-Identifier: Apache-2.0
// The tree that a regular expression is read into, before Regex makes steps of it.
#pragma once
#include <memory>
#include <string_view>
#include <vector>

#include "mizzen/base/regex.hpp"

namespace mizzen::regex {

struct Node {
    enum class Kind { empty, set, sequence, choice, repeat, assertion };
    Kind kind = Kind::empty;
    std::vector<Regex::Range> set = {};  // sorted, without overlaps
    std::vector<Node> children = {};     // repeat: one
    int least = 0, most = 0;             // repeat; most is -1 for no limit
    bool lazy = false;                   // repeat: as few times as possible
    Regex::Step::Op assertion = {};
};

// Throws Error(invalid).
Node parse(std::string_view pattern);

}  // namespace mizzen::regex
