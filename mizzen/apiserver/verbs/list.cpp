// SPDX-License-Identifier: Apache-2.0
// list: the objects of a collection, at one revision, in pages, from stored bytes.
#include "mizzen/apiserver/catalog/versions.hpp"
#include "mizzen/apiserver/machinery.hpp"
#include "mizzen/apiserver/request/respond.hpp"
#include "mizzen/apiserver/verbs/list_options.hpp"
#include "mizzen/apiserver/verbs/metadata.hpp"
#include "mizzen/apiserver/verbs/revision_wait.hpp"
#include "mizzen/apiserver/verbs/selection.hpp"
#include "mizzen/apiserver/verbs/verbs.hpp"
#include "mizzen/json/json.hpp"

namespace mizzen::apiserver {
namespace {

struct Page {
    std::vector<RecordPtr> records;
    std::uint64_t revision = 0;
    std::optional<std::string> next;  // the key to go on behind
    std::optional<std::int64_t> remaining;
};

// The revision to show: that of the token, the exact one asked for, or the newest.
std::uint64_t revision_of(const ListOptions& options, const Collection& collection, std::uint64_t newest) {
    if (options.resume && options.resume->revision) {
        if (collection.remembers(*options.resume->revision)) return *options.resume->revision;
        StatusError e = expired(
            "the continue token is too old for a consistent list: start over without it, or use the token in this "
            "answer to get the rest as it is now");
        e.continue_token = to_string(ContinueToken{.revision = std::nullopt, .after = options.resume->after});
        throw e;
    }
    bool exact = options.match == RevisionMatch::exact || (options.match == RevisionMatch::unset && options.limit > 0);
    if (!exact || options.revision.value_or(0) == 0) return newest;
    if (!collection.remembers(*options.revision))
        throw expired("The resourceVersion for the provided list is too old.");
    return *options.revision;
}

Page collect(const Collection& collection, const Selection& selection, const ListOptions& options,
             std::uint64_t newest) {
    Page page{.records = {}, .revision = revision_of(options, collection, newest), .next = {}, .remaining = {}};
    // A list of whatever is there is not cut: kube-apiserver gives it from its cache, whole.
    std::size_t limit = options.revision == 0u && options.match == RevisionMatch::unset ? 0 : options.limit;
    std::int64_t left = 0;
    auto visit = [&](const RecordPtr& record) {
        if (!selection.matches(*record)) return true;
        if (limit == 0 || page.records.size() < limit) {
            page.records.push_back(record);
            return true;
        }
        page.next = page.records.back()->key;
        ++left;
        return !selection.has_selectors();  // nobody asked for a count of what a selector selects
    };
    std::string_view after = options.resume ? std::string_view(options.resume->after) : std::string_view();
    if (selection.only() && page.revision == newest) {
        if (RecordPtr record = collection.find(*selection.only()); record && record->key > after) visit(record);
    } else if (page.revision == newest) {
        collection.each(selection.prefix(), after, visit);
    } else {
        collection.each_at(page.revision, selection.prefix(), after, visit);
    }
    if (page.next && !selection.has_selectors()) page.remaining = left;
    return page;
}

json::Value list_metadata(const Page& page) {
    json::Object metadata{{"resourceVersion", std::to_string(page.revision)}};
    if (page.next) metadata.set("continue", to_string(ContinueToken{.revision = page.revision, .after = *page.next}));
    if (page.remaining) metadata.set("remainingItemCount", *page.remaining);
    return metadata;
}

std::string list_text(const ServedResource& resource, const Page& page) {
    std::string out;
    std::size_t size = 256;
    for (const RecordPtr& record : page.records) size += record->json.size() + 1;
    out.reserve(size);
    out.append("{\"apiVersion\":\"").append(resource.api_version()).append("\",\"items\":[");
    bool first = true;
    for (const RecordPtr& record : page.records) {
        if (!std::exchange(first, false)) out += ',';
        out.append(record_bytes(resource, *record).view());
    }
    out.append("],\"kind\":\"")
        .append(resource.list_kind)
        .append("\",\"metadata\":")
        .append(json::to_json(list_metadata(page)))
        .append("}");
    return out;
}

json::Value list_table(const Call& call, const Page& page) {
    std::string_view include = call.query.text("includeObject");
    Include what = include == "None" ? Include::none : include == "Object" ? Include::object : Include::metadata;
    const TableLayout& layout = call.resource->layout();
    json::Value table = table_head(layout);
    table["apiVersion"] = "meta.k8s.io/" + call.accepted.version;
    table["metadata"] = list_metadata(page);
    json::Array rows;
    for (const RecordPtr& record : page.records)
        rows.push_back(table_row(layout, read_record(*call.resource, *record), what, call.now()));
    table["rows"] = std::move(rows);
    return table;
}

json::Value list_of_metadata(const Call& call, const Page& page) {
    std::string api_version = "meta.k8s.io/" + call.accepted.version;
    json::Array items;
    for (const RecordPtr& record : page.records) {
        items.push_back(partial_metadata(read_record(*call.resource, *record)));
        items.back()["apiVersion"] = api_version;
    }
    return json::Object{{"apiVersion", api_version},
                        {"items", std::move(items)},
                        {"kind", "PartialObjectMetadataList"},
                        {"metadata", list_metadata(page)}};
}

}  // namespace

Task<net::Response> list_objects(Call& call) {
    ListOptions options = parse_list_options(call, false);
    Selection selection = Selection::of(call);
    if (options.revision) co_await await_revision(call.server, *options.revision);
    Page page = collect(*call.resource->collection, selection, options, call.server.store.revision());
    switch (call.accepted.form) {
        case Form::table:
            co_return document_response(call, 200, list_table(call, page));
        case Form::metadata:
            co_return document_response(call, 200, list_of_metadata(call, page));
        case Form::object:
            break;
    }
    co_return text_response(call, 200, list_text(*call.resource, page));
}

}  // namespace mizzen::apiserver
