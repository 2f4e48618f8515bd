// SPDX-License-Identifier: Apache-2.0
// Calls of Api, in text.
#include "mizzen/kube/client/api_calls.hpp"

#include "mizzen/json/json.hpp"
#include "mizzen/kube/client/api_error.hpp"
#include "mizzen/kube/client/detail/json_scan.hpp"

namespace mizzen::kube {
namespace {

std::string text_of(std::string_view value) { return value.empty() ? std::string() : detail::scan_string(value); }

bool is_dry_run(const net::Request& request) { return net::Query::parse(request.query()).find("dryRun").has_value(); }

// What a write tells the observer, read from the object that came back.
Written written(const DynamicKind& kind, ObjectKey key, std::string_view body) {
    Written write{.kind = kind, .key = std::move(key), .uid = {}, .resource_version = {}};
    std::string_view metadata = detail::scan_member(body, "metadata");
    if (metadata.empty()) return write;
    for (auto& [name, value] : detail::scan_members(metadata)) {
        if (name == "uid") write.uid = text_of(value);
        if (name == "resourceVersion") write.resource_version = text_of(value);
        if (name == "name") write.key.name = text_of(value);
        if (name == "namespace") write.key.ns = text_of(value);
    }
    return write;
}

RawList read_list(Bytes body) {
    RawList list{.body = std::move(body), .items = {}, .resource_version = {}, .next = {}};
    for (auto& [name, value] : detail::scan_members(list.body.view())) {
        if (name == "items" && value != "null") list.items = detail::scan_items(value);
        if (name != "metadata") continue;
        json::Value metadata = json::parse(value);
        list.resource_version = metadata.text("resourceVersion");
        list.next = metadata.text("continue");
        list.remaining = metadata.integer({"remainingItemCount"});
    }
    return list;
}

}  // namespace

Replicas read_scale(std::string_view body) {
    json::Value scale = json::parse(body);
    return {.wanted = static_cast<int>(scale.integer({"spec", "replicas"})),
            .current = static_cast<int>(scale.integer({"status", "replicas"})),
            .selector = std::string(scale.text({"status", "selector"}))};
}

Task<std::string> ApiCalls::read(std::string_view doing, std::string name, net::Request request) const {
    const std::string context = "while " + std::string(doing) + " " + target_.kind.kind + " " + name;
    try {
        co_return co_await client_.call(std::move(request));
    } catch (Error& e) {
        e.add_context(context);
        throw;
    }
}

Task<std::string> ApiCalls::write(std::string_view doing, ObjectKey key, net::Request request) const {
    if (key.ns.empty() && target_.kind.namespaced) key.ns = target_.ns;
    const bool stored = !is_dry_run(request);
    std::string body = co_await read(doing, to_string(key), std::move(request));
    if (observer_ != nullptr && stored) observer_->wrote(written(target_.kind, std::move(key), body));
    co_return body;
}

Task<RawList> ApiCalls::page(ListOptions options) const {
    net::Request request = request::list(target_, options);
    std::string body = co_await read("listing", target_.kind.resource_name(), std::move(request));
    co_return read_list(std::move(body));
}

Task<> ApiCalls::remove(ObjectKey key, RemoveOptions options) const {
    if (key.ns.empty() && target_.kind.namespaced) key.ns = target_.ns;
    net::Request request = request::remove(target_, key, options);
    std::string body = co_await read("removing", to_string(key), std::move(request));
    if (observer_ == nullptr || options.dry_run) co_return;
    Written write = written(target_.kind, key, body);
    // The answer is the object while something still holds it, else a Status.
    if (detail::scan_member(body, "kind") == "\"Status\"") write = {target_.kind, key, {}, {}};
    if (write.uid.empty()) write.uid = options.uid;
    observer_->wrote(std::move(write));
}

Task<> ApiCalls::remove_all(ListOptions which, RemoveOptions options) const {
    net::Request request = request::remove_all(target_, which, options);
    co_await read("removing all", target_.kind.resource_name(), std::move(request));
}

}  // namespace mizzen::kube
