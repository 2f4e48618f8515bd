// SPDX-License-Identifier: Apache-2.0
// Implements builtin_resource.hpp.
#include "mizzen/apiserver/catalog/builtin_resource.hpp"

#include <algorithm>

#include "mizzen/kube/schema/field_selectors.hpp"

namespace mizzen::apiserver {
namespace {

std::vector<std::string> texts(std::span<const std::string_view> list) { return {list.begin(), list.end()}; }

FieldIndex field_index(std::string_view group, std::string_view kind) {
    std::vector<const kube::schema::SelectableField*> fields;
    FieldIndex index;
    for (const kube::schema::SelectableField& f : kube::schema::selectable_fields(group, kind)) {
        if (f.label.starts_with("metadata.")) continue;  // the key has them
        index.names.emplace_back(f.label);
        fields.push_back(&f);
    }
    if (fields.empty()) return index;
    index.read = [fields](const json::Value& object) {
        std::vector<std::string> values;
        for (const kube::schema::SelectableField* f : fields) values.push_back(kube::schema::field_value(*f, object));
        return values;
    };
    return index;
}

// Where the objects are: those that two groups or versions show are kept once.
std::string collection_name(const ServedResource& r) {
    if (r.plural == "events") return "events";
    return r.group.empty() ? r.plural : r.plural + "." + r.group;
}

}  // namespace

ServedPtr builtin_resource(const kube::schema::Resource& from, Store& store) {
    auto r = std::make_shared<ServedResource>();
    r->group = from.group;
    r->version = from.version;
    r->kind = from.kind;
    r->plural = from.plural;
    r->singular = from.singular;
    r->list_kind = r->kind + "List";
    r->namespaced = from.namespaced;
    r->short_names = texts(from.short_names);
    r->categories = texts(from.categories);
    r->verbs = texts(from.verbs);
    r->storage_version_hash = from.storage_version_hash;
    r->storage_version = from.version;
    for (const kube::schema::Subresource& s : from.details)
        r->subresources.push_back(
            {std::string(s.name), std::string(s.group), std::string(s.version), std::string(s.kind), texts(s.verbs)});
    r->type = from.type;
    r->rules = find_kind_rules(r->group, r->kind);
    r->policy = write_policy(r->group, r->plural);
    if (r->has_verb("list") && r->plural != "componentstatuses")
        r->collection = &store.collection(collection_name(*r), field_index(r->group, r->kind));
    return r;
}

}  // namespace mizzen::apiserver
