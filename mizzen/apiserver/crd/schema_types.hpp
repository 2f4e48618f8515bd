// SPDX-License-Identifier: Apache-2.0
// SchemaTypes: the Type of a custom resource, built from its JsonSchema, and the memory that it lives in.
#pragma once
#include <deque>
#include <string>
#include <vector>

#include "mizzen/apiserver/crd/json_schema.hpp"
#include "mizzen/kube/schema/type.hpp"

namespace mizzen::apiserver {

class SchemaTypes {
  public:
    SchemaTypes() = default;
    SchemaTypes(const SchemaTypes&) = delete;
    SchemaTypes& operator=(const SchemaTypes&) = delete;

    // The Type of a whole resource: `schema` with apiVersion, kind and metadata. Lives as long as this.
    const kube::schema::Type& resource(const JsonSchema& schema, bool preserve_unknown);

  private:
    using Type = kube::schema::Type;
    const Type* build(const JsonSchema& schema, bool is_resource);
    Type object(const JsonSchema& schema, bool is_resource);
    Type list(const JsonSchema& schema);
    void add_meta(std::vector<kube::schema::Field>& fields);
    std::span<const std::string_view> words(const std::vector<std::string>& texts);
    std::string_view keep(std::string text);
    const Type* keep(Type type);

    std::deque<std::string> texts_;
    std::deque<std::vector<std::string_view>> words_;
    std::deque<std::vector<kube::schema::Field>> fields_;
    std::deque<Type> types_;
};

}  // namespace mizzen::apiserver
