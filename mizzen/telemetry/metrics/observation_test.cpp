// SPDX-License-Identifier: Apache-2.0
// Several callbacks for one metric.
#include <gtest/gtest.h>

#include "mizzen/base/error.hpp"
#include "mizzen/telemetry/exposition/exposition.hpp"
#include "mizzen/telemetry/metrics/registry.hpp"

namespace mizzen::telemetry {
namespace {

struct Queue {
    std::string_view queue;
};

constexpr auto depth = gauge("shop_depth", "Waiting.");

Observation observe(Registry& registry, std::string name, double value) {
    return registry.observe<Queue>(depth,
                                   [name, value](Observer<Queue>& observer) { observer.observe({name}, value); });
}
std::string samples(const Registry& registry) {
    const std::string page = to_prometheus_text(registry.collect(WallTime()));
    const std::size_t type = page.find("# TYPE");
    return type == page.npos ? "" : page.substr(page.find('\n', type) + 1);
}

TEST(Observations, OfOneMetricAreOneFamily) {
    Registry registry{WallTime()};
    Observation a = observe(registry, "a", 1);
    {
        const Observation b = observe(registry, "b", 2);
        EXPECT_EQ(samples(registry), "shop_depth{queue=\"a\"} 1\nshop_depth{queue=\"b\"} 2\n");
        const Observation other_a = observe(registry, "a", 3);
        EXPECT_EQ(samples(registry), "shop_depth{queue=\"a\"} 3\nshop_depth{queue=\"b\"} 2\n") << "the last counts";
    }
    EXPECT_EQ(samples(registry), "shop_depth{queue=\"a\"} 1\n");
    a = Observation();
    EXPECT_EQ(samples(registry), "");
    const Observation of_the_name = registry.observe(gauge("shop_depth", "Another."), [] { return 7.0; });
    EXPECT_EQ(samples(registry), "shop_depth 7\n") << "the name is free again";
}

TEST(Observations, AreDeclaredAlike) {
    Registry registry{WallTime()};
    const Observation a = observe(registry, "a", 1);
    EXPECT_THROW((void)registry.observe(depth, [] { return 1.0; }), Error) << "without the label";
    EXPECT_THROW((void)registry.observe<Queue>(gauge("shop_depth", "Other help."), [](Observer<Queue>&) {}), Error);
    EXPECT_THROW((void)registry.observe<Queue>(depth.cap(3), [](Observer<Queue>&) {}), Error);
    struct Counted {
        Gauge<Queue> depth = gauge("shop_depth", "Waiting.");
    };
    EXPECT_THROW(registry.make<Counted>(), Error) << "what is counted is not observed";
}

TEST(Observations, CostTheFamilyIfOneFails) {
    Registry registry{WallTime()};
    const Observation a = observe(registry, "a", 1);
    const Observation bad =
        registry.observe<Queue>(depth, [](Observer<Queue>&) { throw std::runtime_error("no queue"); });
    const Snapshot snapshot = registry.collect(WallTime());
    EXPECT_TRUE(snapshot.families.empty());
    EXPECT_EQ(snapshot.lost, std::vector<std::string>{"shop_depth: its callback failed: no queue"});
}

TEST(Observations, KnowTheTimeOfTheCollection) {
    Registry registry{WallTime()};
    const Observation age = registry.observe<Queue>(depth, [](Observer<Queue>& observer) {
        observer.observe({"x"}, std::chrono::duration<double>(observer.now().time_since_epoch()).count());
    });
    EXPECT_EQ(
        std::get<std::vector<Number>>(registry.collect(WallTime(std::chrono::seconds(12))).families.at(0).points)[0],
        Number(12.0));
}

TEST(Observations, CutLongValuesBetweenCharacters) {
    struct BuildLabels {
        std::string_view version;
    };
    struct Builds {
        Info<BuildLabels> build = info("shop_build_info", "Build.");
    };
    std::string value;
    for (int i = 0; i < 400; ++i) value += "\u706b";  // three bytes each
    Registry registry{WallTime()};
    const Observation long_one = observe(registry, value, 1);
    registry.make<Builds>().build.set({value});
    const Snapshot snapshot = registry.collect(WallTime());
    ASSERT_EQ(snapshot.families.size(), 2u);
    for (const Family& family : snapshot.families) EXPECT_EQ(family.labels.at(0, 0), value.substr(0, 1023));
}

TEST(Observations, GoThroughViewsTogether) {
    Registry registry({.start = WallTime(), .views = {{.name = "shop_depth", .remove_labels = {"queue"}}}});
    const Observation a = observe(registry, "a", 1), b = observe(registry, "b", 2);
    EXPECT_EQ(samples(registry), "shop_depth 2\n");
    Registry without({.start = WallTime(), .views = {{.name = "shop_*", .drop = true}}});
    const Observation dropped = observe(without, "a", 1), too = observe(without, "b", 1);
    EXPECT_EQ(samples(without), "");
}

}  // namespace
}  // namespace mizzen::telemetry
