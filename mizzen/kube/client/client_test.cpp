// SPDX-License-Identifier: Apache-2.0
#include "mizzen/kube/client/client.hpp"

#include <gtest/gtest.h>

#include "mizzen/async/scope.hpp"
#include "mizzen/async/simulated_loop.hpp"
#include "mizzen/kube/client/api_error.hpp"
#include "mizzen/kube/client/testing/script.hpp"

namespace mizzen::kube {
namespace {

using namespace std::chrono_literals;
using testing::Script;

net::Request request(std::string method, net::Headers headers = {}) {
    return {.method = std::move(method),
            .target = "/api/v1/nodes/n",
            .headers = std::move(headers),
            .body = net::Body("{}")};
}

struct Fixture : ::testing::Test {
    SimulatedLoop loop{1};
    Script script;
    ClientOptions options() {
        return {.retry = {.wait = {.first = 500ms, .most = 5s, .jitter = Backoff::Jitter::none}}};
    }
};
using ClientTest = Fixture;

TEST_F(ClientTest, OverloadIsRepeatedForEveryVerbAfterTheTimeTheServerAsksFor) {
    script.expects("POST", "/api/v1/nodes/n").replies(429, "", {{"Retry-After", "3"}});
    script.expects("POST", "/api/v1/nodes/n").replies(201, "made");
    Client client(loop, script, options());
    EXPECT_EQ(loop.run(client.call(request("POST"))), "made");
    EXPECT_EQ(loop.now().time_since_epoch(), 3s + 500ms);
    EXPECT_EQ(script.problems(), "");
}

TEST_F(ClientTest, AServerMayAskByDate) {
    script.expects("POST", "/api/v1/nodes/n").replies(429, "", {{"Retry-After", "Thu, 01 Jan 2026 00:00:07 GMT"}});
    script.expects("POST", "/api/v1/nodes/n").replies(429, "", {{"Retry-After", "5 minutes"}});
    script.expects("POST", "/api/v1/nodes/n").replies(201, "made");
    Client client(loop, script, options());
    EXPECT_EQ(loop.run(client.call(request("POST"))), "made");
    EXPECT_EQ(loop.now().time_since_epoch(), 7s + 500ms + 1s) << "what is neither number nor date is not obeyed";
    EXPECT_EQ(script.problems(), "");
}

TEST_F(ClientTest, WaitsDoubleUntilTheTriesAreUsedUp) {
    for (int i = 0; i < 4; ++i) script.expects("GET", "/api/v1/nodes/n").replies(503, "");
    Client client(loop, script, options());
    EXPECT_THROW(loop.run(client.call(request("GET"))), ApiError);
    EXPECT_EQ(loop.now().time_since_epoch(), 500ms + 1s + 2s);
    EXPECT_EQ(script.problems(), "");
}

TEST_F(ClientTest, ABrokenConnectionIsRepeatedOnlyWhereTwiceIsTheSameAsOnce) {
    struct Case {
        const char* method;
        const char* type;
        bool repeated;
    };
    for (auto& c :
         {Case{"GET", "", true}, Case{"PUT", "", true}, Case{"DELETE", "", true}, Case{"POST", "", false},
          Case{"PATCH", "application/apply-patch+yaml", true}, Case{"PATCH", "application/merge-patch+json", true},
          Case{"PATCH", "application/json-patch+json", false},
          Case{"PATCH", "application/strategic-merge-patch+json", false}}) {
        Script one;
        one.breaks_at(1);
        one.expects(c.method, "/api/v1/nodes/n").replies(200, "ok");
        Client client(loop, one, options());
        auto send = client.call(request(c.method, {{"Content-Type", c.type}}));
        if (c.repeated) {
            EXPECT_EQ(loop.run(std::move(send)), "ok") << c.method << c.type;
        } else {
            EXPECT_THROW(loop.run(std::move(send)), Error) << c.method << c.type;
        }
    }
}

TEST_F(ClientTest, ARefusalThatSaysNoIsNotRepeated) {
    script.expects("GET", "/api/v1/nodes/n")
        .replies(404, R"({"kind":"Status","code":404,"reason":"NotFound","message":"nodes \"n\" not found"})");
    Client client(loop, script, options());
    try {
        loop.run(client.call(request("GET")));
        FAIL() << "no error";
    } catch (const ApiError& e) {
        EXPECT_TRUE(e.is_not_found());
        EXPECT_EQ(e.kind(), ErrorKind::not_found);
        EXPECT_EQ(e.message(), "nodes \"n\" not found");
    }
    EXPECT_EQ(script.requests().size(), 1u);
}

TEST_F(ClientTest, ASilentServerIsGivenUpAsARetryableError) {
    script.expects("POST", "/api/v1/nodes/n").stays_silent();
    Client client(loop, script, {.timeout = 10s});
    try {
        loop.run(client.call(request("POST")));
        FAIL() << "no error";
    } catch (const Error& e) {
        EXPECT_EQ(e.kind(), ErrorKind::retry);
        EXPECT_STREQ(e.what(), "no answer from the API server within 10s");
    }
    EXPECT_EQ(loop.now().time_since_epoch(), 10s);
}

class Renewed final : public TokenSource {
  public:
    Task<std::string> token() override { co_return "t" + std::to_string(number_); }
    bool refused() override { return ++number_ <= 1; }

  private:
    int number_ = 0;
};

TEST_F(ClientTest, ARefusedTokenIsRenewedOnce) {
    script.expects("GET", "/api/v1/nodes/n").replies(401, "");
    script.expects("GET", "/api/v1/nodes/n").replies(200, "ok");
    script.expects("GET", "/api/v1/nodes/n").replies(401, "");
    Client client(loop, script, {.token = std::make_unique<Renewed>()});
    EXPECT_EQ(loop.run(client.call(request("GET"))), "ok");
    EXPECT_THROW(loop.run(client.call(request("GET"))), ApiError);
    EXPECT_EQ(*script.requests()[0].headers.find("authorization"), "Bearer t0");
    EXPECT_EQ(*script.requests()[1].headers.find("authorization"), "Bearer t1");
    EXPECT_EQ(script.problems(), "");
}

TEST(ParseStatus, APageThatIsNoStatusBecomesTheMessage) {
    Status status = parse_status(502, "<html>\nbad gateway");
    EXPECT_EQ(status.message, "<html>");
    EXPECT_EQ(status.reason, "Unknown");
    EXPECT_EQ(parse_status(403, "").reason, "Forbidden");
    EXPECT_EQ(ApiError(parse_status(410, "{}")).kind(), ErrorKind::conflict);
    EXPECT_TRUE(ApiError(parse_status(410, "{}")).is_expired());
}

}  // namespace
}  // namespace mizzen::kube
