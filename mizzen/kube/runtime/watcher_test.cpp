// SPDX-License-Identifier: Apache-2.0
#include "mizzen/kube/runtime/watcher.hpp"

#include <gtest/gtest.h>

#include "mizzen/async/scope.hpp"
#include "mizzen/async/simulated_loop.hpp"
#include "mizzen/kube/client/testing/script.hpp"
#include "mizzen/kube/runtime/informer.hpp"
#include "mizzen/kube/schema/kinds/config.hpp"

namespace mizzen::kube {
namespace {

using namespace std::chrono_literals;
using testing::Feed;
using testing::Script;

constexpr const char* maps = "/api/v1/configmaps";

std::string object(std::string name, int version) {
    return R"({"metadata":{"name":")" + name + R"(","namespace":"shop","uid":"u-)" + name + R"(","resourceVersion":")" +
           std::to_string(version) + R"(","managedFields":[{"manager":"x"}]}})";
}
std::string list(int version, std::vector<std::string> items, std::string next = "") {
    std::string body;
    for (auto& item : items) body += (body.empty() ? "" : ",") + item;
    return R"({"metadata":{"resourceVersion":")" + std::to_string(version) + R"(","continue":")" + next +
           R"("},"items":[)" + body + "]}";
}
std::string bookmark(int version, bool ends_list = false) {
    return R"({"metadata":{"resourceVersion":")" + std::to_string(version) + "\"" +
           (ends_list ? R"(,"annotations":{"k8s.io/initial-events-end":"true"})" : "") + "}}";
}

struct World {
    SimulatedLoop loop{1};
    Script script;
    Client client{loop, script, {.retry = {.tries = 1}}};
    WatcherOptions options{.stream_list = false, .backoff = {.first = 1s, .most = 8s, .jitter = Backoff::Jitter::none}};
    std::unique_ptr<Informer<ConfigMap>> informer;
    std::unique_ptr<Scope> scope;
    std::string told;

    void start() {
        informer =
            std::make_unique<Informer<ConfigMap>>(client, request::Target{DynamicKind(ConfigMap::kind), {}}, options);
        informer->on_change([this](const ConfigMap* before, const ConfigMap* after, bool initial) {
            const ConfigMap& it = after ? *after : *before;
            told += (after == nullptr    ? "-"
                     : before == nullptr ? "+"
                                         : "~") +
                    it.metadata.name + it.metadata.resource_version + (initial ? "i " : " ");
        });
        scope = std::make_unique<Scope>(loop);
        scope->spawn(informer->run());
    }
    // What the cache holds: "a5 b7".
    std::string held() const {
        std::string out;
        for (auto& item : informer->store().list()) out += item->metadata.name + item->metadata.resource_version + " ";
        return out;
    }
    std::shared_ptr<Feed> expect_watch() { return script.expects("GET", maps).feeds(); }
    // The resourceVersion of each request that was a watch, in order.
    std::string watched_from() const {
        std::string out;
        for (auto& seen : script.requests()) {
            auto query = net::Query::parse(std::string_view(seen.target).substr(seen.target.find('?') + 1));
            if (query.flag("watch"))
                out += std::string(query.text("resourceVersion")) + (query.flag("sendInitialEvents") ? "!" : "") + " ";
        }
        return out;
    }
};

struct WatcherTest : ::testing::Test, World {};

TEST_F(WatcherTest, ListsPageByPageThenFollows) {
    script.expects("GET", std::string(maps) + "?limit=500").replies(200, list(0, {object("a", 1)}, "next"));
    script.expects("GET", std::string(maps) + "?limit=500&continue=next").replies(200, list(9, {object("b", 2)}));
    auto feed = expect_watch();
    start();
    loop.run_for(1ms);
    EXPECT_TRUE(informer->is_synced());
    EXPECT_EQ(informer->revision(), 9u);
    feed->event("MODIFIED", object("a", 10));
    feed->event("DELETED", object("b", 11));
    feed->event("ADDED", object("c", 12));
    feed->event("BOOKMARK", bookmark(20));
    loop.run_for(1ms);
    EXPECT_EQ(told, "+a1i +b2i ~a10 -b11 +c12 ");
    EXPECT_EQ(held(), "a10 c12 ");
    EXPECT_EQ(informer->revision(), 20u);
    EXPECT_EQ(watched_from(), "9 ");
    EXPECT_TRUE(informer->store().find({"shop", "a"})->metadata.managed_fields.empty());
}

