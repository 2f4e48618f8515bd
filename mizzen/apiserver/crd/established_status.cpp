// SPDX-License-Identifier: Apache-2.0
// default_crd and established_status: what the server adds to a CustomResourceDefinition.
#include "mizzen/apiserver/crd/established_status.hpp"

#include <algorithm>

#include "mizzen/apiserver/crd/custom_schema.hpp"
#include "mizzen/base/text.hpp"

namespace mizzen::apiserver {
namespace {

using json::Value;

// Of the storage version, after those that were there.
Value stored_versions(const Value& crd) {
    json::Array out;
    if (auto* before = crd.find_path({"status", "storedVersions"}); before && before->is_array())
        out = before->as_array();
    auto* versions = crd.find_path({"spec", "versions"});
    if (!versions || !versions->is_array()) return out;
    for (auto& v : versions->as_array()) {
        auto* storage = v.find("storage");
        if (!storage || !storage->is_bool() || !storage->as_bool()) continue;
        Value name(v.text("name"));
        if (std::find(out.begin(), out.end(), name) == out.end()) out.push_back(name);
        break;
    }
    return out;
}

void set_condition(json::Array& conditions, std::string_view type, std::string_view reason, std::string_view message,
                   const std::string& now) {
    auto there = std::find_if(conditions.begin(), conditions.end(), [&](auto& c) { return c.text("type") == type; });
    auto since = there != conditions.end() && there->text("status") == "True"
                     ? std::string(there->text("lastTransitionTime"))
                     : now;
    Value condition = json::Object{
        {"type", type}, {"status", "True"}, {"reason", reason}, {"message", message}, {"lastTransitionTime", since}};
    if (there == conditions.end())
        conditions.push_back(std::move(condition));
    else
        *there = std::move(condition);
}

void default_port(Value* service) {
    if (service && service->is_object() && !service->find("port")) (*service)["port"] = 443;
}

}  // namespace

json::Value established_status(const json::Value& crd, const std::string& now) {
    Value status{json::Object()};
    if (auto* before = crd.find("status"); before && before->is_object()) status = *before;
    if (auto* names = crd.find_path({"spec", "names"})) status["acceptedNames"] = *names;
    status["storedVersions"] = stored_versions(crd);
    if (auto* there = status.find("conditions"); !there || !there->is_array()) status["conditions"] = json::Array();
    auto& conditions = status["conditions"].as_array();
    set_condition(conditions, "NamesAccepted", "NoConflicts", "no conflicts found", now);
    set_condition(conditions, "Established", "InitialNamesAccepted", "the initial names have been accepted", now);
    return status;
}

void default_crd(json::Value& crd) {
    auto& spec = crd["spec"];
    if (!spec.is_object()) return;
    auto& names = spec["names"];
    if (names.is_object()) {
        auto kind = std::string(names.text("kind"));
        if (names.text("singular").empty() && !kind.empty()) names["singular"] = to_lower(kind);
        if (names.text("listKind").empty() && !kind.empty()) names["listKind"] = kind + "List";
    }
    auto* conversion = spec.find("conversion");
    if (!conversion || conversion->is_null()) spec["conversion"] = json::Object{{"strategy", "None"}};
    default_port(spec.find_path({"conversion", "webhook", "clientConfig", "service"}));
}

}  // namespace mizzen::apiserver
