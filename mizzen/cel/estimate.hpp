// SPDX-License-Identifier: Apache-2.0
// estimate_cost: the most an expression can cost on data of a shape, before there is any data.
#pragma once
#include <cstdint>

#include "mizzen/cel/checker.hpp"

namespace mizzen::cel {

// The worst case in the units of Program::Outcome::cost, by the rules of kube-apiserver 1.37: they decide which
// definitions are accepted. `self` bounds the sizes of whatever is reached from the variables; UINT64_MAX where nothing
// bounds the cost.
std::uint64_t estimate_cost(const Checked& checked, const Shape& self);

}  // namespace mizzen::cel
