// SPDX-License-Identifier: Apache-2.0
// YAML in both directions, held against what Kubernetes' library makes of the same texts.
#include "mizzen/json/yaml.hpp"

#include <gtest/gtest.h>

#include "mizzen/base/error.hpp"
#include "mizzen/base/random.hpp"
#include "mizzen/json/json.hpp"

namespace mizzen::json {
namespace {

std::string as_json(std::string_view yaml) {
    std::string out;
    for (const YamlDocument& d : parse_yaml(yaml)) out += (out.empty() ? "" : " ") + to_json(d.value);
    return out;
}

std::string complaint(std::string_view yaml) {
    try {
        parse_yaml(yaml, "shop.yaml");
    } catch (const Error& e) {
        return e.kind() == ErrorKind::invalid ? e.what() : "wrong kind";
    }
    return "";
}

TEST(Yaml, ScalarsMeanWhatKubernetesReads) {
    struct Case {
        std::string_view scalar, json;
    };
    const Case cases[] = {
        {"y", "true"},
        {"Y", "true"},
        {"yes", "true"},
        {"Yes", "true"},
        {"YES", "true"},
        {"on", "true"},
        {"On", "true"},
        {"ON", "true"},
        {"true", "true"},
        {"True", "true"},
        {"TRUE", "true"},
        {"n", "false"},
        {"N", "false"},
        {"no", "false"},
        {"No", "false"},
        {"off", "false"},
        {"OFF", "false"},
        {"False", "false"},
        {"yEs", "\"yEs\""},
        {"tRUE", "\"tRUE\""},
        {"\"y\"", "\"y\""},
        {"'no'", "\"no\""},
        {"", "null"},
        {"~", "null"},
        {"null", "null"},
        {"Null", "null"},
        {"NULL", "null"},
        {"nULL", "\"nULL\""},
        {"'~'", "\"~\""},
        {"1", "1"},
        {"-1", "-1"},
        {"+1", "1"},
        {"0", "0"},
        {"-0", "0"},
        {"017", "15"},
        {"0o17", "15"},
        {"0x1f", "31"},
        {"-0x1F", "-31"},
        {"0b11", "3"},
        {"-0b11", "-3"},
        {"1_000", "1000"},
        {"0_7", "7"},
        {"0b_1", "1"},
        {"1__1", "11"},
        {"08", "8"},
        {"012345678", "12345678"},
        {"0o8", "\"0o8\""},
        {"0x", "\"0x\""},
        {"9223372036854775807", "9223372036854775807"},
        {"-9223372036854775808", "-9223372036854775808"},
        {"9223372036854775808", "9.223372036854775808e18"},
        {"18446744073709551616", "1.8446744073709552e+19"},
        {"0x1ffffffffffffffff", "\"0x1ffffffffffffffff\""},
        {"1.5", "1.5"},
        {".5", "0.5"},
        {"+.5", "0.5"},
        {"1.", "1"},
        {"1e3", "1000"},
        {"1.e3", "1000"},
        {"1e+3", "1000"},
        {"1E-3", "0.001"},
        {"1_0.5_0", "10.5"},
        {".3_7", "0.37"},
        {"._37", "\"._37\""},
        {"1e400", "\"1e400\""},
        {"1e-400", "0"},
        {"0x1.8p3", "\"0x1.8p3\""},
        {"1.2.3", "\"1.2.3\""},
        {".", "\".\""},
        {"+", "\"+\""},
        {"__1", "\"__1\""},
        {"1:30", "\"1:30\""},
        {"2001-01-01", "\"2001-01-01\""},
        {"2001-12-14t21:59:43.10-05:00", "\"2001-12-14t21:59:43.10-05:00\""},
        {"=", "\"=\""},
        {"500m", "\"500m\""},
        {"1Gi", "\"1Gi\""},
        {"nginx:1.25", "\"nginx:1.25\""},
        {"!!str 1", "\"1\""},
        {"! 1", "\"1\""},
        {"!!int \"3\"", "3"},
        {"!!float 3", "3"},
        {"!!bool y", "true"},
        {"!!null ''", "null"},
        {"!!str", "\"\""},
        {"!!binary aGk=", "\"hi\""},
        {"!mine bar", "\"bar\""},
        {"!!map {b: 1}", R"({"b":1})"},
        {"\"\\x41\\u00e9\\U0001F600\\e\"", "\"Aé😀\\u001b\""},
    };
    for (const Case& c : cases)
        EXPECT_EQ(as_json("a: " + std::string(c.scalar)), to_json(Object{{"a", parse(c.json)}})) << c.scalar;
}

TEST(Yaml, DocumentsMeanWhatKubernetesReads) {
    struct Case {
        std::string_view yaml, json;
    };
    const Case cases[] = {
        {"", ""},
        {"# nothing\n", ""},
        {"---\n---\n# x\n---\n", ""},
        {"a: 1\n---\nb: 2\n...\n---\n- c\n", R"({"a":1} {"b":2} ["c"])"},
        {"%YAML 1.1\n---\na: 1", R"({"a":1})"},
        {"\xef\xbb\xbf"
         "a: 1",
         R"({"a":1})"},
        {"a: 1\r\nb: 2\r\n", R"({"a":1,"b":2})"},
        {R"({"a":[1,{"b":null}],"c":"\ud83d\ude00\/"})", R"({"a":[1,{"b":null}],"c":"😀/"})"},
        {"{\n\t\"a\":\t1\n}", R"({"a":1})"},
        {"\"str\"", "\"str\""},
        {"y: 2\nNo: 3\n", R"({"false":3,"true":2})"},
        {"1: a\n1.5: b\n0x10: c\n1.0e1: d", R"({"1":"a","1.5":"b","10":"d","16":"c"})"},
        {"a: |\n  x\n   y\nb: >-\n  f\n  g\n\n  h", R"({"a":"x\n y\n","b":"f g\nh"})"},
        {"a:\n- b\n-\n- - c\n  - d\n", R"({"a":["b",null,["c","d"]]})"},
        {"? a\n: - 1\n", R"({"a":[1]})"},
        {"{a, b: }", R"({"a":null,"b":null})"},
        {"a: &x {b: 1}\nc: *x\nd: &x 2\ne: *x\n*x : f", R"({"2":"f","a":{"b":1},"c":{"b":1},"d":2,"e":2})"},
        {"a: &x {b: 1, c: 1}\nd:\n  <<: *x\n  c: 2", R"({"a":{"b":1,"c":1},"d":{"b":1,"c":2}})"},
        {"d:\n  c: 2\n  <<: [{c: 1, e: 1}, {e: 2, f: 2}]", R"({"d":{"c":2,"e":1,"f":2}})"},
        {"\"<<\": {a: 1}", R"({"<<":{"a":1}})"},
        {"a: {<<: {b: 1}, <<: {c: 1}}", R"({"a":{"b":1,"c":1}})"},
    };
    for (const Case& c : cases) EXPECT_EQ(as_json(c.yaml), c.json) << c.yaml;
}

TEST(Yaml, SaysWhereAndWhatWasExpected) {
    struct Case {
        std::string_view yaml, complaint;
    };
    const Case cases[] = {
        {"a: 1\nb: 2\na: 3\n", "shop.yaml:3:1: the key a is given twice, first at 1:1"},
        {"x:\n  1: a\n  \"1\": b\n", "shop.yaml:3:3: the key 1 is given twice, first at 2:3"},
        {"true: 1\ny: 2\n", "shop.yaml:2:1: the key true is given twice, first at 1:1"},
        {"a:\n\tb: 1\n", "shop.yaml:2:1: expected spaces: YAML takes no tabs for indentation"},
        {"é: [\"é\"\n\t: x", "shop.yaml:2:2: expected ',' or ']'"},
        {"a: b: c", "shop.yaml:1:5: expected no ':' here; put quotes around a text that has one"},
        {"a:\n  b: 1\n c: 2\n", "shop.yaml:3:2: expected a key, or the indentation of the lines above"},
        {"- a\nb: 1\n", "shop.yaml:2:1: expected '-', or the indentation of the lines above"},
        {"a: [1, 2\nb: 3\n", "shop.yaml:2:2: expected ',' or ']'"},
        {"a: \"x\n", "shop.yaml:2:1: expected a closing quote before the end of the text"},
        {"a: *x\n", "shop.yaml:1:4: there is no anchor &x before this alias"},
        {"a: &x [*x]\n", "shop.yaml:1:8: the value of the anchor &x contains itself"},
        {"? [a]\n: 1\n", "shop.yaml:1:3: expected a text as key"},
        {"~: 1\n", "shop.yaml:1:1: expected a key before ':'"},
        {"a: .inf\n", "shop.yaml:1:4: expected a number that JSON has; put quotes around a text"},
        {"<<: 1\n", "shop.yaml:1:5: expected a mapping, or a list of mappings, to merge with <<"},
        {"a: !!int x\n", "shop.yaml:1:4: \"x\" is no value for the tag tag:yaml.org,2002:int"},
        {"a: \x01\n",
         "shop.yaml:1:4: expected UTF-8 text without control characters: control characters are not allowed"},
        {"a: 1\nb: \xff\n",
         "shop.yaml:2:4: expected UTF-8 text without control characters: invalid leading UTF-8 octet"},
        {"a: @b\n", "shop.yaml:1:4: found character that cannot start any token"},
        {"{\"a\":1,\"a\":2}", "shop.yaml:1:8: the key a is given twice, first at 1:2"},
    };
    for (const Case& c : cases) EXPECT_EQ(complaint(c.yaml), c.complaint) << c.yaml;
}

TEST(Yaml, KnowsWhereThingsStand) {
    const auto docs = parse_yaml(
        "a: 1\n---\nspec:\n  template:\n    containers:\n    - name: x\n      image: y\n    - {name: z}\n  base: &b "
        "{k: 1}\n  copy: *b\n");
    ASSERT_EQ(docs.size(), 2u);
    struct Case {
        std::string_view path;
        int line, column;
    };
    const Case cases[] = {
        {"spec", 3, 1},
        {"spec.template.containers[0].image", 7, 7},
        {"spec.template.containers[1]", 8, 7},
        {"spec.template.containers[1].name", 8, 8},
        {"spec.template.containers[1].image", 8, 7},
        {"spec.template.containers[7].image", 5, 5},
        {"spec.copy.k", 10, 3},
        {"status.phase", 3, 1},
        {"", 3, 1},
    };
    for (const Case& c : cases) {
        const Position p = docs[1].where(c.path);
        EXPECT_EQ(p.line, c.line) << c.path;
        EXPECT_EQ(p.column, c.column) << c.path;
    }
    EXPECT_EQ(docs[0].where("b").line, 1);
}

TEST(Yaml, BombsAndDepthsAreRefused) {
    std::string bomb = "a0: &a0 [x,x,x,x,x,x,x,x,x,x]\n";
    for (int i = 1; i < 10; ++i) {
        const std::string previous = "*a" + std::to_string(i - 1);
        bomb += "a" + std::to_string(i) + ": &a" + std::to_string(i) + " [" + previous;
        for (int k = 0; k < 9; ++k) bomb += "," + previous;
        bomb += "]\n";
    }
    EXPECT_NE(complaint(bomb).find("anchors and aliases make the document larger than 16 MiB"), std::string::npos);

    const std::string open(300, '['), close(300, ']');
    EXPECT_EQ(complaint("- &a " + open + close + "\n- " + open + "*a" + close),
              "shop.yaml:2:303: nested more than 512 levels deep");
    EXPECT_EQ(complaint(std::string(512, '[') + std::string(512, ']')), "");
    EXPECT_EQ(complaint(std::string(513, '[') + std::string(513, ']')),
              "shop.yaml:1:513: nested more than 512 levels deep");
    EXPECT_NE(complaint(std::string(100'000, '[')), "");
    EXPECT_NE(complaint([] {
                  std::string s;
                  for (int i = 0; i < 5000; ++i) s += "- ";
                  return s;
              }()),
              "");
}

TEST(Yaml, PositionsOfLongPathsStayBounded) {
    std::string text = std::string(900, 'k') + ":\n";
    for (int i = 0; i < 2000; ++i) text += "  " + std::to_string(i) + ": 1\n";
    const auto docs = parse_yaml(text);
    std::size_t bytes = 0;
    for (const auto& p : docs[0].positions) bytes += p.first.size();
    EXPECT_LT(bytes, 5 * text.size() + 4096);
    EXPECT_EQ(docs[0].where(std::string(900, 'k') + ".1999").line, 1);
}

TEST(Yaml, IsWrittenAsPeopleWriteIt) {
    const Value v =
        parse(R"({"apiVersion":"v1","kind":"ConfigMap","data":{"a":"x\ny\n","b":"x\ny","c":"x\n\n","d":" x\ny"},
        "list":[1,"two",{"k":"v","l":[]},[3,[4]],{}],"texts":["yes","1","1.5","null","","a: b","a #b","nginx:1.25","http://x/y","-x","x y","2001-01-01","é","tab\t","1e3","~"],
        "n":null,"t":true,"f":1e20})");
    EXPECT_EQ(to_yaml(v), R"(apiVersion: v1
data:
  a: |
    x
    y
  b: |-
    x
    y
  c: |+
    x

  d: " x\ny"
f: 1.0e+20
kind: ConfigMap
list:
- 1
- two
- k: v
  l: []
- - 3
  - - 4
- {}
"n": null
t: true
texts:
- "yes"
- "1"
- "1.5"
- "null"
- ""
- "a: b"
- "a #b"
- nginx:1.25
- http://x/y
- "-x"
- x y
- "2001-01-01"
- "é"
- "tab\t"
- "1e3"
- "~"
)");
    EXPECT_EQ(parse_yaml(to_yaml(v))[0].value, v);
}

TEST(Yaml, WhatIsWrittenIsReadAsTheSame) {
    Random random(9);
    const std::string_view parts[] = {
        " ",    "\n",           "\t", "a",  "-", ":",  "#", "'",    "\"", "\\", "|", "é", "\xe2\x80\xa8",
        "\x7f", "\xef\xbb\xbf", "0",  "\r", "?", "😀", "{", "\x01", "y"};
    for (int i = 0; i < 3000; ++i) {
        const auto text = [&] {
            std::string s;
            for (std::uint64_t n = random.below(6); n > 0; --n) s += parts[random.below(std::size(parts))];
            return s;
        };
        const Value v = Object{{text(), text()}, {text(), Array{text(), Object{{text(), text()}}, Array{text()}}}};
        EXPECT_EQ(parse_yaml(to_yaml(v))[0].value, v) << to_yaml(v);
    }
    const Value long_keys = Object{{std::string(2000, 'k'), Object{{std::string(3000, ' '), Array{1, 2}}}},
                                   {"z", Array{Object{{std::string(1000, '"'), "x"}}}}};
    EXPECT_EQ(parse_yaml(to_yaml(long_keys))[0].value, long_keys);
    for (const Value& v : {Value("x\ny\n"), Value("x"), Value(1), Value(Array{}), Value(true)})
        EXPECT_EQ(parse_yaml(to_yaml(v))[0].value, v);
}

}  // namespace
}  // namespace mizzen::json
