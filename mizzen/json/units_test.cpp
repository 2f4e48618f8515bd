// SPDX-License-Identifier: Apache-2.0
// Members with units.
#include "mizzen/json/units.hpp"

#include <gtest/gtest.h>

#include "mizzen/base/error.hpp"
#include "mizzen/base/regex.hpp"
#include "mizzen/json/json.hpp"
#include "mizzen/json/openapi.hpp"
#include "mizzen/json/reflect.hpp"

namespace mizzen::json {
namespace {

using namespace std::chrono_literals;

struct Units {
    Quantity memory = field("Per pod.", Quantity::of(1024, Quantity::Format::binary));
    std::optional<Quantity> cpu = maybe("Per pod.");
    Duration timeout = field("To wait.", Duration(30s));
    WallTime updated = field("When.");
    bool operator==(const Units&) const = default;
};

std::string complaint(std::string_view text) {
    try {
        from_json<Units>(text);
    } catch (const Error& e) {
        return e.what();
    }
    return "";
}

TEST(Units, AreWrittenAsKubernetesWritesThem) {
    EXPECT_EQ(to_json(Units{}), R"({"memory":"1Ki","timeout":"30s"})");
    const Units u{.memory = {}, .cpu = Quantity::of_milli(1500), .timeout = 0s, .updated = WallTime(1s)};
    EXPECT_EQ(to_json(u), R"({"memory":"0","cpu":"1500m","timeout":"0s","updated":"1970-01-01T00:00:01Z"})");
    EXPECT_EQ(from_json<Units>(to_json(u)), u);
    EXPECT_EQ(from_json<Units>(R"({"cpu":2,"memory":0.5})").cpu, Quantity::of(2));
}

TEST(Units, SayWhatTheyExpect) {
    EXPECT_EQ(complaint(R"({"memory":"1Gib"})"), "memory: expected a quantity such as 500m or 1Gi, got \"1Gib\"");
    EXPECT_EQ(complaint(R"({"cpu":true})"), "cpu: expected a quantity such as 500m or 1Gi, got a boolean");
    EXPECT_EQ(complaint(R"({"timeout":30})"), "timeout: expected a duration such as 30s or 1h30m, got an integer");
    EXPECT_EQ(complaint(R"({"updated":"now"})"), "updated: expected a time such as 2026-01-31T12:00:00Z, got \"now\"");
}

TEST(Units, SchemasTakeWhatTheParsersTake) {
    const Value schema = openapi_schema(type_of<Units>());
    EXPECT_EQ(schema.text({"properties", "memory", "default"}), "1Ki");
    const Regex quantity(schema.text({"properties", "memory", "pattern"})),
        duration(schema.text({"properties", "timeout", "pattern"}));
    for (const std::string_view s : {"1", "1.", ".5", "-1.5Gi", "1e3", "100m", "", "m", "1Gib", "1 ", ".", "e3"})
        EXPECT_EQ(quantity.search(s), parse_quantity(s).has_value()) << s;
    for (const std::string_view s : {"0", "1s", "-1.5h", "1h30m", ".5ms", "1µs", "", "1", "1d", "s", "1 s"})
        EXPECT_EQ(duration.search(s), parse_duration(s).has_value()) << s;
}

}  // namespace
}  // namespace mizzen::json
