// SPDX-License-Identifier: Apache-2.0
// Syntax: what is read, what is refused, and where.
#include <gtest/gtest.h>

#include "mizzen/cel/expression.hpp"

namespace mizzen::cel {
namespace {

std::string said(std::string_view text) {
    Source source(text);
    auto parsed = parse(source);
    return to_string(parsed.issues, source);
}
std::string literal(std::string_view text) { return to_string(parse(Source(text)).root); }

constexpr auto operand =
    "{'[', '{', '(', '.', '-', '!', 'true', 'false', 'null', NUM_FLOAT, NUM_INT, NUM_UINT, STRING, BYTES, IDENTIFIER}";

TEST(Parse, ReadsLiterals) {
    struct Case {
        std::string_view text, value;
    };
    for (auto& c : std::vector<Case>{{"0x1F", "31"},
                                     {"0x1fu", "31u"},
                                     {".5", "0.5"},
                                     {"1e3", "1000.0"},
                                     {"-9223372036854775808", "-9223372036854775808"},
                                     {"'\\u00e9\\x41\\101\\n'", "\"éAA\\x0a\""},
                                     {"r'\\n'", R"("\\n")"},
                                     {"\"\"\"a\"b\"\"\"", R"("a\"b")"},
                                     {"'''a'b'''", R"("a'b")"},
                                     {"b'\\377a'", R"(b"\xff\x61")"},
                                     {"br'\\x'", R"(b"\x5c\x78")"},
                                     {"1 // one", "1"}})
        EXPECT_EQ(literal(c.text), c.value) << c.text;
}

TEST(Parse, SaysWhatIsWrongAndWhere) {
    EXPECT_EQ(said("1 +"), std::string("ERROR: <input>:1:4: Syntax error: mismatched input '<EOF>' expecting ") +
                               operand + "\n | 1 +\n | ...^");
    EXPECT_EQ(said("1 2"), "ERROR: <input>:1:3: Syntax error: extraneous input '2' expecting <EOF>\n | 1 2\n | ..^");
    EXPECT_EQ(said("(1"), "ERROR: <input>:1:3: Syntax error: missing ')' at '<EOF>'\n | (1\n | ..^");
    EXPECT_EQ(
        said("self.true"),
        "ERROR: <input>:1:6: Syntax error: mismatched input 'true' expecting IDENTIFIER\n | self.true\n | .....^");
    EXPECT_EQ(said("if(1)"), "ERROR: <input>:1:1: reserved identifier: if\n | if(1)\n | ^");
    EXPECT_EQ(said("99999999999999999999"), "ERROR: <input>:1:1: invalid int literal\n | 99999999999999999999\n | ^");
    EXPECT_EQ(said("x.all(1, true)"),
              "ERROR: <input>:1:7: argument must be a simple name\n | x.all(1, true)\n | ......^");
    EXPECT_EQ(said("has(x)"), "ERROR: <input>:1:5: invalid argument to has() macro\n | has(x)\n | ....^");
}

TEST(Parse, CountsColumnsInCharactersAndMarksWideOnes) {
    EXPECT_EQ(said("'é' ~"), "ERROR: <input>:1:5: Syntax error: token recognition error at: '~'\n | 'é' ~\n | .．..^");
    EXPECT_EQ(said("1 ==\n\tvar"), "ERROR: <input>:2:2: reserved identifier: var\n |  var\n | .^");
}

TEST(Parse, EndsAtItsLimits) {
    EXPECT_EQ(said(std::string(300, '(') + "1" + std::string(300, ')')),
              "ERROR: <input>:-1:0: expression recursion limit exceeded: 250");
    std::string sum = "1", all = "true";
    for (int i = 0; i < 300; ++i) sum += " + 1", all += " && true";
    EXPECT_EQ(said(sum), "ERROR: <input>:-1:0: expression recursion limit exceeded: 250");
    EXPECT_EQ(said(all), "");
    EXPECT_EQ(said(std::string(100'001, ' ')),
              "ERROR: <input>:-1:0: expression code point size exceeds limit: size: 100001, limit 100000");
}

}  // namespace
}  // namespace mizzen::cel
