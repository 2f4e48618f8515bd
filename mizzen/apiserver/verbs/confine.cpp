// SPDX-License-Identifier: Apache-2.0
// Implements confine.hpp.
#include "mizzen/apiserver/verbs/confine.hpp"

#include <initializer_list>

#include "mizzen/kube/schema/go_form.hpp"

namespace mizzen::apiserver {
namespace {

void put_back(json::Value& object, const json::Value& live, std::string_view key) {
    if (const json::Value* value = live.find(key))
        object[key] = *value;
    else
        object.erase(key);
}

void put_back_metadata(json::Value& object, const json::Value& live, std::initializer_list<std::string_view> keys) {
    json::Value& metadata = object["metadata"];
    for (std::string_view key : keys) {
        if (const json::Value* value = live.find_path({"metadata", key}))
            metadata[key] = *value;
        else
            metadata.erase(key);
    }
}

// Everything but `changed` and metadata comes from `live`.
void put_back_all_but(json::Value& object, const json::Value& live, std::string_view changed) {
    json::Value out = live;
    out["metadata"] = std::move(object["metadata"]);
    if (json::Value* value = object.find(changed))
        out[changed] = std::move(*value);
    else
        out.erase(changed);
    object = std::move(out);
}

// The live object with one member of its spec taken from `object`.
void put_back_all_but_spec(json::Value& object, const json::Value& live, std::string_view changed) {
    json::Value out = live;
    if (json::Value* value = object.find_path({"spec", changed}))
        out["spec"][changed] = std::move(*value);
    else if (json::Value* spec = out.find("spec"))
        spec->erase(changed);
    if (json::Value* version = object.find_path({"metadata", "resourceVersion"}))
        out["metadata"]["resourceVersion"] = std::move(*version);
    if (json::Value* managed = object.find_path({"metadata", "managedFields"}))
        out["metadata"]["managedFields"] = std::move(*managed);
    object = std::move(out);
}

void confine_status(const ServedResource& resource, json::Value& object, const json::Value& live) {
    put_back_all_but(object, live, "status");
    if (resource.custom) {
        json::Value managed =
            object.find_path({"metadata", "managedFields"}) ? object["metadata"]["managedFields"] : json::Value();
        json::Value version =
            object.find_path({"metadata", "resourceVersion"}) ? object["metadata"]["resourceVersion"] : json::Value();
        object["metadata"] = *live.find("metadata");
        if (managed.is_array()) object["metadata"]["managedFields"] = std::move(managed);
        if (version.is_string()) object["metadata"]["resourceVersion"] = std::move(version);
        return;
    }
    put_back_metadata(object, live, {"ownerReferences", "finalizers"});
    if (resource.group == "apps") put_back_metadata(object, live, {"labels"});
}

// Approval of a signing request: its conditions.
void confine_approval(json::Value& object, const json::Value& live) {
    json::Value conditions;
    if (json::Value* found = object.find_path({"status", "conditions"})) conditions = std::move(*found);
    put_back(object, live, "spec");
    put_back(object, live, "status");
    if (!conditions.is_null()) object["status"]["conditions"] = std::move(conditions);
}

// Resizing a pod changes the resources of its containers only.
void confine_resize(json::Value& object, const json::Value& live) {
    json::Value out = live;
    const json::Value* wanted = object.find_path({"spec", "containers"});
    json::Value* containers = out.find_path({"spec", "containers"});
    if (wanted && wanted->is_array() && containers) {
        for (json::Value& container : containers->as_array())
            for (const json::Value& w : wanted->as_array()) {
                if (w.text("name") != container.text("name")) continue;
                for (std::string_view key : {"resources", "resizePolicy"})
                    if (const json::Value* value = w.find(key)) container[key] = *value;
            }
    }
    out["metadata"] = std::move(object["metadata"]);
    object = std::move(out);
}

}  // namespace

void confine(const ServedResource& resource, std::string_view subresource, json::Value& object,
             const json::Value& live) {
    if (subresource.empty()) {
        if (resource.has_status()) put_back(object, live, "status");
        if (resource.group.empty() && resource.plural == "namespaces") put_back(object, live, "spec");
        return;
    }
    if (subresource == "status") return confine_status(resource, object, live);
    if (subresource == "finalize") return put_back_all_but_spec(object, live, "finalizers");
    if (subresource == "ephemeralcontainers") return put_back_all_but_spec(object, live, "ephemeralContainers");
    if (subresource == "approval") return confine_approval(object, live);
    if (subresource == "resize") return confine_resize(object, live);
}

void confine_create(const ServedResource& resource, json::Value& object) {
    if (!resource.has_status()) return;
    object.erase("status");
    // A built-in kind has a status from its first moment on, if an empty one.
    const kube::schema::Field* status = resource.custom ? nullptr : resource.type->find("status");
    if (!status || status->pointer || status->omit_zero) return;
    object["status"] = json::Object();
    kube::schema::show_like_go(object["status"], *status->type);
}

}  // namespace mizzen::apiserver
