// SPDX-License-Identifier: Apache-2.0
// Implements validation.hpp.
#include "mizzen/apiserver/verbs/validation.hpp"

#include "mizzen/kube/schema/defaults.hpp"
#include "mizzen/kube/schema/go_form.hpp"

namespace mizzen::apiserver {

void apply_defaults_to(const ServedResource& resource, json::Value& object) {
    if (resource.custom)
        resource.custom->schema->apply_defaults(object);
    else
        kube::schema::apply_defaults(resource.group, resource.version, resource.kind, object);
    if (!resource.custom) kube::schema::show_like_go(object, *resource.type);
}

std::vector<FieldError> validate_object(const ServedResource& resource, std::string_view subresource,
                                        const json::Value& object, const json::Value* old) {
    std::vector<FieldError> errors;
    validate_metadata(object, old, resource.namespaced, resource.name_form(), errors);
    if (resource.custom) {
        std::vector<FieldError> custom = resource.custom->schema->validate(object, old);
        errors.insert(errors.end(), custom.begin(), custom.end());
        return errors;
    }
    validate_schema(object, *resource.type, errors);
    // What a pod's update may not change is what these are there for.
    bool changes_the_fixed = subresource == "ephemeralcontainers" || subresource == "resize";
    if (resource.rules && resource.rules->validate)
        resource.rules->validate(object, changes_the_fixed ? nullptr : old, errors);
    return errors;
}

}  // namespace mizzen::apiserver
