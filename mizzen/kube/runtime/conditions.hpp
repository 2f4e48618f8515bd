// SPDX-License-Identifier: Apache-2.0
// Conditions of a custom resource, as kstatus reads them: pure functions over the status as JSON.
// Source: Kubernetes API conventions, "Typical status properties"; kstatus.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "mizzen/base/time.hpp"
#include "mizzen/json/value.hpp"
#include "mizzen/kube/runtime/outcome.hpp"

namespace mizzen::kube {

enum class Truth { no, yes, unknown };
std::string_view to_string(Truth);  // "False", "True", "Unknown"

// One condition that a status shall have.
struct Claim {
    std::string type;
    Truth truth = Truth::unknown;
    std::string reason;
    std::string message;
};

// Ready, Reconciling and Stalled as `outcome` means them; none for done.
std::vector<Claim> claims(const Outcome& outcome);
// The same for a reconciler that threw.
std::vector<Claim> failed_claims(std::string_view reason, std::string_view message);

// Puts `claims` into status.conditions: by type, others stay. lastTransitionTime is `now` where the truth changed, else
// what it was.
void put(json::Value& status, const std::vector<Claim>& claims, std::int64_t generation, WallTime now);

// Whether the two say the same; members that are empty count as absent.
bool same_status(const json::Value& before, const json::Value& after);

}  // namespace mizzen::kube
