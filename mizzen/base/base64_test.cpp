// SPDX-License-Identifier: Apache-2.0
// The test vectors of RFC 4648, section 10, and what is refused.
#include "mizzen/base/base64.hpp"

#include <gtest/gtest.h>

#include "mizzen/base/random.hpp"

namespace mizzen {
namespace {

TEST(Base64, KnowsTheVectorsOfTheRfc) {
    struct Case {
        std::string_view bytes, standard, url;
    };
    const Case cases[] = {
        {"", "", ""},
        {"f", "Zg==", "Zg"},
        {"fo", "Zm8=", "Zm8"},
        {"foo", "Zm9v", "Zm9v"},
        {"foob", "Zm9vYg==", "Zm9vYg"},
        {"fooba", "Zm9vYmE=", "Zm9vYmE"},
        {"foobar", "Zm9vYmFy", "Zm9vYmFy"},
        {"\xfb\xff\xbf", "+/+/", "-_-_"},
    };
    for (const Case& c : cases) {
        EXPECT_EQ(to_base64(c.bytes), c.standard);
        EXPECT_EQ(to_base64_url(c.bytes), c.url);
        EXPECT_EQ(from_base64(c.standard), c.bytes);
        EXPECT_EQ(from_base64_url(c.url), c.bytes);
    }
}

TEST(Base64, SkipsLineBreaksOnly) {
    EXPECT_EQ(from_base64("Zm9v\r\nYmFy\n"), "foobar");
    for (const std::string_view bad :
         {"Z", "Zg", "Zg=", "Zg===", "Z===", "====", "=", "Zm9v=", "Zg==Zg==", "Zm 9v", "Zm9-", "Zm9v\xff"})
        EXPECT_EQ(from_base64(bad), std::nullopt) << bad;
    for (const std::string_view bad : {"Z", "Zg==", "Zm9+"}) EXPECT_EQ(from_base64_url(bad), std::nullopt) << bad;
}

TEST(Base64, AnyBytesComeBack) {
    Random random(3);
    for (std::size_t n = 0; n < 100; ++n) {
        std::string bytes(n, '\0');
        for (char& c : bytes) c = static_cast<char>(random());
        EXPECT_EQ(from_base64(to_base64(bytes)), bytes);
        EXPECT_EQ(from_base64_url(to_base64_url(bytes)), bytes);
    }
}

}  // namespace
}  // namespace mizzen
