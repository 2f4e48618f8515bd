// SPDX-License-Identifier: Apache-2.0
// Every definition and every custom object that was recorded from a real kube-apiserver gets the same answer here.
#include <gtest/gtest.h>

#include <map>

#include "mizzen/apiserver/crd/custom_schema.hpp"
#include "mizzen/apiserver/crd/established_status.hpp"
#include "mizzen/apiserver/kinds/complaint_lines.hpp"
#include "mizzen/apiserver/kinds/kind_rules.hpp"
#include "mizzen/apiserver/selector/recorded.hpp"
#include "mizzen/json/json.hpp"

namespace mizzen::apiserver {
namespace {

using json::Value;

// What the server had put there before it validated: the storage version, after those that were stored before.
Value stored_status(const Value& crd, const Value* old) {
    Value status = json::Object{{"storedVersions", *established_status(crd, "").find("storedVersions")}};
    if (old) status = *old->find("status");
    if (old) status["storedVersions"] = *established_status(crd, "").find("storedVersions");
    return status;
}

TEST(RecordedDefinitions, AreRefusedForTheSameReasons) {
    auto* type = kube::schema::find_object("apiextensions.k8s.io", "v1", "CustomResourceDefinition");
    ASSERT_NE(type, nullptr);
    for (auto& c : recorded(MIZZEN_SOURCE_DIR, "crd/testdata/definitions.json")) {
        SCOPED_TRACE(std::string(c.text("name")));
        auto crd = *c.find("definition");
        auto* old = c.find("old");
        conform(crd, *type);
        default_crd(crd);
        crd["status"] = stored_status(crd, old);
        std::vector<FieldError> errors;
        validate_metadata(crd, old, false, "subdomain", errors);
        for (auto& e : validate_crd(crd, old)) errors.push_back(e);
        std::erase_if(errors, [](auto& e) { return e.field == "metadata.resourceVersion"; });
        EXPECT_EQ(difference(complaint_lines(errors), recorded_lines(*c.find("want"))), "");
    }
}

class RecordedObjects : public testing::Test {
  protected:
    RecordedObjects() {
        for (auto& s : recorded(MIZZEN_SOURCE_DIR, "crd/testdata/schemas.json")) {
            schemas_.emplace(s.text("name"), CustomSchema::build(*s.find("schema"), false));
        }
    }
    std::map<std::string, std::shared_ptr<const CustomSchema>, std::less<>> schemas_;
};

TEST_F(RecordedObjects, BecomeTheSame) {
    for (auto& c : recorded(MIZZEN_SOURCE_DIR, "crd/testdata/objects.json")) {
        auto object = *c.find("object");
        SCOPED_TRACE(std::string(c.text("schema")) + " " + json::to_json(*object.find("spec")));
        auto& schema = *schemas_.find(c.text("schema"))->second;
        auto& want = *c.find("want");
        std::vector<std::string> unknown;
        try {
            unknown = schema.prune(object);
        } catch (const StatusError& e) {
            EXPECT_EQ(e.message, want.text("message"));
            EXPECT_EQ(e.code, want.integer({"code"}));
            continue;
        }
        schema.apply_defaults(object);
        auto errors = schema.validate(object, c.find("old"));
        EXPECT_EQ(difference(complaint_lines(errors), recorded_lines(want)), "");
        if (auto* became = want.find("object"); became && errors.empty()) {
            auto* spec = object.find("spec");
            EXPECT_EQ(spec ? *spec : Value(), became->find("spec") ? *became->find("spec") : Value());
        }
        for (auto& path : unknown)
            EXPECT_NE(c.text("strict").find("unknown field \"" + path + "\""), std::string_view::npos) << path;
        auto strict = c.text("strict");
        bool says_unknown = strict.find("unknown field") != std::string_view::npos;
        EXPECT_EQ(!unknown.empty(), says_unknown || (!unknown.empty() && strict.empty()));
    }
}

}  // namespace
}  // namespace mizzen::apiserver
