// SPDX-License-Identifier: Apache-2.0
// Calls of format whose text and list of arguments stand in the expression: every clause must suit its argument.
#pragma once
#include "mizzen/cel/checker.hpp"

namespace mizzen::cel {

// Adds an issue if '…'.format([…]) cannot work.
void check_format_call(Checked& checked, const Expression& call);

}  // namespace mizzen::cel
