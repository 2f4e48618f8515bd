// SPDX-License-Identifier: Apache-2.0
// Table: what `kubectl get` shows (Accept: …;as=Table;v=v1;g=meta.k8s.io). Made on demand from stored objects.
#pragma once
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "mizzen/base/time.hpp"
#include "mizzen/json/value.hpp"

namespace mizzen::apiserver {

struct Column {
    std::string name;         // "Ready"
    std::string type;         // "string", "integer", "number", "boolean", "date"
    std::string format;       // "name" for the name column, else ""
    std::string description;  // may be empty
    int priority = 0;         // over 0: only with -o wide
};

// The columns of a kind and how a row is filled.
class TableLayout {
  public:
    virtual ~TableLayout() = default;
    virtual std::span<const Column> columns() const = 0;
    virtual json::Array cells(const json::Value& object, WallTime now) const = 0;
    // What a row says of itself (an array of {type, status, reason, message}), so that clients can set finished ones
    // apart; null for nothing.
    virtual json::Value conditions(const json::Value&) const { return {}; }
};

// The layout of a built-in kind; Name and Created At for those without one.
const TableLayout& builtin_layout(std::string_view group, std::string_view kind);

// From additionalPrinterColumns (an array of {name, type, jsonPath, format, description, priority}; null or empty:
// Name, Age), Name first.
std::unique_ptr<TableLayout> custom_layout(const json::Value& additional_printer_columns);

enum class Include { none, metadata, object };  // ?includeObject=; metadata is the default
json::Value table_row(const TableLayout&, const json::Value& object, Include, WallTime now);
// Without rows: metadata {resourceVersion, continue, remainingItemCount} is the caller's. Column definitions are left
// out where `with_columns` is false (all but the first event of a watch).
json::Value table_head(const TableLayout&, bool with_columns = true);
// PartialObjectMetadata of an object: apiVersion meta.k8s.io/v1, kind, metadata.
json::Value partial_metadata(const json::Value& object);

}  // namespace mizzen::apiserver
