// SPDX-License-Identifier: Apache-2.0
// What a real kube-apiserver said about validation rules, when definitions and when objects were written, is said here.
#include <gtest/gtest.h>

#include "mizzen/apiserver/crd/custom_schema.hpp"
#include "mizzen/apiserver/crd/established_status.hpp"
#include "mizzen/apiserver/kinds/complaint_lines.hpp"
#include "mizzen/apiserver/selector/recorded.hpp"
#include "mizzen/json/json.hpp"

namespace mizzen::apiserver {
namespace {

using json::Value;
using Lines = std::set<std::string>;

Lines lines(const std::vector<FieldError>& errors) {
    Lines out;
    for (auto& e : errors) out.insert(e.field + " " + e.reason + ": " + e.message);
    return out;
}

Lines said(const Value& want) {
    Lines out;
    auto* causes = want.find("causes");
    for (auto& c : causes ? causes->as_array() : json::Array())
        out.insert(
            std::string(c.text("field")).append(" ").append(c.text("reason")).append(": ").append(c.text("message")));
    return out;
}

Value with_rule(Value base, std::string_view rule) {
    auto& version = base["spec"]["versions"].as_array()[0];
    auto& spec = version["schema"]["openAPIV3Schema"]["properties"]["spec"];
    spec["x-kubernetes-validations"] = json::Array{json::Object{{"rule", rule}}};
    return base;
}

TEST(RecordedRules, AreAcceptedAndRefusedForTheSameReasons) {
    auto cases = recorded(MIZZEN_SOURCE_DIR, "crd/testdata/rules.json");
    for (auto& c : cases) {
        if (c.find("base")) continue;
        auto crd = c.find("definition") ? *c.find("definition") : with_rule(*cases[0].find("base"), c.text("rule"));
        SCOPED_TRACE(std::string(c.find("definition") ? c.text("name") : c.text("rule")));
        default_crd(crd);
        crd["status"] = json::Object{{"storedVersions", *established_status(crd, "").find("storedVersions")}};
        EXPECT_EQ(difference(lines(validate_crd(crd, nullptr)), said(*c.find("want"))), "");
    }
}

TEST(RecordedRules, AcceptAndRefuseTheSameObjects) {
    for (auto& c : recorded(MIZZEN_SOURCE_DIR, "crd/testdata/rule_objects.json")) {
        auto schema = CustomSchema::build(*c.find("schema"), false);
        for (auto& one : c.find("cases")->as_array()) {
            auto object = *one.find("object");
            auto* old = one.find("old");
            SCOPED_TRACE(std::string(c.text("name")) + " " + json::to_json(*object.find("spec")).substr(0, 200) +
                         (old ? " was " + json::to_json(*old->find("spec")) : ""));
            schema->prune(object);
            schema->apply_defaults(object);
            EXPECT_EQ(difference(lines(schema->validate(object, old)), said(*one.find("want"))), "");
        }
    }
}

}  // namespace
}  // namespace mizzen::apiserver
