// SPDX-License-Identifier: Apache-2.0
// CustomSchema: one schema, read once, used for every write of its resource.
#include "mizzen/apiserver/crd/custom_schema.hpp"

#include <algorithm>

#include "mizzen/apiserver/crd/rules.hpp"
#include "mizzen/apiserver/crd/schema_types.hpp"
#include "mizzen/apiserver/crd/schema_validator.hpp"
#include "mizzen/apiserver/crd/schema_walk.hpp"

namespace mizzen::apiserver {
namespace {

constexpr std::string_view metadata_ref = "#/components/schemas/io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta";

json::Value described(std::string_view text, json::Object schema) {
    schema.set("description", text);
    return schema;
}

// As people and kubectl read it: with the members that every resource has.
json::Value publish(const json::Value& schema, bool preserve_unknown) {
    if (preserve_unknown || !schema.is_object()) {
        return json::Object{{"type", "object"}, {"x-kubernetes-preserve-unknown-fields", true}};
    }
    auto out = schema;
    auto& properties = out["properties"];
    properties["apiVersion"] =
        described("The version of the schema that this object is written in.", {{"type", "string"}});
    properties["kind"] = described("The kind of resource that this object is.", {{"type", "string"}});
    properties["metadata"] = described("What every object has: name, labels, owners and the like.",
                                       {{"allOf", json::Array{json::Object{{"$ref", metadata_ref}}}}});
    return out;
}

// Rules rely on types, sizes and required members.
bool blocks_rules(const FieldError& error) {
    static constexpr std::string_view reasons[] = {"FieldValueNotSupported", "FieldValueRequired", "FieldValueTooLong",
                                                   "FieldValueTooMany", "FieldValueTypeInvalid"};
    return std::find(std::begin(reasons), std::end(reasons), error.reason) != std::end(reasons);
}

}  // namespace

struct CustomSchema::Parts {
    JsonSchema schema;
    bool preserve_unknown = false;
    std::shared_ptr<const RuleTree> rules;
    SchemaTypes types;
    const kube::schema::Type* type = nullptr;
    json::Value published;
};

CustomSchema::CustomSchema() : parts_(std::make_unique<Parts>()) {}
CustomSchema::~CustomSchema() = default;

std::shared_ptr<const CustomSchema> CustomSchema::build(const json::Value& openapi_v3_schema, bool preserve_unknown) {
    std::shared_ptr<CustomSchema> out(new CustomSchema);
    auto& parts = *out->parts_;
    parts.schema = parse_json_schema(openapi_v3_schema);
    compile_patterns(parts.schema);
    parts.rules = RuleTree::build(parts.schema, true);
    parts.preserve_unknown = preserve_unknown;
    parts.type = &parts.types.resource(parts.schema, preserve_unknown);
    parts.published = publish(openapi_v3_schema, preserve_unknown);
    return out;
}

const kube::schema::Type& CustomSchema::type() const { return *parts_->type; }

std::vector<std::string> CustomSchema::prune(json::Value& object) const {
    auto removed = coerce_embedded(object, parts_->schema);
    if (parts_->preserve_unknown) return removed;
    auto pruned = prune_unknown(object, parts_->schema, true);
    removed.insert(removed.end(), pruned.begin(), pruned.end());
    std::sort(removed.begin(), removed.end());
    return removed;
}

void CustomSchema::apply_defaults(json::Value& object) const {
    prune_nulls(object, parts_->schema);
    fill_defaults(object, parts_->schema);
}

std::vector<FieldError> CustomSchema::validate(const json::Value& object, const json::Value* old) const {
    auto errors = check_schema(parts_->schema, object, old);
    for (auto& e : check_embedded(parts_->schema, object)) errors.push_back(std::move(e));
    if (!old || check_lists(parts_->schema, *old).empty()) {
        for (auto& e : check_lists(parts_->schema, object)) errors.push_back(std::move(e));
    }
    if (!parts_->rules) return errors;
    if (std::any_of(errors.begin(), errors.end(), blocks_rules)) {
        errors.push_back(invalid_value("<nil>", json::Value(),
                                       "some validation rules were not checked because the object was invalid; correct "
                                       "the existing errors to complete validation"));
        return errors;
    }
    for (auto& e : parts_->rules->check(object, old)) errors.push_back(std::move(e));
    return errors;
}

const json::Value& CustomSchema::published() const { return parts_->published; }

}  // namespace mizzen::apiserver
