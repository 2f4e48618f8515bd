// SPDX-License-Identifier: Apache-2.0
// Limits and requests of containers.
#include <fmt/format.h>

#include <set>

#include "mizzen/apiserver/kinds/pods/pod_rules.hpp"
#include "mizzen/apiserver/kinds/resource_names.hpp"
#include "mizzen/base/quantity.hpp"

namespace mizzen::apiserver {
namespace {

void check_container_resource(const Place& at, std::string_view name) {
    auto before = at.errors().size();
    for (auto& wrong : label_key(name)) at.invalid(name, wrong);
    bool is_short = name.find('/') == std::string_view::npos;
    if (at.errors().size() == before && is_short && !is_standard_resource(name))
        at.invalid(name, "must be a standard resource type or fully qualified");
    if (is_short && !is_container_resource(name))
        at.invalid(name, "must be a standard resource for containers");
    else if (!is_short && !is_native_resource(name) && !is_extended_resource(name))
        at.invalid(name, "doesn't follow extended resource name standard");
}

void check_claims(const Place& claims) {
    std::set<std::string_view> names;
    for (auto& claim : claims.items()) {
        auto name = claim.at("name").text();
        if (name.empty())
            claim.required();
        else if (!names.insert(name).second)
            claim.errors().push_back(duplicate_value(claim.path(), name));
    }
}

}  // namespace

void check_resources(const Place& resources) {
    auto limits = resources.at("limits"), requests = resources.at("requests");
    for (auto& limit : limits.entries()) {
        check_container_resource(limit, limit.name());
        check_resource_quantity(limit, limit.name());
    }
    for (auto& request : requests.entries()) {
        check_container_resource(request, request.name());
        check_resource_quantity(request, request.name());
        auto wanted = parse_quantity(request.text()), most = parse_quantity(limits.at(request.name()).text());
        bool overcommits = is_native_resource(request.name()) && !request.name().starts_with("hugepages-");
        if (wanted && most && *wanted != *most && !overcommits) {
            requests.invalid(to_string(*wanted),
                             fmt::format("must be equal to {} limit of {}", request.name(), to_string(*most)));
        } else if (wanted && most && *wanted > *most) {
            requests.invalid(to_string(*wanted), fmt::format("must be less than or equal to {} limit of {}",
                                                             request.name(), to_string(*most)));
        } else if (!most && !overcommits) {
            limits.required("Limit must be set for non overcommitable resources");
        }
    }
    check_claims(resources.at("claims"));
}

}  // namespace mizzen::apiserver
