// SPDX-License-Identifier: Apache-2.0
#include "mizzen/kube/client/watch.hpp"

#include <gtest/gtest.h>

#include "mizzen/async/simulated_loop.hpp"
#include "mizzen/kube/client/api.hpp"
#include "mizzen/kube/client/testing/script.hpp"
#include "mizzen/kube/schema/kinds/config.hpp"

namespace mizzen::kube {
namespace {

using namespace std::chrono_literals;
using testing::Script;

struct WatchTest : ::testing::Test {
    SimulatedLoop loop{1};
    Script script;
    Client client{loop, script};
    Api<ConfigMap> api{client, "shop"};

    // What a watch tells, as text: "ADDED a@5, BOOKMARK @6, end".
    static Task<std::string> tell(const Api<ConfigMap>& api) {
        auto watch = co_await api.watch({.timeout = 60s});
        std::string out;
        for (;;) {
            auto event = co_await watch.next();
            if (!event) break;
            out += std::string(to_string(event->change)) + " " + event->object.metadata.name + "@" +
                   event->object.metadata.resource_version;
            out += event->initial_events_end ? "!, " : ", ";
        }
        co_return out + "end";
    }
    std::shared_ptr<testing::Feed> feed() {
        return script.expects("GET", "/api/v1/namespaces/shop/configmaps").feeds();
    }
};

TEST_F(WatchTest, EventsComeInOrderHoweverTheBytesAreCut) {
    const std::string text =
        R"({"type":"ADDED","object":{"kind":"ConfigMap","metadata":{"name":"a","resourceVersion":"5"},"data":{"k":"}\n\"{"}}})"
        "\n"
        R"({"object":{"metadata":{"name":"a","resourceVersion":"6"}},"type":"MODIFIED"})"
        "\n\n"
        R"({"type":"BOOKMARK","object":{"metadata":{"resourceVersion":"7","annotations":{"k8s.io/initial-events-end":"true"}}}})"
        "\n"
        R"({"type":"DELETED","object":{"metadata":{"name":"a","resourceVersion":"8"}}})"
        "\n";
    for (std::size_t cut = 1; cut < text.size(); ++cut) {
        auto stream = feed();
        stream->bytes(text.substr(0, cut));
        stream->bytes(text.substr(cut));
        stream->end();
        ASSERT_EQ(loop.run(tell(api)), "ADDED a@5, MODIFIED a@6, BOOKMARK @7!, DELETED a@8, end") << cut;
    }
}

TEST_F(WatchTest, AStreamThatEndsInsideAnEventIsABrokenConnection) {
    auto stream = feed();
    stream->bytes(R"({"type":"ADDED","obj)");
    stream->end();
    EXPECT_THROW(loop.run(tell(api)), Error);
}

TEST_F(WatchTest, AnErrorEventIsThrownWithItsReason) {
    auto stream = feed();
    stream->event("ERROR", R"({"kind":"Status","code":410,"reason":"Expired","message":"too old resource version"})");
    try {
        loop.run(tell(api));
        FAIL() << "no error";
    } catch (const ApiError& e) {
        EXPECT_TRUE(e.is_expired());
        EXPECT_STREQ(e.what(), "while watching configmaps: too old resource version");
    }
}

TEST_F(WatchTest, ASilentStreamIsGivenUpAfterItsTimeAndAMargin) {
    feed();
    try {
        loop.run(tell(api));
        FAIL() << "no error";
    } catch (const Error& e) {
        EXPECT_EQ(e.kind(), ErrorKind::retry);
    }
    EXPECT_EQ(loop.now().time_since_epoch(), 65s);
}

TEST_F(WatchTest, ARefusedWatchThrowsWhatTheServerSaid) {
    script.expects("GET", "/api/v1/namespaces/shop/configmaps")
        .replies(403, R"({"reason":"Forbidden","code":403,"message":"no"})");
    EXPECT_THROW(loop.run(tell(api)), ApiError);
}

}  // namespace
}  // namespace mizzen::kube
