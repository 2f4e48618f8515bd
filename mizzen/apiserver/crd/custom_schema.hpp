// SPDX-License-Identifier: Apache-2.0
// CustomSchema: the structural schema of one version of a custom resource, ready for use: pruning, defaults,
// validation, and the Type that patches and apply work with. Source: Kubernetes documentation "Extend the Kubernetes
// API with CustomResourceDefinitions".
#pragma once
#include <memory>
#include <string>
#include <vector>

#include "mizzen/apiserver/status.hpp"
#include "mizzen/json/value.hpp"
#include "mizzen/kube/schema/type.hpp"

namespace mizzen::apiserver {

class CustomSchema {
  public:
    // `openapi_v3_schema` is spec.versions[].schema.openAPIV3Schema, already found valid by validate_crd. With
    // `preserve_unknown` nothing is pruned.
    static std::shared_ptr<const CustomSchema> build(const json::Value& openapi_v3_schema, bool preserve_unknown);

    // With metadata as ObjectMeta; lives as long as this.
    const kube::schema::Type& type() const;
    // Removes members that the schema does not know (apiVersion, kind and metadata stay); returns their paths, for
    // fieldValidation. Throws StatusError 400 where the metadata of an embedded resource cannot be read.
    std::vector<std::string> prune(json::Value& object) const;
    // Fills in defaults, on write and on read. Nulls where null is not allowed are pruned first when a default exists.
    void apply_defaults(json::Value& object) const;
    // With `old`, failures that were there before the write are let through (ratcheting).
    std::vector<FieldError> validate(const json::Value& object, const json::Value* old) const;
    // The schema to publish under /openapi/v3.
    const json::Value& published() const;

    ~CustomSchema();

  private:
    CustomSchema();
    struct Parts;
    std::unique_ptr<Parts> parts_;
};

// What is wrong with a CustomResourceDefinition (defaulted first by default_crd): names, versions, structural rules,
// defaults that do not validate.
std::vector<FieldError> validate_crd(const json::Value& crd, const json::Value* old);
void default_crd(json::Value& crd);

}  // namespace mizzen::apiserver
