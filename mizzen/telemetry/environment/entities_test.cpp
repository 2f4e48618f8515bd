// SPDX-License-Identifier: Apache-2.0
// OTEL_ENTITIES: the specification's examples, and what is malformed.
#include "mizzen/telemetry/environment/detail/entities.hpp"

#include <gtest/gtest.h>

#include "mizzen/base/random.hpp"

namespace mizzen::telemetry {
namespace {

using Keys = std::vector<std::string>;

std::string value(const ParsedEntities& parsed, std::string_view key) {
    const AttributeValue* found = parsed.attributes.find(key);
    return found ? *found->as<std::string>() : "(none)";
}

TEST(Entities, HaveTypesKeysAndSchemas) {
    const ParsedEntities p = parse_entities(
        "service{service.name=my-app,service.instance.id=i1}[service.version=1.0.0]@https://opentelemetry.io/schemas/"
        "1.21.0;host{host.id=host-123}[host.name=web]");
    EXPECT_EQ(p.problems, Keys{});
    EXPECT_EQ(p.entities, (std::vector<Entity>{{"service",
                                                "https://opentelemetry.io/schemas/1.21.0",
                                                {"service.name", "service.instance.id"},
                                                {"service.version"}},
                                               {"host", "", {"host.id"}, {"host.name"}}}));
    EXPECT_EQ(value(p, "service.name"), "my-app");
    EXPECT_EQ(value(p, "host.name"), "web");
}

TEST(Entities, ValuesAreDecodedAndEmptyOnesPassedOver) {
    const ParsedEntities p =
        parse_entities(";service{service.name=my%2Capp}[config=key%3Dvalue%5Bprod%5D];; ;host{host.id=1};");
    EXPECT_EQ(p.problems, Keys{});
    EXPECT_EQ(p.entities.size(), 2u);
    EXPECT_EQ(value(p, "service.name"), "my,app");
    EXPECT_EQ(value(p, "config"), "key=value[prod]");
    EXPECT_TRUE(parse_entities("").entities.empty());
}

TEST(Entities, WhatIsMalformedIsLeftOutAndTheRestCounts) {
    for (const char* bad : {"invalid{syntax", "service{}", "service", "{a=b}", "1service{a=b}", "s{a=b}x", "s{a=b}[c",
                            "s{a}", "s{a=%zz}", "s{a=%ff}", "s{=b}", "s{a b=c}", "s[a=b]{c=d}"}) {
        const ParsedEntities p = parse_entities(std::string("ok{k=v};") + bad + ";host{host.id=1}");
        ASSERT_EQ(p.problems.size(), 1u) << bad;
        EXPECT_TRUE(p.problems[0].starts_with("\"" + std::string(bad) + "\" is left out: expected")) << p.problems[0];
        ASSERT_EQ(p.entities.size(), 2u) << bad;
        EXPECT_EQ(p.entities[1].type, "host");
    }
}

TEST(Entities, ASchemaThatIsNoUrlIsLeftOut) {
    const ParsedEntities p = parse_entities("service{service.name=app1}@invalid-url");
    ASSERT_EQ(p.entities.size(), 1u);
    EXPECT_EQ(p.entities[0].schema_url, "");
    EXPECT_EQ(p.problems.size(), 1u);
}

TEST(Entities, TheLastOfTwoCounts) {
    const ParsedEntities same =
        parse_entities("service{service.name=a}[version=1.0];service{service.name=a}[version=2.0]");
    EXPECT_EQ(same.entities.size(), 1u);
    EXPECT_EQ(value(same, "version"), "2.0");
    EXPECT_EQ(same.problems.size(), 1u);
    const ParsedEntities other = parse_entities("service{service.name=app1};service{service.name=app2}");
    EXPECT_EQ(other.entities.size(), 1u);
    EXPECT_EQ(value(other, "service.name"), "app2");
    EXPECT_EQ(other.problems.size(), 1u);
    const ParsedEntities described = parse_entities("a{a.id=1}[team=x,floor=2];b{b.id=1}[team=y]");
    ASSERT_EQ(described.entities.size(), 2u);
    EXPECT_EQ(described.entities[0].description_keys, Keys{"floor"});
    EXPECT_EQ(described.entities[1].description_keys, Keys{"team"});
    EXPECT_EQ(value(described, "team"), "y");
    EXPECT_EQ(described.problems.size(), 1u);
}

TEST(Entities, NoTextDoesHarm) {
    Random random(1);
    static constexpr std::string_view letters = "ab=,;{}[]@%2 .:/\x01\xff";
    for (int round = 0; round < 2000; ++round) {
        std::string text;
        for (std::uint64_t n = random.below(30); n > 0; --n) text += letters[random.below(letters.size())];
        for (const Entity& entity : parse_entities(text).entities) EXPECT_FALSE(entity.id_keys.empty()) << text;
    }
}

}  // namespace
}  // namespace mizzen::telemetry