TEST(Watcher, ACutAfterAnyEventLosesAndRepeatsNothing) {
    const std::vector<std::pair<std::string, std::string>> events{{"ADDED", object("b", 11)},
                                                                  {"MODIFIED", object("a", 12)},
                                                                  {"BOOKMARK", bookmark(13)},
                                                                  {"DELETED", object("b", 14)},
                                                                  {"ADDED", object("b", 15)}};
    for (std::size_t cut = 0; cut <= events.size(); ++cut) {
        for (bool orderly : {true, false}) {
            World w;
            w.script.expects("GET", std::string(maps) + "?limit=500").replies(200, list(10, {object("a", 1)}));
            auto first = w.expect_watch(), second = w.expect_watch();
            w.start();
            w.loop.run_for(1s);
            for (std::size_t i = 0; i < cut; ++i) first->event(events[i].first, events[i].second);
            orderly ? first->end() : first->breaks();
            w.loop.run_for(10s);
            for (std::size_t i = cut; i < events.size(); ++i) second->event(events[i].first, events[i].second);
            w.loop.run_for(1s);
            EXPECT_EQ(w.told, "+a1i +b11 ~a12 -b14 +b15 ") << cut;
            EXPECT_EQ(w.watched_from(), "10 " + std::to_string(10 + cut) + " ") << cut;
            EXPECT_EQ(w.script.problems(), "");
        }
    }
}

TEST_F(WatcherTest, AfterHistoryIsGoneOnlyDifferencesAreTold) {
    script.expects("GET", std::string(maps) + "?limit=500")
        .replies(200, list(10, {object("a", 1), object("b", 2), object("c", 3)}));
    auto first = expect_watch();
    script.expects("GET", std::string(maps) + "?limit=500")
        .replies(200, list(30, {object("a", 1), object("c", 25), object("d", 26)}));
    auto second = expect_watch();
    start();
    loop.run_for(5s);
    told.clear();
    first->event("ERROR", R"({"kind":"Status","code":410,"reason":"Expired","message":"too old"})");
    loop.run_for(5s);
    EXPECT_EQ(told, "~c25 +d26 -b2 ");
    EXPECT_EQ(held(), "a1 c25 d26 ");
    EXPECT_EQ(informer->revision(), 30u);
    EXPECT_EQ(script.problems(), "");
}

TEST_F(WatcherTest, TheSameVersionTwiceIsToldOnce) {
    script.expects("GET", std::string(maps) + "?limit=500").replies(200, list(10, {}));
    auto feed = expect_watch();
    start();
    loop.run_for(1s);
    for (int i = 0; i < 3; ++i) feed->event("MODIFIED", object("a", 11));
    for (int i = 0; i < 2; ++i) feed->event("DELETED", object("a", 12));
    loop.run_for(1s);
    EXPECT_EQ(told, "+a11 -a12 ");
}

TEST_F(WatcherTest, AnUnreadableObjectIsSkippedAndCounted) {
    script.expects("GET", std::string(maps) + "?limit=500")
        .replies(200, list(10, {R"({"metadata":{"name":5}})", object("a", 1)}));
    auto feed = expect_watch();
    start();
    loop.run_for(1s);
    EXPECT_EQ(held(), "a1 ");
    EXPECT_EQ(informer->numbers().unreadable, 1u);
}

TEST_F(WatcherTest, WaitsGrowWhileTheServerIsAway) {
    script.expects("GET", maps).breaks().always();
    start();
    std::vector<long> at;
    for (std::size_t known = 0; loop.now() < Time(40s);) {
        if (script.requests().size() > known) {
            known = script.requests().size();
            at.push_back(std::chrono::duration_cast<std::chrono::seconds>(loop.now().time_since_epoch()).count());
        }
        loop.run_for(100ms);
    }
    EXPECT_EQ(at, (std::vector<long>{0, 1, 3, 7, 15, 23, 31, 39}));
    EXPECT_FALSE(informer->is_synced());
    EXPECT_NE(informer->problem(), "");
}

TEST_F(WatcherTest, WatchesThatFallSilentAreRenewedWithoutGrowingPauses) {
    script.expects("GET", std::string(maps) + "?limit=500").replies(200, list(10, {}));
    for (int i = 0; i < 20; ++i) expect_watch();
    start();
    loop.run_for(12h);
    // Each lives 30 to 60 minutes and 5 seconds, then a pause of a second.
    EXPECT_GE(script.requests().size(), 12u);
    EXPECT_LE(script.requests().size(), 26u);
    EXPECT_EQ(informer->numbers().lists, 1u);
}

TEST_F(WatcherTest, AServerThatEndsWatchesAtOnceIsNotAskedWithoutPause) {
    script.expects("GET", std::string(maps) + "?limit=500").replies(200, list(10, {}));
    script.expects("GET", maps).replies(200, "").always();
    start();
    loop.run_for(1min);
    EXPECT_LT(script.requests().size(), 13u);
    EXPECT_GT(script.requests().size(), 5u);
}

