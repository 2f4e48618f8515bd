// SPDX-License-Identifier: Apache-2.0
// Scanning finds what parsing finds.
#include "mizzen/kube/client/detail/json_scan.hpp"

#include <gtest/gtest.h>

#include "mizzen/base/error.hpp"
#include "mizzen/base/random.hpp"
#include "mizzen/json/json.hpp"

namespace mizzen::kube::detail {
namespace {

std::string any_text(Random& random) {
    static constexpr std::string_view letters = R"(ab"\{}[]:, é)";
    std::string out;
    for (std::uint64_t n = random.below(8); n > 0; --n) out += letters[random.below(letters.size() - 3)];
    return out;
}

json::Value any_value(Random& random, int depth) {
    switch (random.below(depth > 3 ? 3 : 5)) {
        case 0:
            return nullptr;
        case 1:
            return static_cast<std::int64_t>(random.below(1000));
        case 2:
            return any_text(random);
        case 3: {
            json::Array out;
            for (std::uint64_t n = random.below(4); n > 0; --n) out.push_back(any_value(random, depth + 1));
            return out;
        }
        default: {
            json::Object out;
            for (std::uint64_t n = random.below(4); n > 0; --n) out.set(any_text(random), any_value(random, depth + 1));
            return out;
        }
    }
}

TEST(JsonScan, FindsWhatParsingFinds) {
    for (std::uint64_t seed = 1; seed <= 2000; ++seed) {
        Random random(seed);
        json::Object object;
        for (std::uint64_t n = random.below(5); n > 0; --n) object.set(any_text(random), any_value(random, 0));
        const json::Value value = object;
        json::Object found;
        for (const std::string& text : {json::to_json(value), json::to_pretty_json(value)}) {
            for (auto& [key, member] : scan_members(text))
                found.set(json::parse("\"" + std::string(key) + "\"").as_string(), json::parse(member));
            EXPECT_EQ(json::Value(found), value) << text;
        }
    }
}

TEST(JsonScan, RefusesWhatEndsEarly) {
    for (std::string_view text : {"", "{", "{\"a", "{\"a\\\"", "{\"a\":", "{\"a\":[", "{\"a\":{\"b\":1}", "[1]"})
        EXPECT_THROW(scan_members(text), Error) << text;
}

}  // namespace
}  // namespace mizzen::kube::detail
