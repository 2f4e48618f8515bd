// SPDX-License-Identifier: Apache-2.0
// Implements definitions.hpp.
#include "mizzen/apiserver/catalog/definitions.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "mizzen/apiserver/catalog/custom_resource.hpp"
#include "mizzen/apiserver/crd/established_status.hpp"
#include "mizzen/apiserver/verbs/metadata.hpp"
#include "mizzen/base/digest.hpp"
#include "mizzen/json/json.hpp"

namespace mizzen::apiserver {
namespace {

constexpr std::string_view cleanup_finalizer = "customresourcecleanup.apiextensions.k8s.io";
constexpr std::string_view collection_name = "customresourcedefinitions.apiextensions.k8s.io";

json::Value condition(std::string_view type, bool holds, std::string_view reason, std::string_view message,
                      const std::string& now) {
    return json::Object{{"lastTransitionTime", now},
                        {"message", message},
                        {"reason", reason},
                        {"status", holds ? "True" : "False"},
                        {"type", type}};
}

// Adds the condition of a definition on its way out; false if it is there.
bool set_terminating(json::Value& crd, const std::string& now) {
    json::Value& conditions = crd.at({"status", "conditions"});
    if (!conditions.is_array()) conditions = json::Array{};
    for (const json::Value& c : conditions.as_array())
        if (c.text("type") == "Terminating") return false;
    conditions.as_array().push_back(condition("Terminating", true, "InstanceDeletionInProgress",
                                              "objects of this kind still have finalizers", now));
    return true;
}

// What others have is not accepted; names accepted before stay.
json::Value refused_status(const json::Value& crd, const std::string& why, const std::string& now) {
    json::Value status = established_status(crd, now);
    const json::Value* accepted = crd.find_path({"status", "acceptedNames"});
    status["acceptedNames"] = accepted ? *accepted : json::Value(json::Object{{"kind", ""}, {"plural", ""}});
    status["conditions"] =
        json::Array{condition("NamesAccepted", false, "NamesConflict", why, now),
                    condition("Established", false, "NotAccepted", "not all names are accepted", now)};
    return status;
}

}  // namespace

void Definitions::load() {
    std::vector<RecordPtr> all;
    store_.collection(std::string(collection_name)).each("", "", [&](const RecordPtr& r) {
        return all.push_back(r), true;
    });
    for (const RecordPtr& record : all) stored(*record, {});
}

bool Definitions::names_are_free(const json::Value& crd, std::string& why_not) const {
    std::string_view group = crd.text({"spec", "group"}), name = crd.text({"metadata", "name"});
    const json::Value* names = crd.find_path({"spec", "names"});
    const Catalog::Group* others = catalog_.find_group(group);
    if (!names || !others) return true;
    const std::vector<ServedPtr>& own = catalog_.custom(std::string(name));
    for (const Catalog::Version& version : others->versions)
        for (const ServedPtr& other : version.resources) {
            if (std::find(own.begin(), own.end(), other) != own.end()) continue;
            for (auto [key, taken] : {std::pair("plural", &other->plural),
                                      {"kind", &other->kind},
                                      {"singular", &other->singular},
                                      {"listKind", &other->list_kind}})
                if (names->text(key) == *taken) {
                    why_not = fmt::format("{} is already in use", json::to_json(*taken));
                    return false;
                }
        }
    return true;
}

void Definitions::prepare(json::Value& crd, const json::Value* live, const std::string& now) const {
    if (live) {
        if (const json::Value* status = live->find("status")) crd["status"] = *status;
    } else {
        set_finalizers(crd, [&] {
            std::vector<std::string> finalizers = finalizers_of(crd);
            if (std::find(finalizers.begin(), finalizers.end(), cleanup_finalizer) == finalizers.end())
                finalizers.emplace_back(cleanup_finalizer);
            return finalizers;
        }());
    }
    std::string why_not;
    crd["status"] = names_are_free(crd, why_not) ? established_status(crd, now) : refused_status(crd, why_not, now);
}

// Objects are defaulted again when they are read only if the versions of their definition changed since they were
// written.
std::uint32_t Definitions::generation_of(const std::string& definition, const json::Value& crd) {
    const json::Value* versions = crd.find_path({"spec", "versions"});
    std::uint64_t hash = fnv64(versions ? json::to_json(*versions) : "");
    Schemas& known = schemas_[definition];
    if (known.generation == 0 || known.hash != hash) known = {.hash = hash, .generation = ++generation_};
    return known.generation;
}

void Definitions::stored(const Record& definition, WallTime now) {
    json::Value crd = json::parse(definition.json);
    std::string name(definition.name());
    catalog_.serve_custom(name, custom_resources(crd, store_, generation_of(name, crd)));
    if (is_being_deleted(crd)) empty(name, now);
}

void Definitions::empty(const std::string& definition, WallTime now) {
    const std::vector<ServedPtr>& served = catalog_.custom(definition);
    if (!served.empty()) {
        Collection& collection = *served.front()->collection;
        std::vector<RecordPtr> doomed;
        collection.each("", "", [&](const RecordPtr& record) { return doomed.push_back(record), true; });
        for (const RecordPtr& record : doomed) {
            json::Value object = json::parse(record->json);
            if (finalizers_of(object).empty()) {
                store_.remove(collection, record->key);
            } else if (!is_being_deleted(object)) {
                object.at({"metadata", "deletionTimestamp"}) = to_rfc3339(now);
                object.at({"metadata", "deletionGracePeriodSeconds"}) = 0;
                store_.put(collection, record->key, std::move(object), record->schema);
            }
        }
        if (collection.size() > 0) return tell_terminating(definition, now);
    }
    finish(definition, now);
}

void Definitions::tell_terminating(const std::string& definition, WallTime now) {
    Collection& definitions = store_.collection(std::string(collection_name));
    RecordPtr record = definitions.find(definition);
    if (!record) return;
    json::Value crd = json::parse(record->json);
    if (set_terminating(crd, to_rfc3339(now))) store_.put(definitions, definition, std::move(crd));
}

// Takes away the finalizer; without another one the definition goes.
void Definitions::finish(const std::string& definition, WallTime now) {
    Collection& definitions = store_.collection(std::string(collection_name));
    RecordPtr record = definitions.find(definition);
    if (!record) return;
    json::Value crd = json::parse(record->json);
    std::vector<std::string> finalizers = finalizers_of(crd);
    std::erase(finalizers, cleanup_finalizer);
    if (!finalizers.empty()) {
        set_finalizers(crd, finalizers);
        store_.put(definitions, definition, std::move(crd));
        return;
    }
    store_.remove(definitions, definition);
    removed(definition, now);
}

void Definitions::removed(std::string_view definition, WallTime now) {
    std::string name(definition);
    std::vector<ServedPtr> served = catalog_.custom(name);
    catalog_.serve_custom(name, {});
    // Watches find out that nothing is served any more.
    if (!served.empty()) served.front()->collection->changed().wake_all();
    accept_waiting(now);
}

// Names that somebody else had may be free now.
void Definitions::accept_waiting(WallTime now) {
    Collection& definitions = store_.collection(std::string(collection_name));
    std::vector<RecordPtr> all;
    definitions.each("", "", [&](const RecordPtr& record) { return all.push_back(record), true; });
    for (const RecordPtr& record : all) {
        if (!catalog_.custom(record->key).empty()) continue;
        json::Value crd = json::parse(record->json);
        std::string why_not;
        if (is_being_deleted(crd) || !names_are_free(crd, why_not)) continue;
        crd["status"] = established_status(crd, to_rfc3339(now));
        RecordPtr accepted = store_.put(definitions, record->key, std::move(crd));
        stored(*accepted, now);
    }
}

void Definitions::object_removed(const ServedResource& resource, WallTime now) {
    if (resource.custom && resource.custom->is_terminating && resource.collection->size() == 0)
        finish(resource.group_resource(), now);
}

}  // namespace mizzen::apiserver
