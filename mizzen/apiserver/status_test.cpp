// SPDX-License-Identifier: Apache-2.0
// The sentences, codes and causes of Status, as recorded from kube-apiserver.
#include "mizzen/apiserver/status.hpp"

#include <gtest/gtest.h>

#include "mizzen/json/json.hpp"

namespace mizzen::apiserver {
namespace {

TEST(Status, SaysWhatKubeApiserverSays) {
    struct Case {
        StatusError error;
        int code;
        std::string_view reason, message;
    };
    const Case cases[] = {
        {not_found("apps", "deployments", "x"), 404, "NotFound", R"(deployments.apps "x" not found)"},
        {not_found("", "pods", "a\"b"), 404, "NotFound", R"(pods "a\"b" not found)"},
        {already_exists("", "pods", "x"), 409, "AlreadyExists", R"(pods "x" already exists)"},
        {generated_name_exists("", "pods", "x"), 409, "AlreadyExists",
         R"(pods "x" already exists, the server was not able to generate a unique name for the object)"},
        {conflict("apps", "deployments", "x", object_was_modified), 409, "Conflict",
         R"(Operation cannot be fulfilled on deployments.apps "x": the object has been modified; please apply your changes to the latest version and try again)"},
        {access_denied("u", "list", "", "pods", "", "", "default", ""), 403, "Forbidden",
         R"(pods is forbidden: User "u" cannot list resource "pods" in API group "" in the namespace "default")"},
        {access_denied("u", "get", "apps", "deployments", "scale", "x", "", "no role"), 403, "Forbidden",
         R"(deployments.apps "x" is forbidden: User "u" cannot get resource "deployments/scale" in API group "apps" at the cluster scope: no role)"},
        {access_denied("<b>&", "get", "", "nodes", "", "", "", ""), 403, "Forbidden",
         R"(nodes is forbidden: User "&lt;b&gt;&amp;" cannot get resource "nodes" in API group "" at the cluster scope)"},
        {path_denied("u", "get", "/metrics", ""), 403, "Forbidden",
         R"(forbidden: User "u" cannot get path "/metrics")"},
        {refused("", "pods", "x", "exceeded quota"), 403, "Forbidden", R"(pods "x" is forbidden: exceeded quota)"},
        {unauthorized(), 401, "Unauthorized", "Unauthorized"},
        {resource_version_too_large(9, 5), 504, "Timeout", "Timeout: Too large resource version: 9, current: 5"},
        {method_not_supported("apps", "deployments", "connect"), 405, "MethodNotAllowed",
         R"(connect is not supported on resources of kind "deployments.apps")"},
        {not_acceptable({"a/b", "c/d"}), 406, "NotAcceptable", "only the following media types are accepted: a/b, c/d"},
        {unsupported_media_type("x", {"a/b"}), 415, "UnsupportedMediaType",
         "the body of the request was in an unknown format - accepted media types include: a/b"},
        {request_too_large("limit is 3"), 413, "RequestEntityTooLarge", "Request entity too large: limit is 3"},
        {internal_error("x"), 500, "InternalError", "Internal error occurred: x"},
        {unprocessable(), 422, "Invalid", "the server rejected our request due to an error in our request"},
        {page_not_found(), 404, "NotFound", "the server could not find the requested resource"},
    };
    for (const auto& c : cases) {
        EXPECT_EQ(c.error.message, c.message);
        EXPECT_EQ(c.error.code, c.code) << c.message;
        EXPECT_EQ(c.error.reason, c.reason) << c.message;
    }
}

TEST(Status, JoinsFieldErrorsInBracketsWhenThereAreSeveral) {
    auto one = invalid("apps", "Deployment", "x", {required_value("spec.a")});
    EXPECT_EQ(one.message, R"(Deployment.apps "x" is invalid: spec.a: Required value)");
    auto two =
        invalid("apps", "Deployment", "x", {required_value("spec.a"), invalid_value("spec.b", "q", "must be r")});
    EXPECT_EQ(two.message,
              R"(Deployment.apps "x" is invalid: [spec.a: Required value, spec.b: Invalid value: "q": must be r])");
    ASSERT_EQ(two.causes.size(), 2u);
    EXPECT_EQ(two.causes[1].reason, "FieldValueInvalid");
    EXPECT_EQ(two.causes[1].field, "spec.b");
    EXPECT_EQ(two.causes[1].message, R"(Invalid value: "q": must be r)");
}

TEST(Status, TellsTheSameFieldErrorOnceButKeepsEachCause) {
    auto e = invalid("", "Pod", "x", {required_value("spec.a"), required_value("spec.a")});
    EXPECT_EQ(e.message, R"(Pod "x" is invalid: spec.a: Required value)");
    EXPECT_EQ(e.causes.size(), 2u);
}

TEST(Status, WritesFieldErrorsAsGoDoes) {
    using json::Value;
    struct Case {
        FieldError error;
        std::string_view reason, message;
    };
    const Case cases[] = {
        {invalid_value("f", -1, "must be greater"), "FieldValueInvalid", "Invalid value: -1: must be greater"},
        {invalid_value("f", 1.5, "no"), "FieldValueInvalid", "Invalid value: 1.5: no"},
        {invalid_value("f", 1e21, "no"), "FieldValueInvalid", "Invalid value: 1e+21: no"},
        {invalid_value("f", json::Array{"a"}, "no"), "FieldValueInvalid", R"(Invalid value: ["a"]: no)"},
        {invalid_value("f", nullptr, "no"), "FieldValueInvalid", "Invalid value: null: no"},
        {type_invalid("f", true, "no"), "FieldValueTypeInvalid", "Invalid value: true: no"},
        {forbidden("f", "no"), "FieldValueForbidden", "Forbidden: no"},
        {duplicate_value("f", "a"), "FieldValueDuplicate", R"(Duplicate value: "a")"},
        {value_not_found("f", "a"), "FieldValueNotFound", R"(Not found: "a")"},
        {not_supported("f", "a", {"b", "c"}), "FieldValueNotSupported",
         R"(Unsupported value: "a": supported values: "b", "c")"},
        {too_long("f", 63), "FieldValueTooLong", "Too long: may not be more than 63 bytes"},
        {too_long_characters("f", 1), "FieldValueTooLong", "Too long: may not be more than 1 character"},
        {too_short("f", 2), "FieldValueTooShort", "Too short: must be at least 2 characters"},
        {too_many("f", 3, 1), "FieldValueTooMany", "Too many: 3: must have at most 1 item"},
        {too_few("f", 0, 1), "FieldValueTooFew", "Too few: 0: must have at least 1 item"},
    };
    for (const auto& c : cases) {
        EXPECT_EQ(c.error.message, c.message);
        EXPECT_EQ(c.error.reason, c.reason);
    }
}

TEST(Status, QuotesAsGoDoes) {
    EXPECT_EQ(quoted("a\n\t\"\\\x01\x7f"), R"("a\n\t\"\\\x01\x7f")");
    EXPECT_EQ(quoted("é\xc2\xa0\xff€"), R"("é\u00a0\xff€")");
    EXPECT_EQ(quoted("\xed\xa0\x80"), R"("\xed\xa0\x80")");
}

TEST(Status, IsWrittenAsAValue) {
    auto e = not_found("apps", "deployments", "x");
    EXPECT_EQ(
        json::to_json(e.to_value()),
        R"({"apiVersion":"v1","code":404,"details":{"group":"apps","kind":"deployments","name":"x"},"kind":"Status",)"
        R"("message":"deployments.apps \"x\" not found","metadata":{},"reason":"NotFound","status":"Failure"})");
    EXPECT_EQ(
        json::to_json(unauthorized().to_value()),
        R"({"apiVersion":"v1","code":401,"kind":"Status","message":"Unauthorized","metadata":{},"reason":"Unauthorized","status":"Failure"})");
    auto old = expired("too old");
    old.continue_token = "t";
    EXPECT_EQ(old.to_value().text({"metadata", "continue"}), "t");
    EXPECT_EQ(too_many_requests("m", 7).to_value().integer({"details", "retryAfterSeconds"}), 7);
    EXPECT_TRUE(page_not_found().to_value().find("details")->as_object().empty());
}

}  // namespace
}  // namespace mizzen::apiserver
