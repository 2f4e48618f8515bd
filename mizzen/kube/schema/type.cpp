// SPDX-License-Identifier: Apache-2.0
// Look-ups in the generated tables.
#include "mizzen/kube/schema/type.hpp"

#include <algorithm>
#include <tuple>

#include "mizzen/kube/schema/generated/tables.hpp"

namespace mizzen::kube::schema {
namespace {

// The element whose `key_of` equals `key` in a range sorted by it, or nullptr.
template <class Range, class Key, class KeyOf>
auto look_up(const Range& range, const Key& key, KeyOf key_of) -> decltype(&*range.begin()) {
    auto it =
        std::lower_bound(range.begin(), range.end(), key, [&](const auto& e, const Key& k) { return key_of(e) < k; });
    return it != range.end() && key_of(*it) == key ? &*it : nullptr;
}

}  // namespace

const Field* Type::find(std::string_view key) const {
    return look_up(fields, key, [](const Field& f) { return f.name; });
}

const Subresource* Resource::find_subresource(std::string_view wanted) const {
    auto it = std::ranges::find(details, wanted, &Subresource::name);
    return it == details.end() ? nullptr : &*it;
}

std::span<const Resource> resources() { return tables::all_resources; }
std::span<const ObjectKind> object_kinds() { return tables::all_kinds; }
std::span<const Type* const> types() { return tables::all_types; }
std::string_view release() { return tables::release_name; }

const Resource* find_resource(std::string_view group, std::string_view version, std::string_view plural) {
    return look_up(resources(), std::tuple(group, version, plural),
                   [](const Resource& r) { return std::tuple(r.group, r.version, r.plural); });
}

const Resource* find_kind(std::string_view group, std::string_view version, std::string_view kind) {
    for (const Resource& r : resources())
        if (r.kind == kind && r.group == group && r.version == version) return &r;
    return nullptr;
}

const Type* find_object(std::string_view group, std::string_view version, std::string_view kind) {
    if (kind == "DeleteOptions" || kind == "WatchEvent") group = "", version = "v1";
    const ObjectKind* found = look_up(object_kinds(), std::tuple(group, version, kind),
                                      [](const ObjectKind& k) { return std::tuple(k.group, k.version, k.kind); });
    return found ? found->type : nullptr;
}

const Type* find_type(std::string_view name) {
    const Type* const* found = look_up(types(), name, [](const Type* t) { return t->name; });
    return found ? *found : nullptr;
}

}  // namespace mizzen::kube::schema
