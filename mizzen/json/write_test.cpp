// SPDX-License-Identifier: Apache-2.0
// Values as text.
#include <gtest/gtest.h>

#include <limits>

#include "mizzen/base/error.hpp"
#include "mizzen/json/json.hpp"

namespace mizzen::json {
namespace {

TEST(Write, IsCompactAndSortedAndShort) {
    struct Case {
        Value value;
        std::string_view text;
    };
    const Case cases[] = {
        {nullptr, "null"},
        {false, "false"},
        {INT64_MIN, "-9223372036854775808"},
        {1.0, "1"},
        {1e18, "1000000000000000000"},
        {1e19, "1e+19"},
        {0.1, "0.1"},
        {1e-7, "1e-07"},
        {-2.5, "-2.5"},
        {1.7976931348623157e308, "1.7976931348623157e+308"},
        {"a\"\\\n\r\t\b\f\x01\x7fé😀/<", "\"a\\\"\\\\\\n\\r\\t\\b\\f\\u0001\x7fé😀/<\""},
        {"half \xc3", "\"half \xef\xbf\xbd\""},
        {Array{}, "[]"},
        {Object{}, "{}"},
        {Object{{"b", Array{1, "x"}}, {"a", nullptr}}, R"({"a":null,"b":[1,"x"]})"},
    };
    for (const Case& c : cases) EXPECT_EQ(to_json(c.value), c.text);
}

TEST(Write, NumbersComeBackTheSame) {
    for (const double d :
         {0.1, 1.0 / 3, 5e-324, 1e21, 123456789012345680.0, 1.2345678901234567e18, 9.3e18, 0x1p63, 1e-6, 9.99e-7, -0.0})
        EXPECT_EQ(parse(to_json(d)).as_number(), d) << d;
}

TEST(Write, RefusesWhatIsNotFinite) {
    EXPECT_THROW(to_json(std::numeric_limits<double>::infinity()), Error);
    EXPECT_THROW(to_json(Array{std::numeric_limits<double>::quiet_NaN()}), Error);
}

TEST(Write, IndentsForPeople) {
    EXPECT_EQ(to_pretty_json(Object{{"a", Array{1, Object{}}}, {"b", Array{}}}),
              "{\n  \"a\": [\n    1,\n    {}\n  ],\n  \"b\": []\n}");
}

}  // namespace
}  // namespace mizzen::json
