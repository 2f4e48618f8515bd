// SPDX-License-Identifier: Apache-2.0
// What the language itself does: operators, macros, failures and what absorbs them.
#include <gtest/gtest.h>

#include "mizzen/cel/evaluated.hpp"
#include "mizzen/json/json.hpp"

namespace mizzen::cel {
namespace {

TEST(Evaluate, Arithmetic) {
    EXPECT_EQ(mismatches({{"1 + 2 * 3 - 4 / 2 % 3", "5"},
                          {"-7 / 2", "-3"},
                          {"-7 % 3", "-1"},
                          {"7u / 2u", "3"},
                          {"0.5 * 4.0", "2"},
                          {"9223372036854775807 + 1", "integer overflow"},
                          {"-9223372036854775808 - 1", "integer overflow"},
                          {"-(-9223372036854775808)", "integer overflow"},
                          {"9223372036854775807 * 2", "integer overflow"},
                          {"-9223372036854775808 / -1", "integer overflow"},
                          {"1u - 2u", "unsigned integer overflow"},
                          {"1 / 0", "division by zero"},
                          {"1 % 0", "modulus by zero"},
                          {"1.0 / 0.0", "+Inf"}}),
              "");
}

TEST(Evaluate, NumbersOfDifferentTypesCompareByValue) {
    EXPECT_EQ(mismatches({{"1 < 1.5 && 2u > 1.5 && -1 < 0u", "true"},
                          {"dyn(1) == 1.0 && dyn(1u) == 1", "true"},
                          {"9223372036854775807 < 9223372036854775808.0", "true"},
                          {"-9223372036854775808 < -9223372036854775809.0", "false"},
                          {"dyn(0.0 / 0.0) == 1", "false"},
                          {"1 in [dyn(1.0)]", "true"}}),
              "");
}

TEST(Evaluate, LogicDoesWithoutTheSideThatFails) {
    EXPECT_EQ(mismatches({{"1 / 0 == 1 || true", "true"},
                          {"true || 1 / 0 == 1", "true"},
                          {"1 / 0 == 1 && false", "false"},
                          {"1 / 0 == 1 || false", "division by zero"},
                          {"1 / 0 == 1 && true", "division by zero"},
                          {"dyn(1) || false", "no such overload"},
                          {"[0, 1, 2].exists(n, 4 / n == 2)", "true"},
                          {"[0, 1].exists(n, 4 / n == 2)", "division by zero"},
                          {"[0, 1].all(n, 4 / n == 2)", "false"},
                          {"[0, 2].exists_one(n, 4 / n == 2)", "division by zero"},
                          {"true ? 1 : 1 / 0", "1"}}),
              "");
}

TEST(Evaluate, Macros) {
    EXPECT_EQ(mismatches({{"[1, 2, 3].map(n, n * 2)", "[2, 4, 6]"},
                          {"[1, 2, 3].map(n, n > 1, n * 2)", "[4, 6]"},
                          {"[1, 2, 3].filter(n, n % 2 == 1)", "[1, 3]"},
                          {"[[1, 2], [3]].map(l, l.map(n, n + 1))", "[[2, 3], [4]]"},
                          {"{'a': 1, 'b': 2}.map(k, k)", "[a, b]"},
                          {"{'a': 1, 'b': 2}.transformMap(k, v, v * 2)", "{a: 2, b: 4}"},
                          {"['x', 'y'].transformList(i, v, string(i) + v)", "[0x, 1y]"},
                          {"{'a': 1}.transformMapEntry(k, v, {v: k})", "{1: a}"},
                          {"{'a': 1, 'b': 1}.transformMapEntry(k, v, {v: k})", "insert failed: key 1 already exists"},
                          {"has({'a': 1}.a) && !has({'a': 1}.b)", "true"},
                          {"[2, 1].sortBy(n, n)", "[1, 2]"},
                          {"optional.of(1).optMap(v, v + 1).value()", "2"},
                          {"optional.none().orValue(3)", "3"}}),
              "");
}

TEST(Evaluate, ListsAndMaps) {
    EXPECT_EQ(mismatches({{"[1, 2][1]", "2"},
                          {"[1, 2][2]", "index out of bounds: 2"},
                          {"[1, 2][dyn(1.0)]", "2"},
                          {"[1, 2][dyn(1.5)]", "unsupported index value 1.5 in list"},
                          {"[1, 2][dyn('a')]", "unsupported index type 'string' in list"},
                          {"{'a': 1}['b']", "no such key: b"},
                          {"{'a': 1}.b", "no such key: b"},
                          {"{1: 'x'}[dyn(1.0)]", "x"},
                          {"{'a': [1]}.a[?0].value()", "1"},
                          {"[?optional.of(1), ?optional.none()]", "[1]"},
                          {"{?'a': optional.none(), 'b': 1}", "{b: 1}"},
                          {"[1] + [2]", "[1, 2]"},
                          {"[[1], [2]] == [[1], [2]]", "true"},
                          {"{'a': 1, 'b': 2} == {'b': 2, 'a': 1}", "true"}}),
              "");
}

TEST(Evaluate, TypesAreValues) {
    EXPECT_EQ(mismatches({{"type(1) == int && type('a') == string && type([]) == list", "true"},
                          {"type(timestamp('2024-01-01T00:00:00Z'))", "google.protobuf.Timestamp"},
                          {"type(ip('1.2.3.4'))", "net.IP"},
                          {"type(type(1))", "type"}}),
              "");
}

TEST(Evaluate, RefusesConstantsThatCannotWork) {
    EXPECT_EQ(
        mismatches({{"int('a') == 1", "constant: type conversion error from 'string' to 'int'"},
                    {"duration('1x') == duration('1s')", "ERROR: <input>:1:10: invalid duration argument"},
                    {"'a'.matches('[')", "ERROR: <input>:1:13: invalid matches argument"},
                    {"[1, 'a'].size()", "ERROR: <input>:1:5: expected type 'int' but found 'string'"},
                    {"'%d'.format(['a'])",
                     "ERROR: <input>:1:14: error during formatting: decimal clause can only be used on integers, was "
                     "given string"}}),
        "");
}

// Data is read in place.
TEST(Evaluate, ReadsDataThroughItsShape) {
    auto text = std::make_shared<Shape>();
    text->kind = Shape::Kind::string;
    auto number = std::make_shared<Shape>();
    number->kind = Shape::Kind::number;
    Shape object;
    object.kind = Shape::Kind::object;
    object.has_properties = true;
    object.fields = {{"a-b", "a__dash__b", text}, {"n", "n", number}};
    Environment environment;
    environment.add_variable("self", type_of(object, "self"));
    auto data = json::parse(R"({"a-b":"x","n":1,"other":null})");
    std::vector<Value> variables{read(data, object)};
    auto result = [&](std::string_view expression) { return evaluated(expression, environment, variables); };
    EXPECT_EQ(result("self.a__dash__b == 'x'"), "true");
    EXPECT_EQ(result("type(self.n) == double"), "true");
    EXPECT_EQ(result("self.other == null"), "ERROR: <input>:1:5: undefined field 'other'");
    EXPECT_EQ(result("self == self"), "true");
    EXPECT_EQ(result("has(self.a__dash__b)"), "true");
}

std::uint64_t cost(std::string_view text) { return compile(text, Environment()).program->run({}, 1'000'000).cost; }

TEST(Cost, CountsByTheRulesOfKubernetes) {
    EXPECT_EQ(cost("1 + 2 == 3"), 2U);
    EXPECT_EQ(cost("'a' in ['a', 'b']"), 0U);         // a constant set
    EXPECT_EQ(cost("[1, 2, 3].all(x, x > 0)"), 16U);  // a round: the result twice, one for the condition, x, >
    EXPECT_EQ(cost("'aaaaaaaaaaaaaaaaaaaa'.contains('aaaaaaaaaaaaaaa')"), 4U);
    EXPECT_EQ(cost("true || [1, 2, 3].all(x, x > 0)"), 0U);
}

TEST(Cost, EndsTheEvaluationAtTheLimit) {
    auto compiled = compile("lists.range(1000).all(x, lists.range(1000).all(y, x + y >= 0))", Environment());
    auto outcome = compiled.program->run({}, 10'000);
    EXPECT_TRUE(outcome.exceeded);
    EXPECT_EQ(shown(outcome.value), "operation cancelled: actual cost limit exceeded");
    EXPECT_LT(outcome.cost, 12'000U);
}

}  // namespace
}  // namespace mizzen::cel
