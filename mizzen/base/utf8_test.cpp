// SPDX-License-Identifier: Apache-2.0
// Which bytes are characters.
#include "mizzen/base/utf8.hpp"

#include <gtest/gtest.h>

namespace mizzen {
namespace {

TEST(Utf8, KnowsWellFormedSequences) {
    struct Case {
        std::string_view bytes;
        std::size_t length;
        char32_t character;
    };
    using namespace std::string_view_literals;
    const Case cases[] = {
        {"", 0, 0xfffd},
        {"\0"sv, 1, 0},
        {"a", 1, 'a'},
        {"\x7f", 1, 0x7f},
        {"\x80", 0, 0xfffd},
        {"\xc1\xbf", 0, 0xfffd},
        {"\xc2\x80", 2, 0x80},
        {"\xc2", 0, 0xfffd},
        {"\xdf\xbf", 2, 0x7ff},
        {"\xe0\x9f\xbf", 0, 0xfffd},
        {"\xe0\xa0\x80", 3, 0x800},
        {"\xed\x9f\xbf", 3, 0xd7ff},
        {"\xed\xa0\x80", 0, 0xfffd},
        {"\xef\xbf\xbf", 3, 0xffff},
        {"\xf0\x8f\xbf\xbf", 0, 0xfffd},
        {"\xf0\x90\x80\x80", 4, 0x10000},
        {"\xf4\x8f\xbf\xbf", 4, 0x10ffff},
        {"\xf4\x90\x80\x80", 0, 0xfffd},
        {"\xf5\x80\x80\x80", 0, 0xfffd},
        {"\xe2\x82", 0, 0xfffd},
        {"\xe2\x82\x41", 0, 0xfffd},
    };
    for (const Case& c : cases) {
        EXPECT_EQ(utf8_length_at(c.bytes, 0), c.length) << testing::PrintToString(c.bytes);
        EXPECT_EQ(utf8_character_at(c.bytes, 0), c.character) << testing::PrintToString(c.bytes);
    }
}

TEST(Utf8, ReplacesWhatIsNone) {
    EXPECT_TRUE(is_utf8("é😀"));
    EXPECT_FALSE(is_utf8("é\xf0\x9f\x98"));
    EXPECT_EQ(to_valid_utf8("a\xff\xc3(é"), "a\xef\xbf\xbd\xef\xbf\xbd(é");
}

}  // namespace
}  // namespace mizzen
