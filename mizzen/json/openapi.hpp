// SPDX-License-Identifier: Apache-2.0
// OpenAPI v3 schemas of structs, in the structural form that a CustomResourceDefinition needs.
// https://kubernetes.io/docs/tasks/extend-kubernetes/custom-resources/custom-resource-definitions/
#pragma once
#include <span>
#include <string_view>

#include "mizzen/json/type_info.hpp"
#include "mizzen/json/value.hpp"

namespace mizzen::json {

struct SchemaOptions {
    // Whether members say their defaults, which an API server then fills in. Off for a status: nobody but its
    // controller writes there.
    bool defaults = true;
};

// Everything the notes say: description, limits, enum, default, required, list keys, CEL rules. A struct inside itself,
// which a structural schema cannot express, becomes an object whose members are kept unchecked.
Value openapi_schema(const TypeInfo&, SchemaOptions = {});

// A column of `kubectl get`; `priority` above 0 shows it with -o wide only.
struct PrinterColumn {
    std::string_view name;       // "Replicas"
    std::string_view type;       // string, integer, number, boolean, date
    std::string_view json_path;  // ".spec.replicas"
    int priority = 0;
};
// The additionalPrinterColumns of a CRD.
Value printer_columns(std::span<const PrinterColumn>);

}  // namespace mizzen::json
