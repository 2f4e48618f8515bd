// SPDX-License-Identifier: Apache-2.0
// Variables in texts, by the specification's table.
#include "mizzen/telemetry/configuration/detail/substitution.hpp"

#include <gtest/gtest.h>

#include "mizzen/base/random.hpp"
#include "mizzen/telemetry/configuration/testing/read_file.hpp"

namespace mizzen::telemetry {
namespace {

const Environment environment = testing::environment_of({{"STRING_VALUE", "value"},
                                                         {"INVALID_MAP_VALUE", "value\nkey:value"},
                                                         {"DO_NOT_REPLACE_ME", "Never use this value"},
                                                         {"REPLACE_ME", "${DO_NOT_REPLACE_ME}"},
                                                         {"VALUE_WITH_ESCAPE", "value$$"},
                                                         {"FLOAT_VALUE", "1.1"},
                                                         {"EMPTY", ""}});

TEST(Substitution, IsAsTheSpecificationHasIt) {
    const std::pair<const char*, const char*> cases[] = {
        {"${STRING_VALUE}", "value"},
        {"${env:STRING_VALUE}", "value"},
        {"${INVALID_MAP_VALUE}", "value\nkey:value"},
        {"foo ${STRING_VALUE} ${FLOAT_VALUE}", "foo value 1.1"},
        {"${UNDEFINED_KEY}", ""},
        {"${UNDEFINED_KEY:-fallback}", "fallback"},
        {"${EMPTY:-fallback}", "fallback"},
        {"${UNDEFINED_KEY:-}", ""},
        {"${env:UNDEFINED_KEY:-a b:c}", "a b:c"},
        {"${REPLACE_ME}", "${DO_NOT_REPLACE_ME}"},
        {"${UNDEFINED_KEY:-${STRING_VALUE}}", "${STRING_VALUE}"},
        {"$${STRING_VALUE}", "${STRING_VALUE}"},
        {"$$${STRING_VALUE}", "$value"},
        {"$$$${STRING_VALUE}", "$${STRING_VALUE}"},
        {"$${STRING_VALUE:-fallback}", "${STRING_VALUE:-fallback}"},
        {"$${STRING_VALUE:-${STRING_VALUE}}", "${STRING_VALUE:-value}"},
        {"${UNDEFINED_KEY:-$${UNDEFINED_KEY}}", "${UNDEFINED_KEY:-${UNDEFINED_KEY}}"},
        {"$${STRING_VALUE} ${STRING_VALUE} $${STRING_VALUE}", "${STRING_VALUE} value ${STRING_VALUE}"},
        {"${VALUE_WITH_ESCAPE}", "value$$"},
        {"a $$ b", "a $ b"},
        {"a $ b", "a $ b"},
        {"${", "${"},
        {"${}", "${}"},
        {"", ""},
    };
    for (const auto& [text, expected] : cases) EXPECT_EQ(substitute(text, environment).text, expected) << text;
}

TEST(Substitution, SaysWhetherThereWereVariables) {
    EXPECT_TRUE(substitute("${UNDEFINED_KEY}", environment).has_variables);
    EXPECT_FALSE(substitute("$$ ${} x", environment).has_variables);
}

TEST(Substitution, RefusesWhatIsNoVariable) {
    for (const char* text : {"${STRING_VALUE:?error}", "${1API_KEY}", "${API_$KEY}", "${env:}", "${sys:a}", "${a b}",
                             "${a:-b\nc}", "${-}"}) {
        try {
            substitute(text, environment);
            ADD_FAILURE() << text;
        } catch (const Error& error) {
            EXPECT_EQ(error.kind(), ErrorKind::invalid);
            EXPECT_NE(error.message().find("expected ${NAME}, ${env:NAME} or ${NAME:-otherwise}"), std::string::npos);
        }
    }
}

TEST(Substitution, NoTextDoesHarm) {
    Random random(1);
    static constexpr std::string_view letters = "${}:-$env_A1 \n";
    for (int round = 0; round < 3000; ++round) {
        std::string text;
        for (std::uint64_t n = random.below(20); n > 0; --n) text += letters[random.below(letters.size())];
        try {
            substitute(text, environment);
        } catch (const Error&) {
        }
    }
}

}  // namespace
}  // namespace mizzen::telemetry
