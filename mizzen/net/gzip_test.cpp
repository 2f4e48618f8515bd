// SPDX-License-Identifier: Apache-2.0
// gzip there and back.
#include "mizzen/net/gzip.hpp"

#include <gtest/gtest.h>

#include "mizzen/base/error.hpp"

namespace mizzen::net {
namespace {

TEST(Gzip, UnpacksInAnyPieces) {
    std::string text;
    for (int i = 0; i < 20'000; ++i) text += std::to_string(i * 7919);
    const std::string packed = gzip(text);
    EXPECT_LT(packed.size(), text.size());
    for (std::size_t step : {1u, 7u, 1000u, 1'000'000u}) {
        Gunzip gunzip;
        std::string out;
        for (std::size_t at = 0; at < packed.size(); at += step) {
            EXPECT_FALSE(gunzip.done());
            out += gunzip.unpack(std::string_view(packed).substr(at, step));
        }
        EXPECT_TRUE(gunzip.done());
        EXPECT_TRUE(out == text) << step;
    }
}

TEST(Gzip, UnpacksMemberAfterMember) {
    const std::string packed = gzip("one ") + gzip("") + gzip("two");
    for (std::size_t step : {1u, 5u, 1000u}) {
        Gunzip gunzip;
        std::string out;
        for (std::size_t at = 0; at < packed.size(); at += step)
            out += gunzip.unpack(std::string_view(packed).substr(at, step));
        EXPECT_TRUE(gunzip.done());
        EXPECT_EQ(out, "one two") << step;
    }
    // What a member gives is there when its last byte is: a watch may be silent afterwards.
    Gunzip watch;
    EXPECT_EQ(watch.unpack(gzip("{\"type\":\"ADDED\"}\n")), "{\"type\":\"ADDED\"}\n");
    EXPECT_EQ(watch.unpack(gzip("{\"type\":\"BOOKMARK\"}\n")), "{\"type\":\"BOOKMARK\"}\n");
    EXPECT_THROW(watch.unpack("no gzip"), Error);
}

TEST(Gzip, NothingIsSomethingToo) {
    Gunzip gunzip;
    EXPECT_EQ(gunzip.unpack(gzip("")), "");
    EXPECT_TRUE(gunzip.done());
}

TEST(Gzip, RefusesWhatIsNotGzipAndWhatIsTooMuch) {
    EXPECT_THROW(Gunzip().unpack("certainly not gzip"), Error);
    EXPECT_THROW(Gunzip().unpack(gzip(std::string(2'000'000, 'x')), 1'000'000), Error);
    std::string damaged = gzip(std::string(1000, 'x'));
    damaged[damaged.size() - 6] ^= 1;
    EXPECT_THROW(Gunzip().unpack(damaged), Error);
}

}  // namespace
}  // namespace mizzen::net
