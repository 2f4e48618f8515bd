// SPDX-License-Identifier: Apache-2.0
// Finding and replacing members in stored text.
#include "mizzen/apiserver/store/json_text.hpp"

#include <gtest/gtest.h>

namespace mizzen::apiserver {
namespace {

TEST(MemberText, FindsValuesOfEveryShapeAtAnyDepth) {
    std::string_view json = R"({"a":{"b":[1,{"c":"}"}],"d":"x\"y"},"e":12,"f":null,"g":"last"})";
    EXPECT_EQ(member_text(json, {"a", "b"}), R"([1,{"c":"}"}])");
    EXPECT_EQ(member_text(json, {"a", "d"}), R"("x\"y")");
    EXPECT_EQ(member_text(json, {"e"}), "12");
    EXPECT_EQ(member_text(json, {"f"}), "null");
    EXPECT_EQ(member_text(json, {"g"}), R"("last")");
    EXPECT_EQ(member_text(json, {"h"}), std::nullopt);
    EXPECT_EQ(member_text(json, {"a", "c"}), std::nullopt);
    EXPECT_EQ(member_text("{}", {"a"}), std::nullopt);
}

TEST(WithRevision, ReplacesOnlyTheObjectsOwnResourceVersion) {
    std::string_view json =
        R"({"involvedObject":{"resourceVersion":"7"},"metadata":{"annotations":{"resourceVersion":"7"},"name":"a","resourceVersion":"7"}})";
    EXPECT_EQ(
        with_revision(json, 12345),
        R"({"involvedObject":{"resourceVersion":"7"},"metadata":{"annotations":{"resourceVersion":"7"},"name":"a","resourceVersion":"12345"}})");
    EXPECT_EQ(with_revision(R"({"metadata":{}})", 1), R"({"metadata":{}})");
}

}  // namespace
}  // namespace mizzen::apiserver
