// SPDX-License-Identifier: Apache-2.0
// Implements table.hpp: the JSON of a table.
#include "mizzen/apiserver/table/table.hpp"

namespace mizzen::apiserver {

json::Value table_row(const TableLayout& layout, const json::Value& object, Include include, WallTime now) {
    json::Value row = json::Object{{"cells", layout.cells(object, now)}};
    if (json::Value conditions = layout.conditions(object); !conditions.is_null())
        row["conditions"] = std::move(conditions);
    switch (include) {
        case Include::none:
            row["object"] = nullptr;
            break;
        case Include::metadata:
            row["object"] = partial_metadata(object);
            break;
        case Include::object:
            row["object"] = object;
            break;
    }
    return row;
}

json::Value table_head(const TableLayout& layout, bool with_columns) {
    json::Value table = json::Object{{"apiVersion", "meta.k8s.io/v1"}, {"kind", "Table"}, {"metadata", json::Object{}}};
    json::Value definitions;
    if (with_columns) {
        definitions = json::Array{};
        for (const Column& column : layout.columns()) {
            definitions.as_array().push_back(json::Object{{"description", column.description},
                                                          {"format", column.format},
                                                          {"name", column.name},
                                                          {"priority", column.priority},
                                                          {"type", column.type}});
        }
    }
    table["columnDefinitions"] = std::move(definitions);
    table["rows"] = json::Array{};
    return table;
}

json::Value partial_metadata(const json::Value& object) {
    const json::Value* metadata = object.find("metadata");
    return json::Object{{"apiVersion", "meta.k8s.io/v1"},
                        {"kind", "PartialObjectMetadata"},
                        {"metadata", metadata ? *metadata : json::Value(json::Object{})}};
}

}  // namespace mizzen::apiserver
