// SPDX-License-Identifier: Apache-2.0
#include "mizzen/vault/client/detail/next_step.hpp"

#include <algorithm>

namespace mizzen::vault::detail {
namespace {

// What a standby answers while the cluster elects a leader, with status 500.
bool has_no_leader(const VaultError& error) {
    return std::any_of(error.errors().begin(), error.errors().end(),
                       [](const std::string& e) { return e.find("node not active") != e.npos; });
}

}  // namespace

Step after_silence(Repeat repeat, bool sent) {
    if (!sent || repeat == Repeat::always) return Step::repeat;
    return Step::reply_lost;
}

Step after_refusal(Repeat repeat, const VaultError& error) {
    const int status = error.status();
    if (error.cause() == Cause::namespace_locked) return Step::give_up;
    if (status == 412 || status == 429 || status == 472 || status == 473 || status == 503) return Step::repeat;
    if (status == 500 && has_no_leader(error)) return Step::repeat;
    if (status < 500 || status == 501) return Step::give_up;
    return repeat == Repeat::always ? Step::repeat : Step::give_up;
}

}  // namespace mizzen::vault::detail
