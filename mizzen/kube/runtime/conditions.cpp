// SPDX-License-Identifier: Apache-2.0
// Conditions in a status.
#include "mizzen/kube/runtime/conditions.hpp"

#include <algorithm>

namespace mizzen::kube {
namespace {

std::vector<Claim> standard(Truth ready, Truth reconciling, Truth stalled, std::string_view reason,
                            std::string_view message) {
    auto claim = [&](const char* type, Truth truth, bool speaks) {
        // Only the conditions that carry the news carry its words: the others say that there is nothing to say.
        return Claim{.type = type,
                     .truth = truth,
                     .reason = std::string(speaks ? reason : "Settled"),
                     .message = std::string(speaks ? message : "")};
    };
    return {claim("Ready", ready, true), claim("Reconciling", reconciling, reconciling == Truth::yes),
            claim("Stalled", stalled, stalled == Truth::yes)};
}

json::Value* find_condition(json::Array& conditions, std::string_view type) {
    auto found = std::find_if(conditions.begin(), conditions.end(),
                              [type](const json::Value& c) { return c.text("type") == type; });
    return found == conditions.end() ? nullptr : &*found;
}

bool is_empty(const json::Value& value) {
    switch (value.kind()) {
        case json::Kind::null:
            return true;
        case json::Kind::string:
            return value.as_string().empty();
        case json::Kind::array:
            return value.as_array().empty();
        case json::Kind::object:
            return value.as_object().empty();
        default:
            return false;
    }
}

json::Value without_empty(const json::Value& value) {
    if (value.is_array()) {
        json::Array out;
        for (auto& item : value.as_array()) out.push_back(without_empty(item));
        return out;
    }
    if (!value.is_object()) return value;
    json::Object out;
    for (auto& [key, member] : value.as_object()) {
        json::Value kept = without_empty(member);
        if (!is_empty(kept)) out.set(key, std::move(kept));
    }
    return out;
}

}  // namespace

std::string_view to_string(Truth truth) {
    switch (truth) {
        case Truth::no:
            return "False";
        case Truth::yes:
            return "True";
        case Truth::unknown:
            return "Unknown";
    }
    return "";
}

std::vector<Claim> claims(const Outcome& outcome) {
    using enum Truth;
    switch (outcome.state()) {
        case Outcome::State::ready:
            return standard(yes, no, no, outcome.reason(), outcome.message());
        case Outcome::State::waiting:
            return standard(no, yes, no, outcome.reason(), outcome.message());
        case Outcome::State::stalled:
            return standard(no, no, yes, outcome.reason(), outcome.message());
        case Outcome::State::done:
            break;
    }
    return {};
}

std::vector<Claim> failed_claims(std::string_view reason, std::string_view message) {
    return standard(Truth::no, Truth::yes, Truth::no, reason, message);
}

void put(json::Value& status, const std::vector<Claim>& claims, std::int64_t generation, WallTime now) {
    json::Value& list = status["conditions"];
    if (!list.is_array()) list = json::Array{};
    json::Array& conditions = list.as_array();
    for (const Claim& claim : claims) {
        json::Value* known = find_condition(conditions, claim.type);
        if (known == nullptr) known = &conditions.emplace_back(json::Object{{"type", claim.type}});
        json::Value& condition = *known;
        if (condition.text("status") != to_string(claim.truth) || condition.text("lastTransitionTime").empty())
            condition["lastTransitionTime"] = to_rfc3339(now);
        condition["status"] = to_string(claim.truth);
        condition["reason"] = claim.reason;
        condition["message"] = claim.message;
        condition["observedGeneration"] = generation;
    }
}

bool same_status(const json::Value& before, const json::Value& after) {
    return without_empty(before) == without_empty(after);
}

}  // namespace mizzen::kube
