// SPDX-License-Identifier: Apache-2.0
// Finds the layout of a built-in kind.
#include <map>
#include <memory>
#include <utility>

#include "mizzen/apiserver/table/layouts.hpp"
#include "mizzen/base/text.hpp"

namespace mizzen::apiserver {
namespace {

class BuiltinLayout : public TableLayout {
  public:
    explicit BuiltinLayout(const LayoutEntry& entry) : columns_(parse_columns(entry.columns)), entry_(entry) {}

    std::span<const Column> columns() const override { return columns_; }
    json::Array cells(const json::Value& object, WallTime now) const override { return entry_.cells(Row{object, now}); }
    json::Value conditions(const json::Value& object) const override {
        return entry_.conditions ? entry_.conditions(object) : json::Value();
    }

  private:
    std::vector<Column> columns_;
    LayoutEntry entry_;
};

json::Array plain_cells(const Row& row) { return {row.name(), row.text({"metadata", "creationTimestamp"})}; }

using Layouts = std::map<std::pair<std::string_view, std::string_view>, BuiltinLayout>;

Layouts all_layouts() {
    Layouts all;
    for (auto entries :
         {pod_layouts(), workload_layouts(), core_layouts(), network_layouts(), storage_layouts(), access_layouts(),
          event_layouts(), autoscaler_layouts(), extension_layouts(), device_layouts()}) {
        for (const LayoutEntry& entry : entries) all.emplace(std::pair(entry.group, entry.kind), BuiltinLayout(entry));
    }
    return all;
}

}  // namespace

std::vector<Column> parse_columns(std::string_view text) {
    std::vector<Column> columns;
    for (std::string_view part : split(text, '|')) {
        part = trim(part);
        Column column;
        if (part.ends_with('+')) {
            column.priority = 1;
            part.remove_suffix(1);
        }
        if (std::size_t colon = part.find(':'); colon != std::string_view::npos) {
            column.type = part.substr(colon + 1);
            part = part.substr(0, colon);
        }
        column.name = part;
        if (column.type == "name" || (column.type.empty() && part == "Name")) column.format = "name";
        if (column.type.empty() || column.type == "name") column.type = "string";
        columns.push_back(std::move(column));
    }
    return columns;
}

const TableLayout& builtin_layout(std::string_view group, std::string_view kind) {
    static const Layouts layouts = all_layouts();
    static const BuiltinLayout plain({.columns = "Name | Created At:date", .cells = plain_cells});
    auto found = layouts.find({group, kind});
    return found == layouts.end() ? plain : found->second;
}

}  // namespace mizzen::apiserver
