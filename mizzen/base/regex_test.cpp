// SPDX-License-Identifier: Apache-2.0
// What patterns match, which are refused, and that none takes long.
#include "mizzen/base/regex.hpp"

#include <gtest/gtest.h>

#include "mizzen/base/error.hpp"

namespace mizzen {
namespace {

TEST(Regex, Finds) {
    struct Case {
        std::string_view pattern, text;
        bool found;
    };
    const Case cases[] = {
        {"", "", true},
        {"b", "abc", true},
        {"^b", "abc", false},
        {"b$", "ab", true},
        {"b$", "ab\n", false},
        {"^[a-z0-9]([-a-z0-9]*[a-z0-9])?$", "shop-1", true},
        {"^[a-z0-9]([-a-z0-9]*[a-z0-9])?$", "shop-", false},
        {"^(a|bc)+$", "abca", true},
        {"^(a|bc)+$", "abba", false},
        {"^(?:25[0-5]|2[0-4]\\d|1?\\d{1,2})$", "255", true},
        {"^(?:25[0-5]|2[0-4]\\d|1?\\d{1,2})$", "256", false},
        {"^a{2,3}$", "a", false},
        {"^a{2,3}$", "aaa", true},
        {"^a{2,3}$", "aaaa", false},
        {"^a{2,}$", "aaaaa", true},
        {"^a{0}$", "", true},
        {"a{,2}", "a{,2}", true},
        {"a{x", "a{x", true},
        {"^a+?b*?$", "aab", true},
        {"^.$", "é", true},
        {"^.$", "\n", false},
        {"(?s)^.$", "\n", true},
        {"^[^a]$", "é", true},
        {"^[à-ü]+$", "éè", true},
        {"(?i)^Shop[a-c]$", "sHOPB", true},
        {"^(?i:s)hop$", "SHOP", false},
        {"^(?i)s(?-i)hop$", "Shop", true},
        {"(a(?i)b)c", "aBC", false},
        {"(?m)^b$", "a\nb\nc", true},
        {"^b$", "a\nb\nc", false},
        {"\\bshop\\b", "the shop.", true},
        {"\\bshop\\b", "workshop", false},
        {"\\Bshop", "workshop", true},
        {"^[\\w.-]+$", "a_b.c-d", true},
        {"^[[:alpha:][:digit:]]+$", "a1", true},
        {"^[[:^alpha:]]+$", "a1", false},
        {"^[]a]+$", "]a]", true},
        {"^[a-]+$", "-a", true},
        {"^[\\]\\-]+$", "-]", true},
        {"^\\x41\\x{e9}$", "Aé", true},
        {"^\\D\\S\\W$", "ab.", true},
        {"(?P<name>a)(?<other>b)", "ab", true},
        {"^(|a)$", "", true},
        {"(a*)*$", "aaab", true},
        {"^(a*)+$", "b", false},
        {"\\.", "a", false},
        {"^\\/\\$$", "/$", true},
        {"a|^b|c$", "xc", true},
        {"\xef\xbf\xbd", "\xff", true},
    };
    for (const Case& c : cases) EXPECT_EQ(Regex(c.pattern).search(c.text), c.found) << c.pattern << " in " << c.text;
}

TEST(Regex, MatchesTheWholeText) {
    EXPECT_TRUE(Regex("a|ab").matches("ab"));
    EXPECT_FALSE(Regex("a|ab").matches("abc"));
    EXPECT_FALSE(Regex("b").matches("ab"));
    EXPECT_TRUE(Regex("").matches(""));
    EXPECT_TRUE(Regex("5..").matches("503"));
}

TEST(Regex, RefusesWhatItCannotRead) {
    struct Case {
        std::string_view pattern, why;
    };
    const Case cases[] = {
        {"(a", "at character 3: a group is not closed"},
        {"a)", "at character 2: unmatched )"},
        {"[a", "at character 3: a class is not closed"},
        {"[z-a]", "at character 5: a range that ends before it begins"},
        {"*a", "at character 1: nothing to repeat"},
        {"a**", "at character 3: a repetition of a repetition"},
        {"a{2,1}", "at character 7: the repetition ends before it begins"},
        {"a{1001}", "at character 8: more than 1000 repetitions"},
        {"\\", "at character 2: it ends with a backslash"},
        {"\\1", "at character 2: an unknown escape"},
        {"(?=a)", "at character 3: an unknown kind of group"},
        {"[[:nope:]]", "at character 4: an unknown named class"},
        {"\\x{110000}", "no such character"},
        {"\\x{41", "expected a hexadecimal digit"},
        {"\xff", "not UTF-8"},
        {"((a{1000}){1000}){1000}", "too large"},
        {"(((((){1000}){1000}){1000}){1000})", "too large"},
    };
    for (const Case& c : cases) {
        try {
            Regex ignored(c.pattern);
            ADD_FAILURE() << c.pattern << " was taken";
        } catch (const Error& e) {
            EXPECT_EQ(e.kind(), ErrorKind::invalid);
            EXPECT_NE(std::string_view(e.what()).find(c.why), std::string_view::npos) << e.what();
        }
    }
    EXPECT_THROW(Regex(std::string(100'000, '(')), Error);
}

// Each of these takes a backtracking matcher longer than the universe has existed.
TEST(Regex, TakesNoLongerOnHostileInput) {
    EXPECT_FALSE(Regex("^(a+)+$").search(std::string(10'000, 'a') + "b"));
    EXPECT_FALSE(Regex("^(a|aa)*$").search(std::string(10'000, 'a') + "b"));
    EXPECT_FALSE(Regex("(.*)*x").search(std::string(10'000, 'a')));
    EXPECT_TRUE(Regex("^(a?){100}a{100}$").search(std::string(100, 'a')));
}

}  // namespace
}  // namespace mizzen
