// SPDX-License-Identifier: Apache-2.0
// The rules of W3C Baggage, one line per case.
#include "mizzen/telemetry/trace/baggage.hpp"

#include <gtest/gtest.h>

#include "mizzen/base/random.hpp"
#include "mizzen/base/utf8.hpp"

namespace mizzen::telemetry {
namespace {

// name=value[metadata] of each entry, in order.
std::string shown(const Baggage& baggage) {
    std::string out;
    for (const BaggageEntry& e : baggage) {
        out += (out.empty() ? "" : " ") + e.name + "=" + e.value + (e.metadata.empty() ? "" : "[" + e.metadata + "]");
    }
    return out;
}

TEST(Baggage, Table) {
    struct Case {
        std::vector<std::string_view> fields;
        std::string_view expected;
    };
    for (const Case& c : std::vector<Case>{
             {{}, ""},
             {{""}, ""},
             {{"a=1"}, "a=1"},
             {{"a=1,b=2"}, "a=1 b=2"},
             {{"a=1", "b=2"}, "a=1 b=2"},
             {{" a \t=\t1 , b = 2 "}, "a=1 b=2"},
             {{"a=1;p;q=3, b=2 ; r "}, "a=1[p;q=3] b=2[r]"},
             {{"a="}, "a="},
             {{"a=b=c"}, "a=b=c"},
             {{"a=x%20y%2C"}, "a=x y,"},
             {{"a=%C3%A4"}, "a=\u00e4"},
             {{"a=%ff%zz%4"}, "a=\ufffd%zz%4"},
             {{"a%41=1"}, "a%41=1"},
             {{"a=1,a=2"}, "a=2"},
             {{"a=1,b=2", "a=3"}, "a=3 b=2"},
             {{"a,b=2"}, "b=2"},
             {{"=1,b=2"}, "b=2"},
             {{"a b=1,c=3"}, "c=3"},
             {{"a=x y,c=3"}, "c=3"},
             {{"a=\"x\",c=3"}, "c=3"},
             {{"a=\\,c=3"}, "c=3"},
             {{"a=\xc3\xa4,c=3"}, "c=3"},
             {{"a=1;\xc3\xa4,c=3"}, "c=3"},
             {{",,a=1,,"}, "a=1"},
         }) {
        EXPECT_EQ(shown(Baggage::parse(c.fields)), c.expected) << (c.fields.empty() ? "" : c.fields[0]);
    }
}

TEST(Baggage, TakesAndSendsNoMoreThanItsLimits) {
    std::string many;
    Baggage built;
    for (int i = 0; i < 100; ++i) {
        many += "k" + std::to_string(i) + "=v,";
        built = built.with("k" + std::to_string(i), "v");
    }
    EXPECT_EQ(Baggage::parse({many}).size(), 64u);
    EXPECT_EQ(Baggage::parse({built.to_header()}).size(), 64u);
    const Baggage large = Baggage().with("a", std::string(5000, 'x')).with("b", std::string(5000, 'y'));
    EXPECT_EQ(large.to_header().size(), 5002u);
    const std::string exact = "a=" + std::string(8190, 'x');
    EXPECT_EQ(Baggage::parse({exact}).size(), 1u);
    EXPECT_EQ(Baggage::parse({exact}).to_header(), exact);
    EXPECT_EQ(Baggage::parse({exact + "x"}).size(), 0u);
    EXPECT_EQ(Baggage::parse({"a=" + std::string(8000, 'x'), "b=" + std::string(8000, 'x'), "c=1"}).size(), 1u);
}

TEST(Baggage, WritesNothingThatBreaksTheField) {
    const Baggage b =
        Baggage().with("a b", "1").with("n", "x\r\ny", "m\r\nEvil: 1").with("", "2").with("o", "\xff", "p");
    EXPECT_EQ(b.to_header(), "n=x%0D%0Ay,o=%EF%BF%BD;p");
}

TEST(Baggage, IsAValue) {
    const Baggage one = Baggage().with("a", "1"), two = one.with("b", "2");
    EXPECT_EQ(shown(one), "a=1");
    EXPECT_EQ(shown(two.with("a", "3")), "a=3 b=2");
    EXPECT_EQ(shown(two.without("a")), "b=2");
    EXPECT_EQ(two.without("c"), two);
    EXPECT_EQ(two.find("b")->value, "2");
    EXPECT_EQ(two.find("c"), nullptr);
}

TEST(Baggage, AnyTextSurvivesTheWay) {
    Random random(3);
    for (int i = 0; i < 500; ++i) {
        std::string bytes(random.below(40), ' ');
        for (char& c : bytes) c = static_cast<char>(random.below(256));
        const Baggage sent = Baggage().with("k", bytes);
        EXPECT_EQ(Baggage::parse({sent.to_header()}), sent);
        EXPECT_EQ(sent.find("k")->value, to_valid_utf8(bytes));
    }
}

}  // namespace
}  // namespace mizzen::telemetry
