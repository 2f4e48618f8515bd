// SPDX-License-Identifier: Apache-2.0
// Compares two objects field by field. Only what differs costs memory.
#include <algorithm>

#include "mizzen/apiserver/apply/node_type.hpp"
#include "mizzen/apiserver/apply/object_fields.hpp"
#include "mizzen/apiserver/apply/path_element.hpp"

namespace mizzen::apiserver {
namespace {

using json::Array;
using json::Object;
using json::Value;
using kube::schema::Type;

// Whether the value itself, beside what is below it, is changed or removed.
struct Self {
    bool is_changed = false, is_removed = false;
};

Self compare(const Value* before, const Value* after, const Type& type, Difference& out);

void compare_element(std::string element, const Value* before, const Value* after, const Type& type, Difference& out) {
    Difference below;
    Self self = compare(before, after, type, below);
    if (self.is_changed || !below.changed.empty()) out.changed.put(element, self.is_changed, std::move(below.changed));
    if (self.is_removed || !below.removed.empty())
        out.removed.put(std::move(element), self.is_removed, std::move(below.removed));
}

void compare_member(const std::string& key, const Value* before, const Value* after, const Type& type,
                    bool both_are_there, Difference& out) {
    if (both_are_there && !before) before = implied_value(type, key);
    if (both_are_there && !after) after = implied_value(type, key);
    const Type& below = member_type(type, key);
    if (before && after && before->kind() == after->kind() && !before->is_object() && *before == *after) return;
    compare_element(field_element(key), before, after, below, out);
}

void compare_members(const Value* before, const Value* after, const Type& type, Difference& out) {
    static const Object nothing;
    const Object& a = before && before->is_object() ? before->as_object() : nothing;
    const Object& b = after && after->is_object() ? after->as_object() : nothing;
    bool both_are_there = before && after;
    auto i = a.begin(), j = b.begin();
    while (i != a.end() || j != b.end()) {
        int order = i == a.end() ? 1 : j == b.end() ? -1 : i->key.compare(j->key);
        compare_member(order <= 0 ? i->key : j->key, order <= 0 ? &i->value : nullptr, order >= 0 ? &j->value : nullptr,
                       type, both_are_there, out);
        if (order <= 0) ++i;
        if (order >= 0) ++j;
    }
}

struct Item {
    std::string element;
    const Value* value;
};

// By element; items of the same element in the order of the list.
std::vector<Item> items_of(const Value* list, const Type& type) {
    std::vector<Item> out;
    if (!list || !list->is_array()) return out;
    out.reserve(list->as_array().size());
    for (const auto& item : list->as_array()) {
        if (auto element = item_element(item, type)) out.push_back({std::move(*element), &item});
    }
    std::ranges::sort(out, [](const Item& a, const Item& b) {
        return a.element != b.element ? a.element < b.element : a.value < b.value;
    });
    return out;
}

using Items = std::span<const Item>;

// The run of items with the element of the first.
Items run(Items items) {
    std::size_t n = 0;
    while (n < items.size() && items[n].element == items[0].element) ++n;
    return items.first(n);
}

// Items that share an element count as one thing: it is there, is not, or is another.
void compare_run(const std::string& element, Items before, Items after, const Type& type, Difference& out) {
    auto only = [](Items items) { return items.size() == 1 ? items[0].value : nullptr; };
    if (before.size() <= 1 && after.size() <= 1) {
        compare_element(element, only(before), only(after), type, out);
    } else if (before.size() >= 2 && after.size() >= 2) {
        bool same =
            std::ranges::equal(before, after, [](const Item& a, const Item& b) { return *a.value == *b.value; });
        if (!same) out.changed.put(element, true, {});
    } else if (before.size() >= 2) {
        if (only(after)) compare_element(element, nullptr, only(after), type, out);
        out.removed.put(element, true, {});
    } else {
        if (only(before)) compare_element(element, only(before), nullptr, type, out);
        out.changed.put(element, true, {});
    }
}

void compare_items(const Value* before, const Value* after, const Type& type, Difference& out) {
    if (before && after && *before == *after) return;
    const auto a = items_of(before, type), b = items_of(after, type);
    Items i = a, j = b;
    while (!i.empty() || !j.empty()) {
        int order = i.empty() ? 1 : j.empty() ? -1 : i[0].element.compare(j[0].element);
        Items x = order <= 0 ? run(i) : Items(), y = order >= 0 ? run(j) : Items();
        compare_run(order <= 0 ? x[0].element : y[0].element, x, y, item_type(type), out);
        i = i.subspan(x.size());
        j = j.subspan(y.size());
    }
}

bool is_empty(const Value* value) {
    return !value || value->is_null() || (value->is_object() && value->as_object().empty()) ||
           (value->is_array() && value->as_array().empty());
}

Self compare(const Value* before, const Value* after, const Type& type, Difference& out) {
    if (!before && !after) return {};
    Nature nature = nature_of(before ? *before : *after, type);
    if (before && after && nature != nature_of(*after, type)) {
        // Null where there is no type is a map without members, as far as maps go.
        const Value* map = nature == Nature::map ? before : nature_of(*after, type) == Nature::map ? after : nullptr;
        bool is_emptied_or_filled = map && !is_empty(map) && (before->is_null() || after->is_null());
        if (map) compare_members(map == before ? map : nullptr, map == after ? map : nullptr, type, out);
        return {.is_changed = !is_emptied_or_filled};
    }
    bool is_leaf = nature == Nature::leaf || (is_empty(before) && is_empty(after));
    if (is_leaf && before && after) return {.is_changed = *before != *after};
    if (!is_leaf && nature == Nature::map) compare_members(before, after, type, out);
    if (!is_leaf && nature == Nature::list) compare_items(before, after, type, out);
    return {.is_changed = !before, .is_removed = !after};
}

}  // namespace

Difference difference(const Value& before, const Value& after, const Type& type) {
    static const Value nothing = Object();
    Difference out;
    compare(before.is_null() ? &nothing : &before, &after, type, out);
    return out;
}

}  // namespace mizzen::apiserver
