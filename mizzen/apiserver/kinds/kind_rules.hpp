// SPDX-License-Identifier: Apache-2.0
// KindRules: what kube-apiserver does with a built-in kind beyond its schema: what a client may not set, what must
// hold, what never changes. One small file per kind beside this one; kinds without an entry follow the general rules
// alone.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "mizzen/apiserver/status.hpp"
#include "mizzen/json/value.hpp"
#include "mizzen/kube/schema/type.hpp"

namespace mizzen::apiserver {

struct KindRules {
    std::string_view group, kind;
    // Before a create is validated: drops what clients may not set (status), fills what the server sets. Null: nothing
    // but the status is dropped.
    void (*prepare_create)(json::Value& object) = nullptr;
    void (*prepare_update)(json::Value& object, const json::Value& old) = nullptr;
    // `old` is null on create.
    void (*validate)(const json::Value& object, const json::Value* old, std::vector<FieldError>& errors) = nullptr;
    // True if metadata.generation counts changes of this kind (those with a spec that controllers act on).
    bool has_generation = false;
    // True if the status is only written through /status.
    bool has_status = false;
    // Names must be a DNS-1123 "label", a "subdomain", a "path" segment (RBAC) or a DNS-1035 "service" label.
    std::string_view name_form = "subdomain";
};

// The rules of a kind, or nullptr.
const KindRules* find_kind_rules(std::string_view group, std::string_view kind);

// What every object must satisfy: name by `name_form`, namespace, labels, annotations (at most 256 KiB), finalizers,
// owner references; immutable metadata on update. `old` is null on create.
void validate_metadata(const json::Value& object, const json::Value* old, bool namespaced, std::string_view name_form,
                       std::vector<FieldError>& errors);

// Decodes as Go would: a member of the wrong type throws StatusError 400 ("json: cannot unmarshal …" in
// kube-apiserver's words). Members the Type does not know are removed; their paths are returned, for fieldValidation
// ("spec.replica").
std::vector<std::string> conform(json::Value& object, const kube::schema::Type& type);

// The same for the metadata of a custom resource alone: paths begin with "metadata.".
std::vector<std::string> conform_metadata(json::Value& object);

// Writes the object as Go would: leaves out what is empty and may be left out, adds what is always there (`resources:
// {}`), and gives quantities their canonical form ("1000m" is "1"). For what is about to be stored, after conform and
// the defaults; not for an apply configuration.
void complete(json::Value& object, const kube::schema::Type& type);

// Required fields and enumerations of a built-in object against its Type. Says nothing of kinds whose KindRules have a
// `validate`: that one says the same and more, in kube-apiserver's order.
void validate_schema(const json::Value& object, const kube::schema::Type& type, std::vector<FieldError>& errors);

}  // namespace mizzen::apiserver
