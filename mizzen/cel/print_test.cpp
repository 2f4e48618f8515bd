// SPDX-License-Identifier: Apache-2.0
// What is parsed, printed and parsed again is the same tree.
#include <gtest/gtest.h>

#include "mizzen/base/random.hpp"
#include "mizzen/cel/expression.hpp"

namespace mizzen::cel {
namespace {

bool same(const Expression& a, const Expression& b) {
    bool equal = a.kind == b.kind && a.name == b.name && a.literal == b.literal && a.is_test == b.is_test &&
                 a.is_member == b.is_member && a.optionals == b.optionals && a.fields == b.fields &&
                 a.second == b.second && a.accumulator == b.accumulator && a.parts.size() == b.parts.size();
    for (std::size_t i = 0; equal && i < a.parts.size(); ++i) equal = same(a.parts[i], b.parts[i]);
    return equal;
}

void expect_round_trip(const std::string& text) {
    Source source(text);
    auto first = parse(source);
    ASSERT_TRUE(first.well()) << text << "\n" << to_string(first.issues, source);
    auto printed = to_string(first.root);
    Source again(printed);
    auto second = parse(again);
    ASSERT_TRUE(second.well()) << text << "\n" << printed << "\n" << to_string(second.issues, again);
    EXPECT_TRUE(same(first.root, second.root)) << text << "\n" << printed << "\n" << to_string(second.root);
}

// Any expression, by the grammar.
class Writer {
  public:
    explicit Writer(std::uint64_t seed) : random_(seed) {}
    std::string write(int depth = 4) {
        auto inner = [&] { return "(" + write(depth - 1) + ")"; };
        if (depth == 0) return leaf();
        switch (random_.below(16)) {
            case 0:
                return inner() + one_of({" + ", " - ", " * ", " / ", " % "}) + inner();
            case 1:
                return inner() + one_of({" < ", " <= ", " > ", " >= ", " == ", " != ", " in "}) + inner();
            case 2:
                return inner() + " && " + inner() + one_of({" && ", " || "}) + inner() + " || " + inner();
            case 3:
                return inner() + " ? " + inner() + " : " + write(depth - 1);
            case 4:
                return one_of({"!", "-", "!!", "--"}) + inner();
            case 5:
                return inner() + one_of({".a", ".?b", ".`a-b`", ".size()", ".f(1, x)"});
            case 6:
                return inner() + one_of({"[", "[?"}) + write(depth - 1) + "]";
            case 7:
                return "[" + write(depth - 1) + ", ?" + inner() + "]";
            case 8:
                return "{" + inner() + ": " + inner() + ", ?'k': " + inner() + "}";
            case 9:
                return "a.B{f: " + inner() + ", ?g: " + inner() + "}";
            case 10:
                return "has(" + inner() + ".f)";
            case 11:
                return inner() + one_of({".all(v, ", ".exists(v, ", ".exists_one(v, ", ".filter(v, ", ".map(v, "}) +
                       inner() + ")";
            case 12:
                return inner() +
                       one_of({".all(k, v, ", ".exists(k, v, ", ".existsOne(k, v, ", ".transformList(k, v, ",
                               ".transformMap(k, v, ", ".transformMapEntry(k, v, "}) +
                       inner() + ")";
            case 13:
                return inner() + one_of({".map(v, ", ".transformMap(k, v, ", ".transformList(k, v, "}) + inner() +
                       ", " + inner() + ")";
            case 14:
                return "x" + one_of({".optMap(v, ", ".optFlatMap(v, ", ".sortBy(v, "}) + inner() + ")";
            default:
                return "f(" + write(depth - 1) + ", " + leaf() + ")";
        }
    }

  private:
    std::string one_of(std::vector<std::string> texts) { return texts[random_.below(texts.size())]; }
    std::string leaf() {
        return one_of({"x",     "self",       "1",        "-1",     "2u",       "1.5",
                       "-2e10", "0x1f",       "'a\\n\"'", "r'\\d'", "b'\\xff'", "'äé😁'",
                       "true",  "false",      "null",     "[]",     "{}",       "-9223372036854775808",
                       ".x",    "'''a\nb'''", "1e-7",     "''"});
    }
    Random random_;
};

TEST(Print, RoundTripsExpressionsOfEverySeed) {
    for (std::uint64_t seed = 0; seed < 2000; ++seed) {
        SCOPED_TRACE(seed);
        expect_round_trip(Writer(seed).write());
        if (HasFatalFailure() || HasNonfatalFailure()) return;
    }
}

TEST(Print, WritesMacrosAsTheyWere) {
    auto printed = [](std::string_view text) { return to_string(parse(Source(text)).root); };
    EXPECT_EQ(printed("self.tags.all(t, t != '')"), R"(self.tags.all(t, (t) != ("")))");
    EXPECT_EQ(printed("has(self.a.b)"), "has(self.a.b)");
    EXPECT_EQ(printed("self.?a.optMap(v, v + 1)"), "self.?a.optMap(v, (v) + (1))");
    EXPECT_EQ(printed("{'a': 1}['a']"), R"({"a": 1}["a"])");
}

}  // namespace
}  // namespace mizzen::cel
