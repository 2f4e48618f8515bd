// SPDX-License-Identifier: Apache-2.0
// Security contexts of pods and containers.
#include <limits>

#include "mizzen/apiserver/kinds/pods/pod_rules.hpp"

namespace mizzen::apiserver {
namespace {

void check_id(const Place& id) {
    if (id) id.complain(in_range(id.integer(), 0, std::numeric_limits<std::int32_t>::max()));
}

void check_profile(const Place& profile, const std::vector<std::string_view>& types, std::string_view owner,
                   std::string_view missing) {
    if (!profile) return;
    auto type = profile.at("type"), local = profile.at("localhostProfile");
    if (type.text() == "Localhost") {
        if (local.text().empty()) local.required("must be set when " + std::string(owner) + " type is Localhost");
    } else if (local) {
        local.invalid(profile.value(), "can only be set when " + std::string(owner) + " type is Localhost");
    }
    if (type.text().empty())
        type.required(std::string(missing));
    else if (!contains(types, type.text()))
        type.unsupported(types);
}

void check_profiles(const Place& context) {
    check_profile(context.at("seccompProfile"), {"Localhost", "RuntimeDefault", "Unconfined"}, "seccomp",
                  "type is required when seccompProfile is set");
    check_profile(context.at("appArmorProfile"), {"Localhost", "RuntimeDefault", "Unconfined"}, "AppArmor",
                  "type is required when appArmorProfile is set");
}

}  // namespace

void check_security_context(const Place& context) {
    if (!context) return;
    check_id(context.at("runAsUser"));
    check_id(context.at("runAsGroup"));
    if (auto mount = context.at("procMount")) mount.one_of({"Default", "Unmasked"}, false);
    check_profiles(context);
    auto escalation = context.at("allowPrivilegeEscalation");
    if (!escalation || escalation.is_true()) return;
    if (context.at("privileged").is_true())
        context.invalid("cannot set `allowPrivilegeEscalation` to false and `privileged` to true");
    for (auto& added : context.at({"capabilities", "add"}).items()) {
        if (added.text() == "CAP_SYS_ADMIN")
            context.invalid("cannot set `allowPrivilegeEscalation` to false and `capabilities.Add` CAP_SYS_ADMIN");
    }
}

void check_pod_security(const Place& spec) {
    auto context = spec.at("securityContext");
    for (auto* id : {"fsGroup", "runAsUser", "runAsGroup"}) check_id(context.at(id));
    for (auto& group : context.at("supplementalGroups").items()) check_id(group);
    context.at("fsGroupChangePolicy").one_of({"Always", "OnRootMismatch"}, false);
    context.at("supplementalGroupsPolicy").one_of({"Merge", "Strict"}, false);
    check_profiles(context);
    auto share = spec.at("shareProcessNamespace");
    if (share.is_true() && spec.at("hostPID").is_true())
        share.invalid("ShareProcessNamespace and HostPID cannot both be enabled");
    auto users = spec.at("hostUsers");
    if (!users || users.is_true()) return;
    if (spec.at("hostNetwork").is_true()) spec.at("hostNetwork").forbid("when `hostUsers` is false");
    if (spec.at("hostPID").is_true()) spec.at("HostPID").forbid("when `hostUsers` is false");
    if (spec.at("hostIPC").is_true()) spec.at("HostIPC").forbid("when `hostUsers` is false");
}

}  // namespace mizzen::apiserver
