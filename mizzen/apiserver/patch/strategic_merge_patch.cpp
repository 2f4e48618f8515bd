// SPDX-License-Identifier: Apache-2.0
// Strategic merge patch: a merge patch that knows which lists merge, plus directives (members that begin with '$').
#include <fmt/format.h>

#include <algorithm>

#include "mizzen/apiserver/patch/list_order.hpp"
#include "mizzen/apiserver/patch/patch.hpp"
#include "mizzen/apiserver/status.hpp"
#include "mizzen/json/json.hpp"

namespace mizzen::apiserver {
namespace {

using json::Array;
using json::Object;
using json::Value;
using kube::schema::Field;
using kube::schema::Type;

constexpr std::string_view directive = "$patch", retain_keys = "$retainKeys";
constexpr std::string_view delete_from_list = "$deleteFromPrimitiveList", set_element_order = "$setElementOrder";

Value merge_object(Value original, const Value& patch, const Type& type);

// Of what lies below a member: nothing is known there but that maps merge and lists do not.
constexpr Type unknown_type{};
constexpr Field unknown_field{.type = &unknown_type};

Field field_of(const Type& type, std::string_view name) {
    if (const Field* field = type.find(name)) return *field;
    return type.element ? Field{.type = type.element} : unknown_field;
}

const Type& element_of(const Field& field) {
    return field.type && field.type->element ? *field.type->element : unknown_type;
}

[[noreturn]] void unknown_directive(const Value& word, const Value& patch) {
    throw bad_request(fmt::format("unknown patch type: {} in map: {}",
                                  word.is_string() ? word.as_string() : json::to_json(word), json::to_json(patch)));
}

// The field that "$setElementOrder/ports" is about; nullopt for another member.
std::optional<std::string_view> directed_field(std::string_view member, std::string_view prefix,
                                               const char* malformed) {
    if (!member.starts_with(prefix)) return std::nullopt;
    if (member.size() == prefix.size() || member[prefix.size()] != '/') throw bad_request(malformed);
    return member.substr(prefix.size() + 1);
}

std::optional<std::string_view> ordered_field(std::string_view member) {
    return directed_field(member, set_element_order, "invalid patch format of setElementOrder list");
}

std::optional<std::string_view> shortened_field(std::string_view member) {
    return directed_field(member, delete_from_list, "invalid patch format of primitive list");
}

const Array& list_of(const Value& value, const char* malformed) {
    if (!value.is_array()) throw bad_request(malformed);
    return value.as_array();
}

// What a patch adds where nothing was: without nulls and directives. Nullopt: it asks to delete, so nothing is added.
std::optional<Value> added(const Value& patch) {
    if (patch.is_array()) {
        Array out;
        for (const auto& element : patch.as_array()) {
            if (auto kept = added(element)) out.push_back(std::move(*kept));
        }
        return out;
    }
    if (!patch.is_object()) return patch;
    if (patch.find(directive)) return std::nullopt;
    std::vector<json::Member> out;
    for (const auto& [key, member] : patch.as_object()) {
        if (member.is_null() || key.starts_with('$')) continue;
        if (auto kept = added(member)) out.push_back({key, std::move(*kept)});
    }
    return Object(std::move(out));
}

// A value that replaces: as it is sent, but for nulls and the directive that asked for it.
Value replacement(const Value& patch) {
    if (patch.is_array()) {
        Array out;
        for (const auto& element : patch.as_array()) out.push_back(replacement(element));
        return out;
    }
    if (!patch.is_object()) return patch;
    std::vector<json::Member> out;
    for (const auto& [key, member] : patch.as_object()) {
        if (!member.is_null() && !key.starts_with('$')) out.push_back({key, replacement(member)});
    }
    return Object(std::move(out));
}

// Elements of one list are all objects or all no objects.
bool holds_objects(const Array& original, const Array& patch) {
    std::size_t objects = 0;
    for (const Array* list : {&original, &patch}) {
        for (const auto& element : *list) {
            if (element.is_array()) throw unprocessable();
            if (element.is_object()) ++objects;
        }
    }
    if (objects != 0 && objects != original.size() + patch.size())
        throw bad_request("list element types are not identical");
    return objects != 0;
}

Array without(Array list, const Array& unwanted) {
    const Positions in_unwanted(unwanted, "");
    std::erase_if(list, [&](const Value& v) { return in_unwanted.of(element_key(v, "")) != Positions::npos; });
    return list;
}

Array merge_scalars(Array original, const Array& patch) {
    Array both;
    Positions seen({}, "");
    for (const Array* list : {&std::as_const(original), &patch}) {
        for (const auto& element : *list) {
            auto key = element_key(element, "");
            if (seen.of(key) != Positions::npos) continue;
            seen.append(std::move(key), both.size());
            both.push_back(element);
        }
    }
    return in_order(std::move(both), patch, original, "");
}

// Takes out what the patch's elements with a directive say; the plain ones remain in `patch`.
void apply_element_directives(Array& original, Array& patch, std::string_view merge_key) {
    Array plain;
    bool replaces = false;
    for (auto& element : patch) {
        const Value* word = element.find(directive);
        if (!word) {
            plain.push_back(std::move(element));
        } else if (*word == Value("delete")) {
            auto key = element_key(element, merge_key);
            std::erase_if(original,
                          [&](const Value& v) { return v.find(merge_key) && element_key(v, merge_key) == key; });
        } else if (*word == Value("replace")) {
            replaces = true;
        } else if (*word == Value("merge")) {
            throw bad_request("merging lists cannot yet be specified in the patch");
        } else {
            unknown_directive(*word, element);
        }
    }
    patch = std::move(plain);
    if (!replaces) return;
    original.clear();
    for (auto& element : patch) original.push_back(replacement(element));
    patch.clear();
}

Array merge_objects(Array original, Array patch, std::string_view merge_key, const Type& element_type) {
    if (merge_key.empty()) throw bad_request("cannot merge lists without merge key");
    apply_element_directives(original, patch, merge_key);
    Positions at(original, merge_key);
    Array merged = original;
    for (const auto& change : patch) {
        auto key = element_key(change, merge_key);
        if (auto i = at.of(key); i != Positions::npos) {
            merged[i] = merge_object(std::move(merged[i]), change, element_type);
        } else {
            at.append(std::move(key), merged.size());
            merged.push_back(replacement(change));
        }
    }
    return in_order(std::move(merged), patch, original, merge_key);
}

Array merge_list(Array original, const Array& patch, const Field& field) {
    if (!field.patch_merge) return replacement(patch).as_array();
    if (original.empty() && patch.empty()) return original;
    if (!holds_objects(original, patch)) return merge_scalars(std::move(original), patch);
    return merge_objects(std::move(original), patch, field.patch_merge_key, element_of(field));
}

// Elements of the patch must come in the order that the patch sets.
void require_order(const Array& patch, const Array& order, std::string_view merge_key) {
    std::size_t next = 0;
    if (order.empty()) return;
    for (const auto& element : patch) {
        if (!merge_key.empty() && element.find(directive)) continue;
        auto key = element_key(element, merge_key);
        while (next < order.size() && element_key(order[next], merge_key) != key) ++next;
        if (next++ >= order.size()) {
            throw bad_request(fmt::format("The order in patch list:\n{}\n doesn't match {} list:\n{}\n",
                                          json::to_json(patch), set_element_order, json::to_json(order)));
        }
    }
}

void apply_order(Object& original, const Value& patch, std::string_view name, const Array& order, const Type& type) {
    const Field field = field_of(type, name);
    const Value* change = patch.find(name);
    const Value* old = original.find(name);
    if (!old && !change) return;
    const Array before = old ? list_of(*old, "expected a list to set the order of") : Array();
    const Array wanted = change ? list_of(*change, "expected a list in the order that is set") : Array();
    require_order(wanted, order, field.patch_merge_key);
    Array merged = !change ? before : old ? merge_list(before, wanted, field) : added(wanted)->as_array();
    original.set(name, in_order(std::move(merged), order, before, field.patch_merge_key));
}

void apply_retain_keys(Object& original, const Value& patch) {
    const Value* keep = patch.find(retain_keys);
    if (!keep) return;
    constexpr auto malformed = "invalid patch format of retainKeys";
    const Array& kept = list_of(*keep, malformed);
    auto is_kept = [&](std::string_view key) {
        return std::ranges::any_of(kept, [&](const Value& k) { return k.is_string() && k.as_string() == key; });
    };
    for (const auto& [key, change] : patch.as_object()) {
        if (!change.is_null() && key != retain_keys && !key.starts_with(delete_from_list) &&
            !key.starts_with(set_element_order) && !is_kept(key)) {
            throw bad_request(malformed);
        }
    }
    std::vector<json::Member> rest;
    for (auto& member : original) {
        if (is_kept(member.key)) rest.push_back(std::move(member));
    }
    original = Object(std::move(rest));
}

void apply_deletion(Object& original, std::string_view name, const Value& change) {
    Value* old = original.find(name);
    if (change.is_null())
        original.erase(name);
    else if (old && old->is_array() && change.is_array())
        *old = without(std::move(old->as_array()), change.as_array());
}

void apply_member(Object& original, const std::string& name, const Value& change, const Type& type) {
    Value* old = original.find(name);
    if (change.is_null()) {
        original.erase(name);
    } else if (old && old->is_object() && change.is_object()) {
        *old = merge_object(std::move(*old), change, *field_of(type, name).type);
    } else if (old && old->is_array() && change.is_array()) {
        *old = merge_list(std::move(old->as_array()), change.as_array(), field_of(type, name));
    } else if (auto fresh = added(change)) {
        original.set(name, std::move(*fresh));
    } else {
        original.erase(name);
    }
}

Value merge_object(Value original, const Value& patch, const Type& type) {
    if (const Value* word = patch.find(directive)) {
        if (*word == Value("replace")) return replacement(patch);
        if (*word == Value("delete")) return Object();
        unknown_directive(*word, patch);
    }
    Object& out = original.as_object();
    apply_retain_keys(out, patch);
    for (const auto& [key, order] : patch.as_object()) {
        if (auto name = ordered_field(key))
            apply_order(out, patch, *name, list_of(order, "invalid patch format of setElementOrder list"), type);
    }
    for (const auto& [key, change] : patch.as_object()) {
        if (auto name = shortened_field(key))
            apply_deletion(out, *name, change);
        else if (!key.starts_with('$') && !patch.find(fmt::format("{}/{}", set_element_order, key)))
            apply_member(out, key, change, type);
    }
    return original;
}

}  // namespace

Value strategic_merge_patch(Value original, const Value& patch, const Type& type) {
    if (patch.is_null()) return original;
    if (!patch.is_object())
        throw bad_request(
            fmt::format("error decoding patch: a strategic merge patch is an object, got {}", to_string(patch.kind())));
    if (!original.is_object()) original = Object();
    return merge_object(std::move(original), patch, type);
}

}  // namespace mizzen::apiserver
