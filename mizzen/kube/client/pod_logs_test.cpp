// SPDX-License-Identifier: Apache-2.0
#include "mizzen/kube/client/pod_logs.hpp"

#include <gtest/gtest.h>

#include "mizzen/async/simulated_loop.hpp"
#include "mizzen/kube/client/api_error.hpp"
#include "mizzen/kube/client/testing/script.hpp"

namespace mizzen::kube {
namespace {

using namespace std::chrono_literals;

TEST(PodLogs, AskForWhatTheOptionsSay) {
    EXPECT_EQ(log_request({"shop", "p"}, {}).target, "/api/v1/namespaces/shop/pods/p/log");
    EXPECT_EQ(log_request({"shop", "p"}, {.container = "app",
                                          .follow = true,
                                          .previous = true,
                                          .timestamps = true,
                                          .tail_lines = 5,
                                          .since = 1500ms,
                                          .limit_bytes = 10})
                  .target,
              "/api/v1/namespaces/shop/pods/p/"
              "log?container=app&follow=true&previous=true&timestamps=true&tailLines=5&sinceSeconds=2&limitBytes=10");
}

Task<std::string> read(Client& client) {
    std::string out;
    net::Body body = co_await logs(client, "p", {.follow = true});
    while (auto chunk = co_await body.next()) out += chunk->view();
    co_return out;
}

TEST(PodLogs, ComeAsTheyAreWrittenFromTheClientsNamespace) {
    SimulatedLoop loop(1);
    testing::Script script;
    auto feed = script.expects("GET", "/api/v1/namespaces/shop/pods/p/log").feeds();
    feed->bytes("one\n");
    feed->bytes("two\n");
    feed->end();
    Client client(loop, script, {.default_namespace = "shop"});
    EXPECT_EQ(loop.run(read(client)), "one\ntwo\n");
    script.expects("GET", "/api/v1/namespaces/shop/pods/p/log")
        .replies(400, R"({"code":400,"reason":"BadRequest","message":"container not started"})");
    EXPECT_THROW(loop.run(read(client)), ApiError);
}

}  // namespace
}  // namespace mizzen::kube
