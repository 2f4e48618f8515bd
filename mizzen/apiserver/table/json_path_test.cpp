// SPDX-License-Identifier: Apache-2.0
#include "mizzen/apiserver/table/json_path.hpp"

#include <gtest/gtest.h>

#include "mizzen/base/error.hpp"
#include "mizzen/base/text.hpp"
#include "mizzen/json/json.hpp"

namespace mizzen::apiserver {
namespace {

std::string found(std::string_view path, const json::Value& document) {
    JsonPath parsed = JsonPath::parse(path);
    std::vector<std::string> texts;
    for (const json::Value* value : parsed.find(document)) texts.push_back(printed(*value));
    return join(texts, " ");
}

TEST(JsonPath, LeadsToValues) {
    json::Value document = json::parse(R"({"a":{"b":1,"c.d":"dot","e f":2.5},"list":[10,20,30,40],
        "items":[{"n":"x","k":1,"on":true},{"n":"y","k":3},{"n":"a)b","k":2.5}],"none":null})");
    struct Case {
        std::string_view path, values;
    };
    for (auto [path, values] : {
             Case{".a.b", "1"},
             Case{"$.a.b", "1"},
             Case{"@.a.b", "1"},
             Case{".a['b']", "1"},
             Case{".a.c\\.d", "dot"},
             Case{".a['c\\.d']", "dot"},
             Case{".a.*", "1 dot 2.5"},
             Case{".a[*]", ""},  // [*] is of lists
             Case{".missing.deeper", ""},
             Case{".a.b.c", ""},
             Case{".list[0]", "10"},
             Case{".list[-1]", "40"},
             Case{".list[1:3]", "20 30"},
             Case{".list[:2]", "10 20"},
             Case{".list[-2:]", "30 40"},
             Case{".list[::2]", "10 30"},
             Case{".list[1:1]", ""},
             Case{".list[3,0]", "40 10"},
             Case{".list[4]", ""},
             Case{".list[-5]", ""},
             Case{".list[0:4:0]", ""},
             Case{".list[9223372036854775807]", ""},
             Case{".list[0:4:9223372036854775807]", "10"},
             Case{".none[0]", ""},
             Case{".items[*].n", "x y a)b"},
             Case{".items[?(@.n==\"y\")].k", "3"},
             Case{".items[?(@.n=='y')].k", "3"},
             Case{".items[?(@.n==\"a)b\")].k", "2.5"},
             Case{".items[?(@.on)].n", "x"},
             Case{".items[?(@.on==true)].n", "x"},
             Case{".items[0:2][?(@.k>2)].n", ""},  // a filter takes a list, and these are its items
             Case{".items[?(@.n>=\"x\")].k", "1 3"},
             Case{".items[?(@.k==1)].n", ""},  // 2.5 is another kind of number
             Case{".items[?(@.n==1)].n", ""},
             Case{".a[?(@.b)]", ""},
             Case{"..n", "x y a)b"},
             Case{".items..k", "1 3 2.5"},
             Case{".a['b','c\\.d']", "1 dot"},
         }) {
        EXPECT_EQ(found(path, document), values) << path;
    }
    EXPECT_EQ(found("$", document), printed(document));
    EXPECT_EQ(found("", document), printed(document));
}

TEST(JsonPath, OfAnAccidentIsRefused) {
    for (std::string_view text :
         {".list[", ".list[x]", ".list[1:2:3:4]", ".list[99999999999999999999]", "..…", "....a", "name", ".a['e f']",
          ".a[?(@.b", ".a[?(@.b)", ".a[?(@.b==)]", ".a[?(@.b=1)]", ".a{", ".a[?(@.b==\"x)]"}) {
        EXPECT_THROW(JsonPath::parse(text), Error) << text;
    }
}

TEST(JsonPath, IsNotNestedWithoutEnd) {
    std::string text;
    for (int i = 0; i < 1000; ++i) text += "[?(@";
    EXPECT_THROW(JsonPath::parse(text), Error);
}

TEST(Printed, ShowsNumbersAsGoDoes) {
    struct Case {
        double number;
        std::string_view text;
    };
    for (auto [number, text] :
         {Case{1.5, "1.5"}, Case{123456, "123456"}, Case{1234567, "1.234567e+06"}, Case{1e21, "1e+21"},
          Case{0.0001, "0.0001"}, Case{0.00001, "1e-05"}, Case{-2.5e-7, "-2.5e-07"}, Case{3, "3"}}) {
        EXPECT_EQ(printed(json::Value(number)), text);
    }
}

TEST(Printed, ShowsListsAndObjectsAsJson) {
    EXPECT_EQ(printed(json::parse(R"({"b":["<&>",null],"a":1})")), R"({"a":1,"b":["\u003c\u0026\u003e",null]})");
    EXPECT_EQ(printed(json::Value()), "null");
}

}  // namespace
}  // namespace mizzen::apiserver
