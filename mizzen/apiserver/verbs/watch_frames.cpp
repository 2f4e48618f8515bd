// SPDX-License-Identifier: Apache-2.0
// Implements watch_frames.hpp.
#include "mizzen/apiserver/verbs/watch_frames.hpp"

#include "mizzen/apiserver/catalog/conversion.hpp"
#include "mizzen/apiserver/catalog/versions.hpp"
#include "mizzen/apiserver/machinery.hpp"
#include "mizzen/apiserver/store/json_text.hpp"
#include "mizzen/json/json.hpp"

namespace mizzen::apiserver {
namespace {

constexpr std::string_view initial_events_end_note = "k8s.io/initial-events-end";

// What a change shows: of an object that left the selection, the last state seen, with the revision of the change.
Record shown_record(const Change& change, ChangeKind as) {
    if (as != ChangeKind::deleted || change.kind == ChangeKind::deleted || !change.before) return *change.record;
    Record last = *change.before;
    last.json = with_revision(last.json, change.revision());
    return last;
}

}  // namespace

Bytes WatchFrames::added(const ServedResource& resource, const RecordPtr& record) {
    if (accepted_.form == Form::object) return watch_frame("ADDED", record_bytes(resource, *record));
    return watch_frame("ADDED", json::to_json(transform(resource, read_record(resource, *record))));
}

Bytes WatchFrames::changed(const ServedResource& resource, const Change& change, ChangeKind as) {
    if (accepted_.form == Form::object && !resource.custom && !needs_conversion(resource)) return change.frame(as);
    Record record = shown_record(change, as);
    if (accepted_.form != Form::object)
        return watch_frame(to_string(as), json::to_json(transform(resource, read_record(resource, record))));
    Bytes bytes = record_bytes(resource, record);
    // The stored bytes as they are: the frame that all watchers share will do.
    if (bytes.view().data() == change.record->json.view().data()) return change.frame(as);
    return watch_frame(to_string(as), bytes);
}

Bytes WatchFrames::bookmark(const ServedResource& resource, std::uint64_t revision, bool initial_events_end) {
    json::Value object = json::Object{{"apiVersion", resource.api_version()}, {"kind", resource.kind}};
    json::Value& metadata = object["metadata"];
    metadata["creationTimestamp"] = nullptr;
    metadata["resourceVersion"] = std::to_string(revision);
    if (initial_events_end) metadata["annotations"] = json::Object{{std::string(initial_events_end_note), "true"}};
    if (accepted_.form == Form::table) object = table(resource, nullptr, std::to_string(revision));
    if (accepted_.form == Form::metadata) object = transform(resource, object);
    return watch_frame("BOOKMARK", json::to_json(object));
}

Bytes WatchFrames::error(const StatusError& error) { return watch_frame("ERROR", json::to_json(error.to_value())); }

json::Value WatchFrames::transform(const ServedResource& resource, const json::Value& object) {
    if (accepted_.form == Form::table) return table(resource, &object, object.text({"metadata", "resourceVersion"}));
    json::Value out = partial_metadata(object);
    out["apiVersion"] = "meta.k8s.io/" + accepted_.version;
    return out;
}

json::Value WatchFrames::table(const ServedResource& resource, const json::Value* object, std::string_view revision) {
    json::Value out = table_head(resource.layout(), !columns_sent_);
    columns_sent_ = true;
    out["apiVersion"] = "meta.k8s.io/" + accepted_.version;
    out.at({"metadata", "resourceVersion"}) = revision;
    json::Array rows;
    if (object) rows.push_back(table_row(resource.layout(), *object, include_, server_.loop.wall()));
    out["rows"] = std::move(rows);
    return out;
}

}  // namespace mizzen::apiserver
