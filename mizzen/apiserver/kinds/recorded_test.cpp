// SPDX-License-Identifier: Apache-2.0
// Every wrong object that was recorded from a real kube-apiserver is refused for the same reasons here, and every good
// one becomes the same.
#include <gtest/gtest.h>

#include "mizzen/apiserver/kinds/complaint_lines.hpp"
#include "mizzen/apiserver/kinds/kind_rules.hpp"
#include "mizzen/apiserver/selector/recorded.hpp"
#include "mizzen/json/json.hpp"
#include "mizzen/kube/schema/defaults.hpp"

namespace mizzen::apiserver {
namespace {

using json::Value;

struct GroupVersion {
    std::string group, version;
};

GroupVersion group_version(const Value& object) {
    std::string text(object.text("apiVersion"));
    auto slash = text.find('/');
    if (slash == std::string::npos) return {"", text};
    return {text.substr(0, slash), text.substr(slash + 1)};
}

const kube::schema::Type* type_of(const Value& object) {
    auto gv = group_version(object);
    return kube::schema::find_object(gv.group, gv.version, object.text("kind"));
}

bool is_namespaced(const Value& object) {
    auto gv = group_version(object);
    auto* resource = kube::schema::find_kind(gv.group, gv.version, object.text("kind"));
    return resource && resource->namespaced;
}

Value as_received(Value object) {
    auto gv = group_version(object);
    conform(object, *type_of(object));
    kube::schema::apply_defaults(gv.group, gv.version, object.text("kind"), object);
    return object;
}

std::set<std::string> complaints(const Value& sent, const Value* old) {
    auto object = as_received(sent);
    auto gv = group_version(object);
    auto* rules = find_kind_rules(gv.group, object.text("kind"));
    if (!is_namespaced(object)) object.find("metadata")->erase("namespace");
    if (is_namespaced(object) && object.text({"metadata", "namespace"}).empty())
        object.at({"metadata", "namespace"}) = "default";
    if (!old) object.at({"metadata", "uid"}) = "00000000-0000-0000-0000-000000000000";
    if (!old && rules && rules->has_status) object.erase("status");
    if (!old && rules && rules->prepare_create) rules->prepare_create(object);
    if (old && rules && rules->prepare_update) rules->prepare_update(object, *old);
    std::vector<FieldError> errors;
    validate_metadata(object, old, is_namespaced(object), rules ? rules->name_form : "subdomain", errors);
    validate_schema(object, *type_of(object), errors);
    if (rules && rules->validate) rules->validate(object, old, errors);
    return complaint_lines(errors);
}

TEST(RecordedKinds, WrongObjectsAreRefusedForTheSameReasons) {
    for (auto& c : recorded(MIZZEN_SOURCE_DIR, "kinds/testdata/wrong.json")) {
        auto& object = *c.find("object");
        auto code = c.find("want")->integer({"code"});
        if (object.find("too large") || code == 409) continue;
        SCOPED_TRACE(std::string(c.text("kind")) + " " +
                     json::to_json(c.find("old") ? *object.find("metadata") : object));
        EXPECT_EQ(difference(complaints(object, c.find("old")), recorded_lines(*c.find("want"))), "");
    }
}

// What the server alone decides.
void forget_system(Value& object) {
    auto* metadata = object.find("metadata");
    for (auto* key : {"uid", "creationTimestamp", "resourceVersion", "managedFields", "generation", "namespace"})
        metadata->erase(key);
    if (object.text("kind") == "Service") {
        for (auto* key : {"clusterIP", "clusterIPs", "ipFamilies", "ipFamilyPolicy", "healthCheckNodePort"})
            object.find("spec")->erase(key);
        if (auto* ports = object.find("spec")->find("ports")) {
            for (auto& port : ports->as_array()) port.erase("nodePort");
        }
    }
    if (auto* status = object.find("status")) status->erase("lastPhaseTransitionTime");
}

TEST(RecordedKinds, GoodObjectsBecomeTheSame) {
    for (auto& c : recorded(MIZZEN_SOURCE_DIR, "kinds/testdata/good.json")) {
        auto object = as_received(*c.find("sent"));
        auto became = *c.find("became");
        SCOPED_TRACE(std::string(c.text("kind")) + " " + json::to_json(*c.find("sent")));
        auto* rules = find_kind_rules(group_version(object).group, object.text("kind"));
        EXPECT_EQ(rules && rules->has_generation, became.find_path({"metadata", "generation"}) != nullptr);
        object.at({"metadata", "uid"}) = became.text({"metadata", "uid"});
        if (rules && rules->has_status) object.erase("status");
        if (rules && rules->prepare_create) rules->prepare_create(object);
        complete(object, *type_of(object));
        forget_system(object);
        forget_system(became);
        EXPECT_EQ(json::to_pretty_json(object), json::to_pretty_json(became));
    }
}

}  // namespace
}  // namespace mizzen::apiserver
