// SPDX-License-Identifier: Apache-2.0
#include "mizzen/kube/runtime/events.hpp"

#include <gtest/gtest.h>

#include "mizzen/async/scope.hpp"
#include "mizzen/async/simulated_loop.hpp"
#include "mizzen/json/json.hpp"
#include "mizzen/kube/client/testing/script.hpp"

namespace mizzen::kube {
namespace {

using namespace std::chrono_literals;
using testing::Script;

constexpr const char* events_path = "/api/v1/namespaces/shop/events";

struct EventsTest : ::testing::Test {
    SimulatedLoop loop{1};
    Script script;
    Client client{loop, script, {.retry = {.tries = 1}}};
    EventRecorder recorder{client, "tester", {.burst = 3, .refill = 1min}};
    Scope scope{loop};
    ObjectRef toy{.api_version = "demo.dev/v1", .kind = "Toy", .ns = "shop", .name = "a", .uid = "u"};

    void SetUp() override {
        script.expects("POST", events_path).replies(201, "{}").always();
        scope.spawn(recorder.run());
    }
    json::Value body(std::size_t i) const { return json::parse(script.requests().at(i).body); }
};

TEST_F(EventsTest, AnEventTellsWhoWhatAndWhen) {
    recorder.record(toy, EventType::warning, "Broken", "it broke");
    loop.run_for(1s);
    ASSERT_EQ(script.requests().size(), 1u);
    json::Value event = body(0);
    EXPECT_EQ(event.text({"involvedObject", "uid"}), "u");
    EXPECT_EQ(event.text("type"), "Warning");
    EXPECT_EQ(event.text("reason"), "Broken");
    EXPECT_EQ(event.text("message"), "it broke");
    EXPECT_EQ(event.text({"source", "component"}), "tester");
    EXPECT_EQ(event.text("firstTimestamp"), "2026-01-01T00:00:00Z");
    EXPECT_EQ(event.integer({"count"}), 1);
    EXPECT_TRUE(event.text({"metadata", "name"}).starts_with("a."));
}

TEST_F(EventsTest, TheSameAgainBecomesACountThatIsWrittenNowAndThen) {
    recorder.record(toy, EventType::warning, "Broken", "it broke");
    loop.run_for(1s);
    script.expects("PATCH", std::string(events_path) + "/" + std::string(body(0).text({"metadata", "name"})))
        .replies(200, "{}")
        .always();
    for (int i = 0; i < 50; ++i) {
        recorder.record(toy, EventType::warning, "Broken", "it broke");
        loop.run_for(100ms);
    }
    EXPECT_EQ(script.requests().size(), 1u);
    loop.run_for(10s);
    ASSERT_EQ(script.requests().size(), 2u);
    EXPECT_EQ(body(1).integer({"count"}), 51);
    loop.run_for(20min);
    recorder.record(toy, EventType::warning, "Broken", "it broke");
    loop.run_for(1s);
    EXPECT_EQ(script.requests().back().method, "POST") << "after so long it is news";
}

TEST_F(EventsTest, AnObjectThatTalksTooMuchIsCutShort) {
    for (int i = 0; i < 10; ++i) recorder.record(toy, EventType::normal, "Step", std::to_string(i));
    ObjectRef other = toy;
    other.uid = "v";
    recorder.record(other, EventType::normal, "Step", "1");
    loop.run_for(1s);
    EXPECT_EQ(script.requests().size(), 4u);
    EXPECT_EQ(recorder.dropped(), 7u);
    loop.run_for(1min);
    recorder.record(toy, EventType::normal, "Step", "later");
    loop.run_for(1s);
    EXPECT_EQ(script.requests().size(), 5u);
}

TEST_F(EventsTest, ALongMessageIsCutBetweenCharacters) {
    std::string message;
    while (message.size() < 2000) message += "ä";
    recorder.record(toy, EventType::normal, "Long", message);
    loop.run_for(1s);
    EXPECT_LE(body(0).text("message").size(), 1024u);
    EXPECT_TRUE(body(0).text("message").ends_with("ä..."));
}

}  // namespace
}  // namespace mizzen::kube
