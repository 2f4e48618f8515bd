// SPDX-License-Identifier: Apache-2.0
// zstd there and back, and who would rather have it than gzip.
#include "mizzen/net/zstd.hpp"

#include <gtest/gtest.h>

#include "mizzen/base/error.hpp"
#include "mizzen/net/http.hpp"

namespace mizzen::net {
namespace {

std::string some_text() {
    std::string text;
    for (int i = 0; i < 20'000; ++i) text += std::to_string(i * 7919);
    return text;
}

std::string problem(std::string_view packed, std::size_t limit = 1u << 20) {
    try {
        unzstd(packed, limit);
    } catch (const Error& error) {
        EXPECT_EQ(error.kind(), ErrorKind::invalid);
        return error.what();
    }
    return "";
}

TEST(Zstd, UnpacksWhatItPacks) {
    const std::string text = some_text();
    for (const int level : {-5, 1, 9, 19, 22}) {
        const std::string packed = zstd(text, level);
        EXPECT_LT(packed.size(), text.size()) << level;
        EXPECT_TRUE(unzstd(packed) == text) << level;
    }
    EXPECT_LT(zstd(text, 19).size(), zstd(text, 1).size());
    EXPECT_EQ(unzstd(zstd("")), "");
    EXPECT_EQ(unzstd(zstd(std::string("\0a\0", 3))), std::string("\0a\0", 3));
}

TEST(Zstd, UnpacksFrameAfterFrame) {
    // The second is what zstd(1) calls a skippable frame (RFC 8878, 3.1.2).
    EXPECT_EQ(unzstd(zstd("one ") + std::string("\x50\x2a\x4d\x18\x03\0\0\0abc", 11) + zstd("") + zstd("two")),
              "one two");
}

TEST(Zstd, ReadsWhatOthersPacked) {
    // RFC 8878 by hand: the magic number, one segment of 5 bytes, a raw last block.
    EXPECT_EQ(unzstd(std::string("\x28\xb5\x2f\xfd\x20\x05\x29\0\0hello", 14)), "hello");
    // 1000 times x as a run, without the size of the content: a window of 1 KiB.
    EXPECT_EQ(unzstd(std::string("\x28\xb5\x2f\xfd\x00\x00\x43\x1f\0x", 10)), std::string(1000, 'x'));
}

TEST(Zstd, RefusesEveryPiece) {
    const std::string packed = zstd("a text that is long enough for more than one byte of everything");
    EXPECT_EQ(problem(""), "a compressed body is cut off");
    for (std::size_t size = 1; size < packed.size(); ++size)
        EXPECT_EQ(problem(packed.substr(0, size)), "a compressed body is cut off") << size;
    EXPECT_NE(problem(packed + packed.substr(0, 3)), "");
    EXPECT_NE(problem(packed + "x"), "");
}

TEST(Zstd, RefusesWhatIsNotZstdDamagedOrTooMuch) {
    EXPECT_NE(problem("certainly not zstd").find("is not zstd"), std::string::npos);
    const std::string packed = zstd(some_text());
    for (std::size_t at = 0; at < packed.size(); at += 97) {
        std::string damaged = packed;
        damaged[at] = static_cast<char>(damaged[at] ^ 0x55);
        EXPECT_NE(problem(damaged), "") << at;
    }
    const std::string large = zstd(std::string(2'000'000, 'x'));
    EXPECT_EQ(problem(large, 1'999'999), "a compressed body unpacks to over 1999999 bytes");
    EXPECT_EQ(unzstd(large, 2'000'000).size(), 2'000'000u);
    // A window of 2 GiB in ten bytes.
    EXPECT_NE(problem(std::string("\x28\xb5\x2f\xfd\x00\xa8\x43\x1f\0x", 10)), "");
}

TEST(Zstd, IsPreferredByWeight) {
    struct Case {
        const char* accepted;
        bool wanted;
    };
    const Case cases[] = {{"zstd", true},
                          {"gzip, zstd", true},
                          {"zstd;q=0.5, gzip;q=0.5", true},
                          {"ZSTD;Q=0.9,gzip;q=0.5", true},
                          {"gzip, zstd;q=0.9", false},
                          {"gzip, zstd;q=0.999", false},
                          {"zstd;q=0", false},
                          {"zstd;q=0.000, gzip", false},
                          {"zstd;q=2", false},
                          {"zstd;q=best", false},
                          {"gzip", false},
                          {"", false}};
    for (const Case& c : cases) EXPECT_EQ(prefers_zstd({{"Accept-Encoding", c.accepted}}), c.wanted) << c.accepted;
    EXPECT_FALSE(prefers_zstd({}));
}

}  // namespace
}  // namespace mizzen::net
