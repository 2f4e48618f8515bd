// SPDX-License-Identifier: Apache-2.0
// The names of resources.
#include "mizzen/apiserver/kinds/resource_names.hpp"

#include <algorithm>

#include "mizzen/base/quantity.hpp"

namespace mizzen::apiserver {
namespace {

const std::vector<std::string_view> container_resources{"cpu", "ephemeral-storage", "memory"};
const std::vector<std::string_view> quota_resources{"configmaps",
                                                    "cpu",
                                                    "ephemeral-storage",
                                                    "limits.cpu",
                                                    "limits.ephemeral-storage",
                                                    "limits.memory",
                                                    "memory",
                                                    "persistentvolumeclaims",
                                                    "pods",
                                                    "replicationcontrollers",
                                                    "requests.cpu",
                                                    "requests.ephemeral-storage",
                                                    "requests.memory",
                                                    "requests.storage",
                                                    "resourcequotas",
                                                    "secrets",
                                                    "services",
                                                    "services.loadbalancers",
                                                    "services.nodeports"};
const std::vector<std::string_view> whole_resources{"configmaps",
                                                    "persistentvolumeclaims",
                                                    "pods",
                                                    "replicationcontrollers",
                                                    "resourcequotas",
                                                    "secrets",
                                                    "services",
                                                    "services.loadbalancers",
                                                    "services.nodeports"};

bool is_huge_page(std::string_view name) { return name.starts_with("hugepages-"); }

}  // namespace

bool is_container_resource(std::string_view name) { return contains(container_resources, name) || is_huge_page(name); }

bool is_quota_resource(std::string_view name) {
    return contains(quota_resources, name) || is_huge_page(name) || name.starts_with("requests.hugepages-");
}

bool is_standard_resource(std::string_view name) { return is_quota_resource(name) || name == "storage"; }

bool is_native_resource(std::string_view name) {
    return name.find('/') == std::string_view::npos || name.find("kubernetes.io/") != std::string_view::npos;
}

bool is_extended_resource(std::string_view name) {
    return !is_native_resource(name) && !name.starts_with("requests.") &&
           label_key("requests." + std::string(name)).empty();
}

bool check_not_negative(const Place& quantity) {
    auto amount = parse_quantity(quantity.text());
    bool negative = amount && *amount < Quantity();
    if (negative) quantity.invalid(to_string(*amount), "must be greater than or equal to 0");
    return !negative;
}

void check_resource_quantity(const Place& quantity, std::string_view resource) {
    check_not_negative(quantity);
    auto amount = parse_quantity(quantity.text());
    bool whole = contains(whole_resources, resource) || is_extended_resource(resource);
    if (whole && amount && amount->milli() % 1000 != 0) quantity.invalid(to_string(*amount), "must be an integer");
}

}  // namespace mizzen::apiserver
