// SPDX-License-Identifier: Apache-2.0
// Implements writer.hpp.
#include "mizzen/apiserver/verbs/writer.hpp"

#include "mizzen/apiserver/admission/admission.hpp"
#include "mizzen/apiserver/apply/apply.hpp"
#include "mizzen/apiserver/catalog/versions.hpp"
#include "mizzen/apiserver/machinery.hpp"
#include "mizzen/apiserver/verbs/confine.hpp"
#include "mizzen/apiserver/verbs/metadata.hpp"
#include "mizzen/apiserver/verbs/special_kinds.hpp"
#include "mizzen/apiserver/verbs/validation.hpp"
#include "mizzen/json/json.hpp"

namespace mizzen::apiserver {
namespace {

constexpr int name_attempts = 8;

Attempt attempt_of(Call& call, Operation operation, json::Value& object, const json::Value* old, bool dry_run) {
    return {.server = call.server,
            .operation = operation,
            .resource = *call.resource,
            .subresource = call.info.subresource,
            .ns = call.info.ns,
            .name = std::string(object.text({"metadata", "name"})),
            .user = call.user,
            .object = &object,
            .old = old,
            .dry_run = dry_run,
            .warnings = call.warnings};
}

void check_valid(const Call& call, const json::Value& object, const json::Value* old) {
    // A binding changes what no other update may; binding.cpp has checked it against the pod.
    if (call.info.subresource == "binding") return;
    std::vector<FieldError> errors = validate_object(*call.resource, call.info.subresource, object, old);
    if (!errors.empty()) throw call.invalid(errors, object.text({"metadata", "name"}));
}

void refuse_revision(const json::Value& object) {
    if (resource_version_of(object) == 0) return;
    StatusError e = internal_error("");
    e.reason = "";
    e.message = "resourceVersion should not be set on objects to be created";
    throw e;
}

Bytes store_object(Call& call, json::Value object, std::string key) {
    const ServedResource& resource = *call.resource;
    std::uint32_t schema = resource.custom ? resource.custom->generation : 0;
    RecordPtr record =
        call.server.store.put(*resource.collection, std::move(key), to_stored(resource, std::move(object)), schema);
    after_write(call, *record);
    return record_bytes(resource, *record);
}

std::string key_of(const Call& call, const json::Value& object) {
    return record_key(call.resource->namespaced ? call.info.ns : "", object.text({"metadata", "name"}));
}

// Where the name was generated, a taken one is replaced by another.
void settle_name(Call& call, json::Value& object, std::string_view generate_from) {
    for (int attempt = 1; call.resource->collection->find(key_of(call, object)); ++attempt) {
        std::string_view name = object.text({"metadata", "name"});
        if (generate_from.empty()) throw already_exists(call.resource->group, call.resource->plural, name);
        if (attempt == name_attempts) throw generated_name_exists(call.resource->group, call.resource->plural, name);
        object.at({"metadata", "name"}) = generate_name(generate_from, call.server.loop.random());
    }
}

bool counts_generations(const ServedResource& resource) {
    return resource.custom || (resource.rules && resource.rules->has_generation);
}

// Whether a change is one that metadata.generation counts: of anything but metadata and, where it is a subresource,
// status.
bool is_new_generation(const ServedResource& resource, const json::Value& object, const json::Value& live) {
    json::Value a = object, b = live;
    for (json::Value* v : {&a, &b}) {
        v->erase("metadata");
        if (resource.has_status() || !resource.custom) v->erase("status");
    }
    if (!(a == b)) return true;
    auto annotations = [](const json::Value& v) { return v.find_path({"metadata", "annotations"}); };
    if (resource.group != "apps" || resource.plural != "deployments" || !annotations(object)) return false;
    return !annotations(live) || !(*annotations(object) == *annotations(live));
}

bool is_finished(const json::Value& object, const json::Value& live) {
    return is_being_deleted(live) && finalizers_of(object).empty() && deletion_grace(live).value_or(0) == 0 &&
           may_go(object);
}

}  // namespace

FieldManager manager_of(const Call& call, const WriteOptions& options) {
    const ServedResource& resource = *call.resource;
    return {.name = options.field_manager,
            .api_version = resource.api_version(),
            .subresource = call.info.subresource,
            .now = to_rfc3339(call.now()),
            .reset = reset_fields(resource.group, resource.plural, call.info.subresource, resource.has_status())};
}

std::optional<Live> find_live(const Call& call) {
    RecordPtr record = call.resource->collection->find(call.key());
    if (!record) return std::nullopt;
    json::Value object = read_record(*call.resource, *record);
    return Live{std::move(record), std::move(object)};
}

Live read_live(const Call& call) {
    std::optional<Live> live = find_live(call);
    if (!live) throw call.not_found();
    return std::move(*live);
}

Task<Written> write_new(Call& call, json::Value object, const WriteOptions& options, bool tracked) {
    const ServedResource& resource = *call.resource;
    match_namespace(object, resource.namespaced ? call.info.ns : "");
    std::string generate_from;
    if (object.text({"metadata", "name"}).empty() && !object.text({"metadata", "generateName"}).empty()) {
        generate_from = object.text({"metadata", "generateName"});
        object.at({"metadata", "name"}) = generate_name(generate_from, call.server.loop.random());
    }
    confine_create(resource, object);
    if (!tracked) object = track_update({}, std::move(object), *resource.type, manager_of(call, options));

    Attempt attempt = attempt_of(call, Operation::create, object, nullptr, options.dry_run);
    co_await admit(call.server.admission, attempt);
    begin_life(object, call.now(), call.server.loop.random());
    if (resource.rules && resource.rules->prepare_create) resource.rules->prepare_create(object);
    if (counts_generations(resource)) object["metadata"]["generation"] = 1;
    prepare_special(call, object, nullptr);
    check_valid(call, object, nullptr);
    Attempt final_attempt = attempt_of(call, Operation::create, object, nullptr, options.dry_run);
    co_await check(call.server.admission, final_attempt);
    refuse_revision(object);

    settle_name(call, object, generate_from);
    if (options.dry_run) co_return Written{.json = json::to_json(object), .created = true};
    std::string key = key_of(call, object);
    co_return Written{.json = store_object(call, std::move(object), std::move(key)), .created = true};
}

Task<std::optional<Written>> write_over(Call& call, const Live& live, json::Value object, const WriteOptions& options,
                                        bool tracked) {
    const ServedResource& resource = *call.resource;
    match_namespace(object, resource.namespaced ? call.info.ns : "");
    keep_system_metadata(object, live.object);
    confine(resource, call.info.subresource, object, live.object);
    if (!tracked) object = track_update(live.object, std::move(object), *resource.type, manager_of(call, options));

    Attempt attempt = attempt_of(call, Operation::update, object, &live.object, options.dry_run);
    co_await admit(call.server.admission, attempt);
    keep_system_metadata(object, live.object);
    if (resource.rules && resource.rules->prepare_update) resource.rules->prepare_update(object, live.object);
    prepare_special(call, object, &live.object);
    const bool may_change_spec = call.info.subresource != "status";
    if (may_change_spec && counts_generations(resource) && is_new_generation(resource, object, live.object))
        bump_generation(object);
    object.at({"metadata", "resourceVersion"}) = std::to_string(live.record->revision);
    object = settle_times(live.object, std::move(object));
    bool changed = !(object == live.object);
    check_valid(call, object, &live.object);
    Attempt final_attempt = attempt_of(call, Operation::update, object, &live.object, options.dry_run);
    co_await check(call.server.admission, final_attempt);

    std::string key = call.key();
    if (resource.collection->find(key) != live.record) co_return std::nullopt;
    if (is_finished(object, live.object)) {
        if (!options.dry_run) remove_record(call, key);
        co_return Written{.json = json::to_json(object)};
    }
    if (!changed) co_return Written{.json = record_bytes(resource, *live.record)};
    if (options.dry_run) co_return Written{.json = json::to_json(object)};
    co_return Written{.json = store_object(call, std::move(object), std::move(key))};
}

}  // namespace mizzen::apiserver
