// SPDX-License-Identifier: Apache-2.0
// The forms in which defaults are written down: a constant for a member of a type, or a function for what depends on
// other members.
#pragma once
#include <span>
#include <string_view>

#include "mizzen/json/value.hpp"
#include "mizzen/kube/schema/generated/tables.hpp"
#include "mizzen/kube/schema/type.hpp"

namespace mizzen::kube::schema::defaults {

// `json` is filled in where the member is absent or null, or zero if Go cannot tell zero from absent.
struct Constant {
    std::string_view member;
    std::string_view json;
};

// All that is known of one type. The function runs before the constants, a parent before its members.
struct TypeDefaults {
    const Type* type;
    std::span<const Constant> constants = {};
    void (*apply)(json::Value& object) = nullptr;
};

// One table per file of this folder.
std::span<const TypeDefaults> pods();
std::span<const TypeDefaults> volumes();
std::span<const TypeDefaults> core();
std::span<const TypeDefaults> workloads();
std::span<const TypeDefaults> networks();
std::span<const TypeDefaults> policies();
std::span<const TypeDefaults> extensions();

// "" and null count as unset.
bool is_unset(const json::Value& object, std::string_view member);
// Does nothing where `object` is none.
void fill(json::Value& object, std::string_view member, json::Value value);
// The member, made an object if it is unset; nullptr if something else is there.
json::Value* object_at(json::Value& parent, std::string_view member);
bool is_empty(const json::Value* list_or_map);
// Copies what `to` lacks of `from`.
void fill_map(json::Value& to, const json::Value* from);

}  // namespace mizzen::kube::schema::defaults
