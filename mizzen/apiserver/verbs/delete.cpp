// SPDX-License-Identifier: Apache-2.0
// delete and deletecollection.
#include "mizzen/apiserver/catalog/versions.hpp"
#include "mizzen/apiserver/machinery.hpp"
#include "mizzen/apiserver/request/respond.hpp"
#include "mizzen/apiserver/store/json_text.hpp"
#include "mizzen/apiserver/verbs/remover.hpp"
#include "mizzen/apiserver/verbs/selection.hpp"
#include "mizzen/apiserver/verbs/verbs.hpp"
#include "mizzen/json/json.hpp"

namespace mizzen::apiserver {
namespace {

json::Value success(const Call& call, std::string_view deleted) {
    json::Object details{{"kind", call.resource->plural}, {"name", call.info.name}};
    if (!call.resource->group.empty()) details.set("group", call.resource->group);
    if (auto uid = member_text(deleted, {"metadata", "uid"})) details.set("uid", json::parse(*uid));
    return json::Object{{"apiVersion", "v1"},
                        {"kind", "Status"},
                        {"metadata", json::Object{}},
                        {"status", "Success"},
                        {"details", std::move(details)}};
}

}  // namespace

Task<net::Response> delete_object(Call& call) {
    DeleteOptions options = parse_delete_options(call);
    Removed removed = co_await remove_object(call, call.key(), options);
    if (removed.gone && !call.resource->policy.returns_deleted)
        co_return document_response(call, 200, success(call, removed.json));
    bool wants_foreground = options.orphan_dependents && !*options.orphan_dependents;
    co_return object_response(call, !removed.gone && wants_foreground ? 202 : 200, removed.json);
}

Task<net::Response> delete_collection(Call& call) {
    DeleteOptions options = parse_delete_options(call);
    Selection selection = Selection::of(call);
    std::vector<RecordPtr> doomed;
    call.resource->collection->each(selection.prefix(), "", [&](const RecordPtr& record) {
        if (selection.matches(*record)) doomed.push_back(record);
        return true;
    });
    json::Array items;
    for (const RecordPtr& record : doomed) {
        if (!call.resource->collection->find(record->key)) continue;
        items.push_back(read_record(*call.resource, *record));
        co_await remove_object(call, record->key, options);
    }
    json::Object metadata{{"resourceVersion", std::to_string(call.server.store.revision())}};
    co_return document_response(call, 200,
                                json::Object{{"apiVersion", call.resource->api_version()},
                                             {"items", std::move(items)},
                                             {"kind", call.resource->list_kind},
                                             {"metadata", std::move(metadata)}});
}

}  // namespace mizzen::apiserver
