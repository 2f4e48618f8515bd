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

// All that tells the requests for one resource or subresource apart. Length and first letter tell verbs apart.
std::uint64_t rest_of(const Answered& answered) {
    const RequestInfo& info = answered.info;
    const auto verb = static_cast<std::uint64_t>(info.verb.size() << 8 | static_cast<unsigned char>(info.verb[0]));
    return verb << 16 | static_cast<std::uint64_t>(answered.status & 0x3ff) << 3 |
           static_cast<std::uint64_t>(answered.dry_run) << 2 | static_cast<std::uint64_t>(info.name.empty()) << 1 |
           static_cast<std::uint64_t>(info.ns.empty());
}

}  // namespace

RequestMetrics::RequestMetrics(telemetry::Registry* registry) : on_(registry != nullptr) {
    if (!on_) return;
    families_ = registry->make<RequestFamilies>();
    reading_ = families_.inflight[{"readOnly"}];
    mutating_ = families_.inflight[{"mutating"}];
}

RequestMetrics::Series RequestMetrics::series_of(const Answered& answered) const {
    const RequestInfo& info = answered.info;
    const std::string_view verb = verb_of(info), scope = scope_of(info), tried = answered.dry_run ? "All" : "";
    Series out;
    out.requests = families_.requests[{verb, info.group, info.version, info.resource, info.subresource, scope, tried,
                                       component, answered.status}];
    if (info.verb != "watch")
        out.duration =
            families_
                .duration[{verb, info.group, info.version, info.resource, info.subresource, scope, tried, component}];
    return out;
}

void RequestMetrics::count(const Answered& answered) {
    if (!on_) return;
    if (!answered.resource) {
        // Paths that nobody serves would make as many series as there are mistakes.
        if (answered.info.is_resource || answered.status != 404) series_of(answered).add(answered);
        return;
    }
    const std::uint64_t rest = rest_of(answered);
    const auto place = (reinterpret_cast<std::uintptr_t>(answered.resource.get()) >> 4) ^
                       (reinterpret_cast<std::uintptr_t>(answered.subresource) >> 4) ^ rest ^ (rest >> 16);
    Remembered& found = remembered_[place % remembered_.size()];
    if (found.resource != answered.resource || found.subresource != answered.subresource || found.rest != rest)
        found = {answered.resource, answered.subresource, rest, series_of(answered)};
    found.series.add(answered);
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