TEST_F(WatcherTest, TheStateComesAsAStreamWhereTheServerCan) {
    options.stream_list = true;
    auto feed = expect_watch();
    start();
    feed->event("ADDED", object("a", 7));
    feed->event("ADDED", object("b", 3));
    loop.run_for(1s);
    EXPECT_FALSE(informer->is_synced());
    feed->event("BOOKMARK", bookmark(8, true));
    feed->event("MODIFIED", object("a", 9));
    loop.run_for(1s);
    EXPECT_TRUE(informer->is_synced());
    EXPECT_EQ(told, "+a7i +b3i ~a9 ");
    EXPECT_EQ(watched_from(), "! ");
}

TEST_F(WatcherTest, AStreamThatBreaksBeforeItsEndIsStartedAgain) {
    options.stream_list = true;
    auto first = expect_watch(), second = expect_watch();
    start();
    first->event("ADDED", object("a", 7));
    first->event("ADDED", object("b", 3));
    first->breaks();
    loop.run_for(5s);
    second->event("ADDED", object("b", 3));
    second->event("BOOKMARK", bookmark(8, true));
    loop.run_for(1s);
    EXPECT_EQ(held(), "b3 ") << "a was removed between the two";
    EXPECT_TRUE(informer->is_synced());
    EXPECT_EQ(watched_from(), "! ! ");
}

TEST_F(WatcherTest, AServerThatRefusesToStreamIsAskedForAListAtOnce) {
    options.stream_list = true;
    script.expects("GET", maps)
        .replies(422, R"({"kind":"Status","code":422,"reason":"Invalid","message":"forbidden"})");
    script.expects("GET", std::string(maps) + "?limit=500").replies(200, list(10, {object("a", 1)}));
    auto feed = expect_watch();
    start();
    loop.run_for(1ms);
    EXPECT_EQ(held(), "a1 ");
    EXPECT_EQ(watched_from(), "! 10 ");
}

TEST_F(WatcherTest, AServerThatIgnoresTheWishToStreamIsAskedForAListAfterAWhile) {
    options.stream_list = true;
    auto silent = expect_watch();
    silent->event("ADDED", object("a", 1));
    script.expects("GET", std::string(maps) + "?limit=500").replies(200, list(10, {object("a", 1)}));
    auto feed = expect_watch();
    start();
    loop.run_for(20s);
    EXPECT_TRUE(informer->is_synced());
    EXPECT_EQ(watched_from(), "! 10 ");
}

TEST_F(WatcherTest, AKindThatIsNotServedCountsAsEmptyAndIsAskedForAgain) {
    script.expects("GET", std::string(maps) + "?limit=500").replies(404, "");
    script.expects("GET", std::string(maps) + "?limit=500").replies(200, list(10, {object("a", 1)}));
    auto feed = expect_watch();
    start();
    loop.run_for(1s);
    EXPECT_TRUE(informer->is_synced());
    EXPECT_FALSE(informer->is_served());
    loop.run_for(30s);
    EXPECT_TRUE(informer->is_served());
    EXPECT_EQ(held(), "a1 ");
}

TEST_F(WatcherTest, AListThatExpiresBetweenItsPagesIsAskedForWhole) {
    script.expects("GET", std::string(maps) + "?limit=500").replies(200, list(9, {object("a", 1)}, "old"));
    script.expects("GET", std::string(maps) + "?limit=500&continue=old").replies(410, "");
    script.expects("GET", maps).replies(200, list(10, {object("b", 2)}));
    auto feed = expect_watch();
    start();
    loop.run_for(5s);
    EXPECT_EQ(held(), "b2 ");
    EXPECT_EQ(script.requests()[2].target, maps);
}

TEST_F(WatcherTest, AWriteIsSeenWhenTheCacheHasReachedItsVersion) {
    script.expects("GET", std::string(maps) + "?limit=500").replies(200, list(10, {object("a", 1)}));
    auto feed = expect_watch();
    start();
    loop.run_for(1s);
    Written modified{.kind = ConfigMap::kind, .key = {"shop", "a"}, .uid = "u-a", .resource_version = "12"};
    Written removed{.kind = ConfigMap::kind, .key = {"shop", "a"}, .uid = "u-a", .resource_version = ""};
    EXPECT_FALSE(loop.run(informer->sees(modified, 2s)));
    EXPECT_FALSE(loop.run(informer->sees(removed, 2s)));
    feed->event("MODIFIED", object("a", 12));
    EXPECT_TRUE(loop.run(informer->sees(modified, 2s)));
    EXPECT_FALSE(loop.run(informer->sees(removed, 2s)));
    feed->event("DELETED", object("a", 13));
    EXPECT_TRUE(loop.run(informer->sees(removed, 2s)));
}

}  // namespace
}  // namespace mizzen::kube
