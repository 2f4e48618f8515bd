// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>
#include <algorithm>

#include "mizzen/apiserver/kinds/kind_rules.hpp"
#include "mizzen/json/json.hpp"

namespace mizzen::apiserver {
namespace {

// The fields that are complained about.
std::vector<std::string> complaints(std::string_view text, std::string_view old, bool namespaced = true,
                                    std::string_view name_form = "subdomain") {
    std::vector<FieldError> errors;
    json::Value object = json::parse(text), before = old.empty() ? json::Value() : json::parse(old);
    validate_metadata(object, old.empty() ? nullptr : &before, namespaced, name_form, errors);
    std::vector<std::string> fields;
    for (const FieldError& error : errors) fields.push_back(error.field);
    return fields;
}

using Fields = std::vector<std::string>;

TEST(Metadata, NameFollowsTheFormOfTheKind) {
    constexpr std::string_view dotted = R"({"metadata":{"name":"a.b","namespace":"d"}})",
                               colon = R"({"metadata":{"name":"system:Node","namespace":"d"}})";
    EXPECT_EQ(complaints(dotted, ""), Fields{});
    EXPECT_EQ(complaints(dotted, "", true, "label"), Fields{"metadata.name"});
    EXPECT_EQ(complaints(colon, ""), Fields{"metadata.name"});
    EXPECT_EQ(complaints(colon, "", true, "path"), Fields{});
}

TEST(Metadata, NeedsANamespaceIfTheKindHasOne) {
    EXPECT_EQ(complaints(R"({"metadata":{"name":"a"}})", ""), Fields{"metadata.namespace"});
    EXPECT_EQ(complaints(R"({"metadata":{"name":"a","namespace":"d"}})", "", false), Fields{"metadata.namespace"});
}

TEST(Metadata, LabelsAndAnnotationsHaveGoodKeys) {
    EXPECT_EQ(
        complaints(R"({"metadata":{"name":"a","namespace":"d","labels":{"a b":"x","ok":"-"},"annotations":{"/x":""}}})",
                   ""),
        (Fields{"metadata.labels", "metadata.labels", "metadata.annotations"}));
}

TEST(Metadata, AnnotationsHoldAQuarterOfAMebibyte) {
    json::Value object = json::parse(R"({"metadata":{"name":"a","namespace":"d"}})");
    object.at({"metadata", "annotations", "k"}) = std::string(256 * 1024 - 1, 'x');
    EXPECT_EQ(complaints(json::to_json(object), ""), Fields{});
    object.at({"metadata", "annotations", "k"}) = std::string(256 * 1024, 'x');
    EXPECT_EQ(complaints(json::to_json(object), ""), Fields{"metadata.annotations"});
}

TEST(Metadata, OfABirthNeverChanges) {
    constexpr std::string_view before =
        R"({"metadata":{"name":"a","namespace":"d","uid":"1","creationTimestamp":"2026-01-01T00:00:00Z","resourceVersion":"5"}})";
    EXPECT_EQ(complaints(before, before), Fields{});
    EXPECT_EQ(
        complaints(
            R"({"metadata":{"name":"a","namespace":"d","uid":"2","creationTimestamp":"2026-01-02T00:00:00Z","resourceVersion":"5"}})",
            before),
        (Fields{"metadata.uid", "metadata.creationTimestamp"}));
}

}  // namespace
}  // namespace mizzen::apiserver
