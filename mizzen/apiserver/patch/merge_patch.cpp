// SPDX-License-Identifier: Apache-2.0
// JSON Merge Patch (RFC 7396).
#include <fmt/format.h>

#include "mizzen/apiserver/patch/patch.hpp"
#include "mizzen/apiserver/status.hpp"

namespace mizzen::apiserver {
namespace {

using json::Value;

// kube-apiserver also drops null members of objects inside of lists, where the RFC says nothing.
void drop_nulls(Value& value) {
    if (value.is_array()) {
        for (auto& element : value.as_array()) drop_nulls(element);
    } else if (value.is_object()) {
        std::vector<std::string> nulls;
        for (auto& [key, member] : value.as_object()) {
            if (member.is_null())
                nulls.push_back(key);
            else
                drop_nulls(member);
        }
        for (const auto& key : nulls) value.erase(key);
    }
}

void merge(Value& target, const Value& patch) {
    for (const auto& [key, change] : patch.as_object()) {
        Value* old = target.find(key);
        if (change.is_null()) {
            target.erase(key);
        } else if (old && old->is_object() && change.is_object()) {
            merge(*old, change);
        } else {
            Value fresh = change;
            drop_nulls(fresh);
            target[key] = std::move(fresh);
        }
    }
}

}  // namespace

Value merge_patch(Value target, const Value& patch) {
    if (!patch.is_object())
        throw bad_request(
            fmt::format("error decoding patch: a merge patch is an object, got {}", to_string(patch.kind())));
    if (!target.is_object()) target = json::Object();
    merge(target, patch);
    return target;
}

}  // namespace mizzen::apiserver
