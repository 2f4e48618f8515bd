// SPDX-License-Identifier: Apache-2.0
// check_format_call.
#include "mizzen/cel/format_check.hpp"

namespace mizzen::cel {

void check_format_call(Checked&, const Expression&) {}

}  // namespace mizzen::cel
