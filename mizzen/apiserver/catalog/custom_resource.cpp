// SPDX-License-Identifier: Apache-2.0
// Implements custom_resource.hpp.
#include "mizzen/apiserver/catalog/custom_resource.hpp"

#include "mizzen/apiserver/catalog/simple_path.hpp"
#include "mizzen/base/base64.hpp"
#include "mizzen/base/digest.hpp"

namespace mizzen::apiserver {
namespace {

std::vector<std::string> texts(const json::Value* list) {
    std::vector<std::string> out;
    if (list && list->is_array())
        for (const json::Value& v : list->as_array())
            if (v.is_string()) out.push_back(v.as_string());
    return out;
}

// As discovery tells clients that a storage version changed: the first eight bytes of a SHA-256, in base64.
std::string hash_of(const std::string& group_version_kind) {
    return to_base64(sha256(group_version_kind).substr(0, 8));
}

std::string storage_version_of(const json::Value& crd) {
    if (const json::Value* versions = crd.find_path({"spec", "versions"}); versions && versions->is_array())
        for (const json::Value& v : versions->as_array())
            if (const json::Value* storage = v.find("storage"); storage && storage->is_bool() && storage->as_bool())
                return std::string(v.text("name"));
    return "";
}

FieldIndex field_index(const json::Value& crd) {
    FieldIndex index;
    std::vector<std::string> paths;
    if (const json::Value* versions = crd.find_path({"spec", "versions"}); versions && versions->is_array())
        for (const json::Value& v : versions->as_array())
            if (const json::Value* fields = v.find("selectableFields"); fields && fields->is_array())
                for (const json::Value& f : fields->as_array()) {
                    std::string path(f.text("jsonPath"));
                    if (path.empty() || index.find(std::string_view(path).substr(1)) >= 0) continue;
                    index.names.push_back(path.substr(1));
                    paths.push_back(std::move(path));
                }
    if (paths.empty()) return index;
    index.read = [paths](const json::Value& object) {
        std::vector<std::string> values;
        for (const std::string& path : paths) values.push_back(selector_text(value_at(object, path)));
        return values;
    };
    return index;
}

std::string deprecation_of(const json::Value& version, const std::string& api_version, std::string_view kind) {
    const json::Value* deprecated = version.find("deprecated");
    if (!deprecated || !deprecated->is_bool() || !deprecated->as_bool()) return "";
    std::string_view warning = version.text("deprecationWarning");
    return warning.empty() ? api_version + " " + std::string(kind) + " is deprecated" : std::string(warning);
}

std::shared_ptr<CustomVersion> custom_version(const json::Value& crd, const json::Value& version,
                                              std::uint32_t generation) {
    auto custom = std::make_shared<CustomVersion>();
    const json::Value* schema = version.find_path({"schema", "openAPIV3Schema"});
    const json::Value* preserve = crd.find_path({"spec", "preserveUnknownFields"});
    custom->schema = CustomSchema::build(schema ? *schema : json::Value(json::Object{}),
                                         !schema || (preserve && preserve->is_bool() && preserve->as_bool()));
    const json::Value* columns = version.find("additionalPrinterColumns");
    custom->layout = custom_layout(columns ? *columns : json::Value());
    custom->has_status = version.find_path({"subresources", "status"}) != nullptr;
    if (const json::Value* scale = version.find_path({"subresources", "scale"}))
        custom->scale = {.spec_replicas = std::string(scale->text("specReplicasPath")),
                         .status_replicas = std::string(scale->text("statusReplicasPath")),
                         .label_selector = std::string(scale->text("labelSelectorPath"))};
    custom->generation = generation;
    custom->converts_by_webhook = crd.text({"spec", "conversion", "strategy"}) == "Webhook";
    custom->is_terminating = !crd.text({"metadata", "deletionTimestamp"}).empty();
    return custom;
}

std::vector<ServedSubresource> subresources_of(const ServedResource& r) {
    std::vector<ServedSubresource> out;
    const std::vector<std::string> verbs = {"get", "patch", "update"};
    if (!r.custom->scale.spec_replicas.empty()) out.push_back({"scale", "autoscaling", "v1", "Scale", verbs});
    if (r.custom->has_status) out.push_back({"status", r.group, r.version, r.kind, verbs});
    return out;
}

}  // namespace

std::vector<ServedPtr> custom_resources(const json::Value& crd, Store& store, std::uint32_t generation) {
    std::vector<ServedPtr> out;
    const json::Value* versions = crd.find_path({"spec", "versions"});
    const json::Value* names = crd.find_path({"status", "acceptedNames"});
    if (!versions || !versions->is_array() || !names || names->text("plural").empty()) return out;
    std::string group(crd.text({"spec", "group"})), plural(names->text("plural"));
    Collection& collection = store.collection(plural + "." + group);
    store.set_index(collection, field_index(crd));
    std::string storage_version = storage_version_of(crd);
    for (const json::Value& version : versions->as_array()) {
        const json::Value* served = version.find("served");
        if (!served || !served->is_bool() || !served->as_bool()) continue;
        auto r = std::make_shared<ServedResource>();
        r->group = group;
        r->version = version.text("name");
        r->kind = names->text("kind");
        r->plural = plural;
        r->singular = names->text("singular");
        r->list_kind = names->text("listKind");
        r->namespaced = crd.text({"spec", "scope"}) == "Namespaced";
        r->short_names = texts(names->find("shortNames"));
        r->categories = texts(names->find("categories"));
        r->verbs = {"delete", "deletecollection", "get", "list", "patch", "create", "update", "watch"};
        r->storage_version = storage_version;
        r->storage_version_hash = hash_of(group + "/" + storage_version + "/" + r->kind);
        r->collection = &collection;
        r->policy = custom_write_policy;
        auto custom = custom_version(crd, version, generation);
        custom->deprecation_warning = deprecation_of(version, r->api_version(), r->kind);
        r->custom = std::move(custom);
        r->type = &r->custom->schema->type();
        r->subresources = subresources_of(*r);
        out.push_back(std::move(r));
    }
    return out;
}

}  // namespace mizzen::apiserver
