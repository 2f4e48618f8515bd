// SPDX-License-Identifier: Apache-2.0
// Implements remover.hpp.
#include "mizzen/apiserver/verbs/remover.hpp"

#include <fmt/format.h>

#include "mizzen/apiserver/admission/admission.hpp"
#include "mizzen/apiserver/catalog/versions.hpp"
#include "mizzen/apiserver/machinery.hpp"
#include "mizzen/apiserver/verbs/deletion.hpp"
#include "mizzen/apiserver/verbs/metadata.hpp"
#include "mizzen/apiserver/verbs/special_kinds.hpp"
#include "mizzen/json/json.hpp"

namespace mizzen::apiserver {
namespace {

void check_preconditions(const ServedResource& resource, const Record& record, const json::Value& live,
                         const DeleteOptions& options) {
    std::string_view uid = live.text({"metadata", "uid"});
    if (options.uid && *options.uid != uid)
        throw conflict(resource.group, resource.kind, record.name(),
                       fmt::format("the UID in the precondition ({}) does not match the UID in record ({}). The object "
                                   "might have been deleted and "
                                   "then recreated",
                                   *options.uid, uid));
    std::string revision = std::to_string(record.revision);
    if (options.resource_version && *options.resource_version != revision)
        throw conflict(resource.group, resource.kind, record.name(),
                       fmt::format("the ResourceVersion in the precondition ({}) does not match the ResourceVersion in "
                                   "record ({}). The object "
                                   "might have been modified",
                                   *options.resource_version, revision));
}

Bytes write_marked(Call& call, const RecordPtr& record, json::Value object, const json::Value& live, bool dry_run) {
    const ServedResource& resource = *call.resource;
    if (object == live) return record_bytes(resource, *record);
    if (dry_run) return json::to_json(object);
    RecordPtr marked = call.server.store.put(*resource.collection, record->key, to_stored(resource, std::move(object)),
                                             record->schema);
    after_write(call, *marked);
    return record_bytes(resource, *marked);
}

}  // namespace

Task<Removed> remove_object(Call& call, std::string key, DeleteOptions options) {
    const ServedResource& resource = *call.resource;
    for (;;) {
        RecordPtr record = resource.collection->find(key);
        if (!record) throw not_found(resource.group, resource.plural, std::string_view(key).substr(key.find('/') + 1));
        json::Value live = read_record(resource, *record);
        check_preconditions(resource, *record, live, options);
        Attempt attempt{.server = call.server,
                        .operation = Operation::remove,
                        .resource = resource,
                        .subresource = call.info.subresource,
                        .ns = std::string(record->ns()),
                        .name = std::string(record->name()),
                        .user = call.user,
                        .old = &live,
                        .dry_run = options.dry_run,
                        .warnings = call.warnings};
        co_await admit(call.server.admission, attempt);
        co_await check(call.server.admission, attempt);
        if (resource.collection->find(key) != record) continue;

        Deletion deletion = decide_deletion(resource, live, options, call.now());
        if (deletion.fate == Fate::pending) co_return Removed{.gone = false, .json = record_bytes(resource, *record)};
        if (deletion.fate == Fate::mark)
            co_return Removed{.gone = false,
                              .json = write_marked(call, record, std::move(deletion.object), live, options.dry_run)};
        if (options.dry_run) co_return Removed{.gone = true, .json = record_bytes(resource, *record)};
        RecordPtr last = remove_record(call, key);
        co_return Removed{.gone = true, .json = record_bytes(resource, *last)};
    }
}

}  // namespace mizzen::apiserver
