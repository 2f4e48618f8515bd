// SPDX-License-Identifier: Apache-2.0
// Managers: metadata.managedFields, taken apart and put together again.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "mizzen/apiserver/apply/apply.hpp"
#include "mizzen/apiserver/apply/field_set.hpp"
#include "mizzen/json/value.hpp"

namespace mizzen::apiserver {

// One entry. It is known by name, operation and subresource, and if it updates, also by version.
struct ManagerEntry {
    std::string name;
    bool applies = false;  // operation Apply, else Update
    std::string api_version;
    std::string subresource;
    std::optional<std::string> time;
    FieldSet fields;

    bool is_same_as(const ManagerEntry& other) const;
};

ManagerEntry entry_of(const FieldManager& manager, bool applies);

class Managers {
  public:
    Managers() = default;
    // Nothing if an entry is malformed; null and missing are no entries.
    static std::optional<Managers> parse(const json::Value* managed_fields);

    bool empty() const { return entries_.empty(); }
    std::vector<ManagerEntry>& entries() { return entries_; }
    const std::vector<ManagerEntry>& entries() const { return entries_; }
    ManagerEntry* find(const ManagerEntry& like);
    // The entry that is the same as `entry`, made without fields if it is not there yet.
    ManagerEntry& find_or_add(ManagerEntry entry);
    void drop_empty();
    // At most ten entries that update; the oldest are joined under the name "ancient-changes", version by version.
    void cap();

    // Sorted: those that apply first, then by time, name, version and subresource.
    json::Value to_value() &&;

  private:
    std::vector<ManagerEntry> entries_;
};

// Writes metadata.managedFields, or takes it away if there are no managers.
void set_managers(json::Value& object, Managers);

}  // namespace mizzen::apiserver
