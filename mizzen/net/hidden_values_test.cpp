// SPDX-License-Identifier: Apache-2.0
// Values that are not shown.
#include "mizzen/net/hidden_values.hpp"

#include <gtest/gtest.h>

namespace mizzen::net {
namespace {

TEST(HiddenValues, AreReplacedWhereverTheyStand) {
    const std::pair<std::string, std::string> headers[] = {{"authorization", "Bearer s3cret"}, {"x-key", "abc"}};
    EXPECT_EQ(with_hidden_values("no Bearer s3cret, s3crets3cret", headers), "no ***, ******");
    EXPECT_EQ(with_hidden_values("abc", headers), "abc") << "too short for a key";
    EXPECT_EQ(with_hidden_values("", headers), "");
    EXPECT_EQ(with_hidden_values("text", {}), "text");
}

}  // namespace
}  // namespace mizzen::net
