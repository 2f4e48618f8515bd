// SPDX-License-Identifier: Apache-2.0
// Reading, writing, sorting and capping of managedFields.
#include "mizzen/apiserver/apply/managers.hpp"

#include <algorithm>
#include <tuple>

#include "mizzen/base/time.hpp"

namespace mizzen::apiserver {
namespace {

using json::Value;

constexpr std::size_t most_updaters = 10;

std::int64_t seconds_of(const ManagerEntry& e) {
    auto time = e.time ? parse_rfc3339(*e.time) : std::nullopt;
    return time ? std::chrono::floor<std::chrono::seconds>(time->time_since_epoch()).count() : 0;
}

std::optional<ManagerEntry> parse_entry(const Value& v) {
    ManagerEntry e;
    auto operation = v.text("operation");
    e.name = v.text("manager");
    e.applies = operation == "Apply";
    e.api_version = v.text("apiVersion");
    e.subresource = v.text("subresource");
    if ((!e.applies && operation != "Update") || e.api_version.empty() || v.text("fieldsType") != "FieldsV1")
        return std::nullopt;
    if (const Value* time = v.find("time"); time && time->is_string()) e.time = time->as_string();
    const Value* fields = v.find("fieldsV1");
    auto set = FieldSet::parse(fields && !fields->is_null() ? *fields : json::Object());
    if (!set) return std::nullopt;
    e.fields = std::move(*set);
    return e;
}

Value entry_value(ManagerEntry e) {
    json::Object out{{"apiVersion", std::move(e.api_version)},
                     {"fieldsType", "FieldsV1"},
                     {"fieldsV1", std::move(e.fields).to_value()},
                     {"operation", e.applies ? "Apply" : "Update"}};
    if (!e.name.empty()) out.set("manager", std::move(e.name));
    if (!e.subresource.empty()) out.set("subresource", std::move(e.subresource));
    if (e.time) out.set("time", std::move(*e.time));
    return out;
}

}  // namespace

bool ManagerEntry::is_same_as(const ManagerEntry& other) const {
    return applies == other.applies && name == other.name && subresource == other.subresource &&
           (applies || api_version == other.api_version);
}

ManagerEntry entry_of(const FieldManager& manager, bool applies) {
    return {.name = manager.name.empty() ? "unknown" : manager.name,
            .applies = applies,
            .api_version = manager.api_version,
            .subresource = manager.subresource,
            .time = std::nullopt,
            .fields = {}};
}

std::optional<Managers> Managers::parse(const Value* managed_fields) {
    Managers out;
    if (!managed_fields || managed_fields->is_null()) return out;
    if (!managed_fields->is_array()) return std::nullopt;
    for (const auto& v : managed_fields->as_array()) {
        auto entry = parse_entry(v);
        if (!entry) return std::nullopt;
        if (auto* same = out.find(*entry))
            *same = std::move(*entry);
        else
            out.entries_.push_back(std::move(*entry));
    }
    return out;
}

ManagerEntry* Managers::find(const ManagerEntry& like) {
    auto it = std::ranges::find_if(entries_, [&](const auto& e) { return e.is_same_as(like); });
    return it == entries_.end() ? nullptr : &*it;
}

ManagerEntry& Managers::find_or_add(ManagerEntry entry) {
    if (auto* found = find(entry)) return *found;
    return entries_.emplace_back(std::move(entry));
}

void Managers::drop_empty() {
    std::erase_if(entries_, [](const auto& e) { return e.fields.empty(); });
}

void Managers::cap() {
    auto updaters = static_cast<std::size_t>(std::ranges::count(entries_, false, &ManagerEntry::applies));
    if (updaters <= most_updaters) return;
    std::ranges::sort(entries_, {}, [](const ManagerEntry& e) {
        return std::tuple(e.applies, seconds_of(e), e.name, e.api_version, e.subresource);
    });
    std::vector<ManagerEntry*> firsts;  // the oldest of each version, into which the next ones go
    for (std::size_t i = 0; i < entries_.size() && !entries_[i].applies && updaters > most_updaters; ++i) {
        ManagerEntry& e = entries_[i];
        auto first =
            std::ranges::find_if(firsts, [&](const ManagerEntry* f) { return f->api_version == e.api_version; });
        if (first == firsts.end()) {
            firsts.push_back(&e);
            continue;
        }
        (*first)->name = "ancient-changes";
        (*first)->subresource = "";
        (*first)->time = e.time;
        (*first)->fields.unite(e.fields);
        e.fields = {};
        --updaters;
    }
    drop_empty();
}

Value Managers::to_value() && {
    std::ranges::sort(entries_, {}, [](const ManagerEntry& e) {
        return std::tuple<bool, std::int64_t, std::string_view, std::string_view, std::string_view>(
            !e.applies, seconds_of(e), e.name, e.api_version, e.subresource);
    });
    json::Array out;
    for (auto& e : entries_) out.push_back(entry_value(std::move(e)));
    return out;
}

void set_managers(Value& object, Managers managers) {
    if (!managers.empty())
        object.at({"metadata", "managedFields"}) = std::move(managers).to_value();
    else if (Value* metadata = object.find("metadata"))
        metadata->erase("managedFields");
}

}  // namespace mizzen::apiserver
