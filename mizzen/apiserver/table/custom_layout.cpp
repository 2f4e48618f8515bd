// SPDX-License-Identifier: Apache-2.0
// The layout of a custom resource, from the additionalPrinterColumns of its definition.
#include <fmt/format.h>
#include <cmath>
#include <optional>

#include "mizzen/apiserver/table/json_path.hpp"
#include "mizzen/apiserver/table/row.hpp"
#include "mizzen/apiserver/table/table.hpp"
#include "mizzen/base/error.hpp"

namespace mizzen::apiserver {
namespace {

// Nothing for what is no path: its cells stay empty.
std::optional<JsonPath> path_of(std::string_view text) {
    try {
        return JsonPath::parse(text);
    } catch (const Error&) {
        return std::nullopt;
    }
}

json::Value whole(const json::Value& value) {
    if (value.is_integer()) return value;
    double number = std::trunc(value.as_number());
    // What 64 bits cannot hold becomes the smallest number, as where Go runs on x86.
    if (number >= -0x1p63 && number < 0x1p63) return static_cast<std::int64_t>(number);
    return INT64_MIN;
}

json::Value date_cell(const std::string& text, WallTime now) {
    if (text.empty() || text == "null") return "<unknown>";
    if (!parse_rfc3339(text)) return "<invalid>";
    return since(text, now);
}

// Null where the value is not of the column's type.
json::Value cell(std::string_view type, const json::Value& value, WallTime now) {
    if (type == "string") return value.is_null() ? "<no value>" : printed(value);
    if (type == "integer") return value.is_number() ? whole(value) : json::Value();
    if (type == "number") return value.is_number() ? value : json::Value();
    if (type == "boolean") return value.is_bool() ? value : json::Value();
    if (type == "date") return value.is_string() ? date_cell(value.as_string(), now) : json::Value();
    return {};
}

class CustomLayout : public TableLayout {
  public:
    CustomLayout() { columns_.push_back({.name = "Name", .type = "string", .format = "name"}); }

    void add(Column column, std::string_view path) {
        columns_.push_back(std::move(column));
        paths_.push_back(path_of(path));
    }

    std::span<const Column> columns() const override { return columns_; }
    json::Array cells(const json::Value& object, WallTime now) const override {
        json::Array cells{object.text({"metadata", "name"})};
        for (std::size_t i = 0; i < paths_.size(); ++i) {
            const json::Value* found = paths_[i] ? paths_[i]->find_first(object) : nullptr;
            cells.push_back(found ? cell(columns_[i + 1].type, *found, now) : json::Value());
        }
        return cells;
    }

  private:
    std::vector<Column> columns_;
    std::vector<std::optional<JsonPath>> paths_;  // of the columns after the name
};

}  // namespace

std::unique_ptr<TableLayout> custom_layout(const json::Value& additional_printer_columns) {
    auto layout = std::make_unique<CustomLayout>();
    const json::Array& given = items_of(&additional_printer_columns);
    if (given.empty()) layout->add({.name = "Age", .type = "date"}, ".metadata.creationTimestamp");
    for (const json::Value& column : given) {
        std::string_view path = column.text("jsonPath"), description = column.text("description");
        layout->add(
            {.name = std::string(column.text("name")),
             .type = std::string(column.text("type")),
             .format = std::string(column.text("format")),
             .description = description.empty() ? fmt::format("The value at {}", path) : std::string(description),
             .priority = static_cast<int>(column.integer({"priority"}))},
            path);
    }
    return layout;
}

}  // namespace mizzen::apiserver
