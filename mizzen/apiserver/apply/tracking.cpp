// SPDX-License-Identifier: Apache-2.0
// Records updates in managedFields.
#include "mizzen/apiserver/apply/tracking.hpp"

#include "mizzen/json/json.hpp"

namespace mizzen::apiserver {

using json::Value;
using kube::schema::Type;

const FieldSet& unowned_fields() {
    static const FieldSet set = *FieldSet::parse(json::parse(
        R"({"f:apiVersion":{},"f:kind":{},"f:metadata":{".":{},"f:clusterName":{},"f:creationTimestamp":{},"f:generation":{},"f:managedFields":{},)"
        R"("f:name":{},"f:namespace":{},"f:resourceVersion":{},"f:selfLink":{},"f:uid":{}}})"));
    return set;
}

void freshen(Managers& managers, const Type& type, const FieldManager& manager) {
    if (manager.is_served)
        std::erase_if(managers.entries(), [&](const auto& e) { return !manager.is_served(e.api_version); });
    for (auto& entry : managers.entries()) entry.fields.follow_type(type);
}

void apply_reset(FieldSet& fields, const ResetFields& reset) {
    if (!reset.kept_as_they_are.empty()) fields.subtract_trees(FieldSet::of_paths(reset.kept_as_they_are));
    if (reset.only.empty()) return;
    FieldSet kept;
    for (auto path : reset.only) kept.unite(fields.within(path));
    fields = std::move(kept);
}

Difference tracked_difference(const Value& before, const Value& after, const Type& type, const ResetFields& reset) {
    Difference d = difference(before, after, type);
    apply_reset(d.changed, reset);
    apply_reset(d.removed, reset);
    return d;
}

bool has_time(const FieldManager& manager) { return manager.subresource != "scale"; }

void record_update(Managers& managers, const Value& before, const Value& after, const Type& type,
                   const FieldManager& manager) {
    Difference d = tracked_difference(before, after, type, manager.reset);
    for (auto& entry : managers.entries()) {
        entry.fields.subtract(d.changed);
        entry.fields.subtract(d.removed);
    }
    managers.drop_empty();
    d.changed.subtract(unowned_fields());
    if (d.changed.empty()) return;
    ManagerEntry& own = managers.find_or_add(entry_of(manager, false));
    own.fields.unite(d.changed);
    if (has_time(manager)) own.time = manager.now;
}

namespace {

// An empty list, or a list of one empty entry, is how a user asks to begin anew.
bool is_reset(const Value* managed_fields) {
    if (!managed_fields || !managed_fields->is_array()) return false;
    const auto& list = managed_fields->as_array();
    return list.empty() || (list.size() == 1 && list[0].is_object() && list[0].as_object().empty());
}

Managers managers_after(const Value& before, const Value* sent, bool is_subresource) {
    if (!is_subresource) {
        if (is_reset(sent)) return {};
        auto managers = Managers::parse(sent);
        if (managers && !managers->empty()) return std::move(*managers);
    }
    return Managers::parse(before.find_path({"metadata", "managedFields"})).value_or(Managers());
}

}  // namespace

Value track_update(const Value& before, Value after, const Type& type, const FieldManager& manager) {
    if (!after.is_object()) return after;
    Managers managers =
        managers_after(before, after.find_path({"metadata", "managedFields"}), !manager.subresource.empty());
    if (Value* metadata = after.find("metadata")) metadata->erase("managedFields");
    bool is_new = before.text({"metadata", "uid"}).empty();
    if (managers.empty() && !is_new) return after;
    freshen(managers, type, manager);
    record_update(managers, before, after, type, manager);
    managers.cap();
    set_managers(after, std::move(managers));
    return after;
}

namespace {

bool differ_only_in_times(const Value& a, const Value& b) {
    if (!a.is_array() || !b.is_array() || a.as_array().size() != b.as_array().size()) return false;
    for (std::size_t i = 0; i < a.as_array().size(); ++i) {
        Value x = a.as_array()[i], y = b.as_array()[i];
        x.erase("time");
        y.erase("time");
        if (x != y) return false;
    }
    return true;
}

}  // namespace

Value settle_times(const Value& live, Value after) {
    const Value* old = live.find_path({"metadata", "managedFields"});
    Value* fresh = after.find_path({"metadata", "managedFields"});
    if (!old || !fresh || *old == *fresh || !differ_only_in_times(*old, *fresh)) return after;
    Value times = std::exchange(*fresh, *old);
    if (after != live) *after.find_path({"metadata", "managedFields"}) = std::move(times);
    return after;
}

}  // namespace mizzen::apiserver
