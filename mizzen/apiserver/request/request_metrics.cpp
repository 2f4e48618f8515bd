// SPDX-License-Identifier: Apache-2.0
#include "mizzen/apiserver/request/request_metrics.hpp"

#include <array>

namespace mizzen::apiserver {
namespace {

constexpr std::string_view component = "apiserver";

// As metrics name verbs: by the method, but for the reads of many and the removals of many.
std::string_view verb_of(const RequestInfo& info) {
    using Pair = std::pair<std::string_view, std::string_view>;
    constexpr std::array<Pair, 8> names = {
        Pair{"get", "GET"}, {"list", "LIST"},   {"watch", "WATCH"},   {"create", "POST"},
        {"update", "PUT"},  {"patch", "PATCH"}, {"delete", "DELETE"}, {"deletecollection", "DELETECOLLECTION"}};
    for (const auto& [verb, name] : names)
        if (verb == info.verb) return name;
    return info.verb == "post" ? "POST" : info.verb == "put" ? "PUT" : "other";
}

std::string_view scope_of(const RequestInfo& info) {
    if (!info.is_resource) return "";
    if (!info.name.empty() || info.verb == "create") return "resource";
    return info.ns.empty() ? "cluster" : "namespace";
}

}  // namespace

RequestMetrics::RequestMetrics(telemetry::Registry* registry) : on_(registry != nullptr) {
    if (!on_) return;
    families_ = registry->make<RequestFamilies>();
    reading_ = families_.inflight[{"readOnly"}];
    mutating_ = families_.inflight[{"mutating"}];
}

void RequestMetrics::count(const RequestInfo& info, bool dry_run, int status, Duration took) const {
    // Paths that nobody serves would make as many series as there are mistakes.
    if (!on_ || (!info.is_resource && status == 404)) return;
    const std::string_view verb = verb_of(info), scope = scope_of(info), tried = dry_run ? "All" : "";
    families_
        .requests[{verb, info.group, info.version, info.resource, info.subresource, scope, tried, component, status}]
        .add();
    if (info.verb == "watch") return;
    families_.duration[{verb, info.group, info.version, info.resource, info.subresource, scope, tried, component}]
        .observe(took);
}

Running RequestMetrics::inflight(std::string_view method) const {
    return Running(method == "GET" || method == "HEAD" ? reading_ : mutating_);
}

Running RequestMetrics::watch(const RequestInfo& info) const {
    if (!on_) return {};
    return Running(families_.long_running[{verb_of(info), info.group, info.version, info.resource, info.subresource,
                                           scope_of(info), component}]);
}

}  // namespace mizzen::apiserver
