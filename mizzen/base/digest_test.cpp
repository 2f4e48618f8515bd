// SPDX-License-Identifier: Apache-2.0
// Digests of known texts.
#include "mizzen/base/digest.hpp"

#include <gtest/gtest.h>

namespace mizzen {
namespace {

TEST(Digest, OfKnownTexts) {
    EXPECT_EQ(sha256_hex(""), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    EXPECT_EQ(sha256_hex("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    EXPECT_EQ(fnv32_hex(""), "811c9dc5");
    EXPECT_EQ(fnv32_hex("foobar"), "bf9cf968");
    EXPECT_EQ(fnv64_hex(""), "cbf29ce484222325");
    EXPECT_EQ(fnv64_hex("foobar"), "85944171f73967e8");
    EXPECT_EQ(to_hex("\xff\x1e"), "ff1e");
}

}  // namespace
}  // namespace mizzen
