// SPDX-License-Identifier: Apache-2.0
// What parse takes, what it refuses, and how it says so.
#include <gtest/gtest.h>

#include "mizzen/base/error.hpp"
#include "mizzen/json/json.hpp"

namespace mizzen::json {
namespace {

std::string complaint(std::string_view text) {
    try {
        parse(text);
    } catch (const Error& e) {
        return e.kind() == ErrorKind::invalid ? e.what() : "wrong kind";
    }
    return "";
}

std::string repeated(std::string_view part, std::size_t n) {
    std::string out;
    for (std::size_t i = 0; i < n; ++i) out += part;
    return out;
}

TEST(Parse, ReadsEveryKindOfValue) {
    struct Case {
        std::string_view text;
        Value value;
    };
    const Case cases[] = {
        {"null", nullptr},
        {" true ", true},
        {"-0", 0},
        {"9223372036854775807", INT64_MAX},
        {"-9223372036854775808", INT64_MIN},
        {"9223372036854775808", 9223372036854775808.0},
        {"18446744073709551615", 18446744073709551615.0},
        {"[1,18446744073709551616, 2]", Array{1, 18446744073709551616.0, 2}},
        {"1.5e3", 1500},
        {"5e-324", 5e-324},
        {"1e-400", 0},
        {R"("a\"\\\/\b\f\n\r\t\u00e9\ud83d\ude00")", "a\"\\/\b\f\n\r\té😀"},
        {R"("\u0000")", std::string(1, '\0')},
        {"[]", Array{}},
        {"{}", Object{}},
        {R"({"b":[1,{"c":null}],"a":{}})", Object{{"a", Object{}}, {"b", Array{1, Object{{"c", nullptr}}}}}},
    };
    for (const Case& c : cases) EXPECT_EQ(parse(c.text), c.value) << c.text;
}

TEST(Parse, SaysWhereAndWhatWasExpected) {
    struct Case {
        std::string_view text, complaint;
    };
    const Case cases[] = {
        {"", "line 1, column 1: expected a value, got the end of the text"},
        {"  \n ", "line 2, column 2: expected a value, got the end of the text"},
        {"{\n  \"a\": 1,\n}", "line 3, column 1: expected a member name in quotes, got '}'"},
        {"{\"a\" 1}", "line 1, column 6: expected ':' after the member name, got '1'"},
        {"[1 2]", "line 1, column 4: expected ',' or ']', got '2'"},
        {"[1,]", "line 1, column 4: expected a value, got ']'"},
        {"{\"a\":1", "line 1, column 7: expected ',' or '}', got the end of the text"},
        {"1 2", "line 1, column 3: expected the end of the document, got '2'"},
        {"01", "line 1, column 1: a number must not begin with 0"},
        {"[-]", "line 1, column 3: expected a digit, got ']'"},
        {"1.", "line 1, column 3: expected a digit, got the end of the text"},
        {"1e999", "line 1, column 1: the number is too large"},
        {"nul", "line 1, column 1: expected a value, got 'n'"},
        {"\"é\" é", "line 1, column 5: expected the end of the document, got 'é'"},
        {"\"abc", "line 1, column 1: a string is not closed"},
        {"\"a\nb\"", "line 1, column 3: a string has a control character; write it as an escape such as \\n"},
        {R"("\x")", "line 1, column 2: a string has an unknown escape"},
        {R"("\u12g4")", "line 1, column 2: expected four hexadecimal digits after \\u"},
        {R"("\ud800")", "line 1, column 2: half of a surrogate pair"},
        {R"("\ud800\u0041")", "line 1, column 2: half of a surrogate pair"},
        {"\"\xc0\x80\"", "line 1, column 2: a string has a byte that is not UTF-8"},
        {"\xef\xbb\xbf{}", "line 1, column 1: expected a value, got '\xef\xbb\xbf'"},
        {"\x01", "line 1, column 1: expected a value, got a control character"},
        {"{'a':1}", "line 1, column 2: expected a member name in quotes, got '''"},
    };
    for (const Case& c : cases) EXPECT_EQ(complaint(c.text), c.complaint) << c.text;
}

TEST(Parse, TakesExactlySoManyLevels) {
    EXPECT_EQ(complaint(repeated("[", 512) + repeated("]", 512)), "");
    EXPECT_EQ(complaint(repeated("[", 513) + repeated("]", 513)),
              "line 1, column 513: nested more than 512 levels deep");
    EXPECT_EQ(complaint(repeated("{\"a\":", 512) + "1" + repeated("}", 512)), "");
    EXPECT_EQ(complaint(repeated("[", 1'000'000)), "line 1, column 513: nested more than 512 levels deep");
}

TEST(Parse, LastOfEqualKeysWinsAndDuplicatesAreTold) {
    std::vector<std::string> duplicates;
    const Value v = parse(R"({"spec":{"a":1,"b":[{"x":1,"x":2,"x":3}],"a":2},"metadata":{"labels":{"l":"1","l":"2"}}})",
                          &duplicates);
    EXPECT_EQ(to_json(v), R"({"metadata":{"labels":{"l":"2"}},"spec":{"a":2,"b":[{"x":3}]}})");
    EXPECT_EQ(duplicates, (std::vector<std::string>{"metadata.labels.l", "spec.a", "spec.b[0].x"}));
}

TEST(Parse, ToldDuplicatesStayFewAndShort) {
    std::string text = "{\"" + std::string(100'000, 'k') + "\":{";
    for (int i = 0; i < 5000; ++i) text += "\"" + std::to_string(i) + "\":1,\"" + std::to_string(i) + "\":1,";
    text += "\"end\":1}}";
    std::vector<std::string> duplicates;
    parse(text, &duplicates);
    EXPECT_GT(duplicates.size(), 5u);
    EXPECT_LE(duplicates.size(), 100u);
}

// Quadratic behaviour would take minutes here.
TEST(Parse, ManyKeysTakeNoLongerThanTheirSize) {
    std::string equal = "{", descending = "{";
    for (int i = 300'000; i > 0; --i) {
        equal += "\"same\":1,";
        descending += "\"" + std::to_string(1'000'000 + i) + "\":1,";
    }
    equal.back() = descending.back() = '}';
    EXPECT_EQ(parse(equal).as_object().size(), 1u);
    EXPECT_EQ(parse(descending).as_object().size(), 300'000u);
}

}  // namespace
}  // namespace mizzen::json
