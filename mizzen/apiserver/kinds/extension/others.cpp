// SPDX-License-Identifier: Apache-2.0
// Leases, PriorityClasses, RuntimeClasses.
#include <fmt/format.h>

#include "mizzen/apiserver/kinds/kinds.hpp"
#include "mizzen/apiserver/kinds/pods/pod_rules.hpp"

namespace mizzen::apiserver {

void check_lease(const json::Value& object, const json::Value*, std::vector<FieldError>& errors) {
    Place spec(object.find("spec"), "spec", errors);
    auto duration = spec.at("leaseDurationSeconds"), transitions = spec.at("leaseTransitions");
    if (duration && duration.integer() <= 0) duration.invalid("must be greater than 0");
    if (transitions && transitions.integer() < 0) transitions.invalid("must be greater than or equal to 0");
    auto strategy = spec.at("strategy"), preferred = spec.at("preferredHolder");
    if (!preferred.text().empty() && strategy.text().empty())
        preferred.forbid("may only be specified if `strategy` is defined");
}

void check_priority_class(const json::Value& object, const json::Value* old, std::vector<FieldError>& errors) {
    Place kind(&object, "", errors);
    auto name = kind.at({"metadata", "name"}), value = kind.at("value");
    constexpr std::int64_t most = 1'000'000'000;
    bool system = name.text() == "system-cluster-critical" || name.text() == "system-node-critical";
    if (name.text().starts_with("system-") && !system) {
        name.forbid(
            fmt::format("priority class names with 'system-' prefix are reserved for system use only. error: {} is not "
                        "a known system priority class",
                        name.text()));
    } else if (!system && value.integer() > most) {
        value.forbid(fmt::format("maximum allowed value of a user defined priority is {}", most));
    }
    kind.at("preemptionPolicy").one_of({"PreemptLowerPriority", "Never"}, false);
    if (!old) return;
    if (value.integer() != old->integer({"value"})) value.forbid("may not be changed in an update.");
    kind.at("preemptionPolicy").immutable(old->find("preemptionPolicy"));
}

void check_runtime_class(const json::Value& object, const json::Value* old, std::vector<FieldError>& errors) {
    Place kind(&object, "", errors);
    auto handler = kind.at("handler");
    if (handler.text().empty())
        handler.required();
    else
        handler.must_be(dns1123_label);
    check_tolerations(kind.at({"scheduling", "tolerations"}));
    if (old && handler.text() != old->text("handler")) handler.invalid(json::Value(nullptr), "field is immutable");
}

}  // namespace mizzen::apiserver
