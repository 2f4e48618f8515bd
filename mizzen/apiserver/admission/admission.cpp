// SPDX-License-Identifier: Apache-2.0
// Implements admission.hpp. Both are tasks because webhooks will have to be waited for.
#include "mizzen/apiserver/admission/admission.hpp"

#include <algorithm>

#include "mizzen/apiserver/admission/escalation.hpp"
#include "mizzen/apiserver/admission/namespace_lifecycle.hpp"
#include "mizzen/apiserver/admission/pod_defaults.hpp"
#include "mizzen/apiserver/admission/service_account.hpp"
#include "mizzen/apiserver/admission/service_addresses.hpp"

namespace mizzen::apiserver {

Task<> admit(const std::vector<Admission>& chain, Attempt& attempt) {
    for (const Admission& plugin : chain)
        if (plugin.mutate) plugin.mutate(attempt);
    co_return;
}

Task<> check(const std::vector<Admission>& chain, const Attempt& attempt) {
    for (const Admission& plugin : chain)
        if (plugin.validate) plugin.validate(attempt);
    co_return;
}

std::vector<Admission> builtin_admission(const std::vector<std::string>& disabled) {
    std::vector<Admission> chain = {namespace_lifecycle(),        service_account(),   priority(),
                                    default_toleration_seconds(), service_addresses(), escalation()};
    std::erase_if(chain, [&](const Admission& plugin) {
        return std::find(disabled.begin(), disabled.end(), plugin.name) != disabled.end();
    });
    return chain;
}

}  // namespace mizzen::apiserver
