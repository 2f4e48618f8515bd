// SPDX-License-Identifier: Apache-2.0
// Implements served_resource.hpp.
#include "mizzen/apiserver/catalog/served_resource.hpp"

#include <algorithm>

#include "mizzen/apiserver/request/request_info.hpp"

namespace mizzen::apiserver {
namespace {

std::string qualified(const std::string& name, const std::string& group) {
    return group.empty() ? name : name + "." + group;
}

}  // namespace

std::string ServedResource::api_version() const { return join_api_version(group, version); }
std::string ServedResource::group_resource() const { return qualified(plural, group); }
std::string ServedResource::group_kind() const { return qualified(kind, group); }

bool ServedResource::has_verb(std::string_view verb) const {
    return std::find(verbs.begin(), verbs.end(), verb) != verbs.end();
}

const ServedSubresource* ServedResource::find_subresource(std::string_view name) const {
    for (const ServedSubresource& s : subresources)
        if (s.name == name) return &s;
    return nullptr;
}

const TableLayout& ServedResource::layout() const { return custom ? *custom->layout : builtin_layout(group, kind); }

std::string_view ServedResource::name_form() const { return rules ? rules->name_form : "subdomain"; }

bool ServedResource::has_status() const { return custom ? custom->has_status : rules && rules->has_status; }

}  // namespace mizzen::apiserver
