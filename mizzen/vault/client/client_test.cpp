// SPDX-License-Identifier: Apache-2.0
#include "mizzen/vault/client/client.hpp"

#include <gtest/gtest.h>

#include "mizzen/async/simulated_loop.hpp"
#include "mizzen/vault/client/error.hpp"
#include "mizzen/vault/testing/script.hpp"

namespace mizzen::vault {
namespace {

using namespace std::chrono_literals;
using testing::ScriptedVault;

constexpr const char* denied = R"({"errors":["1 error occurred:\n\t* permission denied\n\n"]})";

Retries steady() { return {.tries = 3, .wait = {.first = 1s, .most = 5s, .jitter = Backoff::Jitter::none}}; }

struct ClientTest : ::testing::Test {
    SimulatedLoop loop{1};
    ScriptedVault vault{loop, {.name_space = "team/shop", .retries = steady()}};

    Answer run(Call call) { return loop.run(vault.client.call(std::move(call))); }
    VaultError refused(Call call) {
        try {
            run(std::move(call));
        } catch (const VaultError& error) {
            return error;
        }
        ADD_FAILURE() << "it was answered";
        return VaultError(Cause::other, 0, "");
    }
    void TearDown() override { EXPECT_EQ(vault.script.problems(), ""); }
};

TEST_F(ClientTest, TheEnvelopeIsOpened) {
    vault.script.expects("GET", "/v1/database/creds/shop").replies(200, R"({"request_id":"r1",
        "lease_id":"database/creds/shop/x","lease_duration":3600,"renewable":true,
        "data":{"username":"u","password":"p","big":9007199254740993},"warnings":["old"],"wrap_info":null,"auth":null})");
    const Answer answer = run({.path = "database/creds/shop", .repeat = Repeat::once});
    EXPECT_EQ(answer.request_id, "r1");
    EXPECT_EQ(answer.lease.id, "database/creds/shop/x");
    EXPECT_EQ(answer.lease.duration, 1h);
    EXPECT_TRUE(answer.lease.renewable);
    EXPECT_EQ(answer.secret("password").reveal(), "p");
    EXPECT_EQ(answer.data.integer({"big"}), 9007199254740993);
    EXPECT_EQ(answer.warnings, std::vector<std::string>{"old"});
    const auto& sent = vault.script.requests().at(0).headers;
    EXPECT_EQ(sent.find("X-Vault-Token"), "t");
    EXPECT_EQ(sent.find("X-Vault-Request"), "true");
    EXPECT_EQ(sent.find("X-Vault-Namespace"), "team/shop");
}

TEST_F(ClientTest, NothingIsAnAnswerToo) {
    vault.script.expects("DELETE", "/v1/secret/data/a%20b").replies(204);
    vault.script.expects("DELETE", "/v1/secret/data/a%20b").replies(200, R"({"warnings":["was gone"]})");
    EXPECT_TRUE(run({.method = "DELETE", .path = "secret/data/a b"}).warnings.empty());
    EXPECT_EQ(run({.method = "DELETE", .path = "secret/data/a b"}).warnings.at(0), "was gone");
}

TEST_F(ClientTest, ListsGoAsReadsThatGatewaysKnow) {
    vault.script.expects("GET", "/v1/secret/metadata/?list=true").replies(404, R"({"errors":[]})");
    const Answer answer = run({.method = "LIST", .path = "secret/metadata/", .answers = {404}});
    EXPECT_EQ(answer.status, 404);
    EXPECT_TRUE(answer.data.is_null());
}

TEST_F(ClientTest, AnEngineThatIsNotThereIsNoEmptyList) {
    vault.script.expects("GET", "/v1/kv/metadata/?list=true")
        .replies(404, R"({"errors":["no handler for route \"kv/metadata/\". route entry not found."]})");
    const VaultError error = refused({.method = "LIST", .path = "kv/metadata/", .answers = {404}});
    EXPECT_EQ(error.cause(), Cause::no_such_endpoint);
    EXPECT_EQ(error.kind(), ErrorKind::not_found);
}

TEST_F(ClientTest, PatchesSayWhatTheyAre) {
    vault.script.expects("PATCH", "/v1/secret/data/a").replies(200, "{}");
    run({.method = "PATCH", .path = "secret/data/a", .body = Secret("{}")});
    EXPECT_EQ(vault.script.requests().at(0).headers.find("Content-Type"), "application/merge-patch+json");
}

TEST_F(ClientTest, PathsThatNoServerTakesAreNotSent) {
    for (const char* path : {"", "/secret", "v1/secret", "secret/../sys", "secret/.", "a\nb"})
        EXPECT_THROW(run({.path = path}), Error) << path;
    EXPECT_TRUE(vault.script.requests().empty());
}

TEST_F(ClientTest, WhatDidNothingIsRepeatedForEveryCall) {
    for (const auto& [status, body] :
         {std::pair{412, ""},
          {429, ""},
          {503, R"({"errors":["Vault is sealed"]})"},
          {500, R"({"errors":["local node not active but active cluster node not found"]})"}})
        for (const Repeat repeat : {Repeat::always, Repeat::once}) {
            SimulatedLoop own(1);
            ScriptedVault v(own, {.retries = steady()});
            v.script.expects("POST", "/v1/auth/token/create").replies(status, body);
            v.script.expects("POST", "/v1/auth/token/create").refuses_to_connect();
            v.script.expects("POST", "/v1/auth/token/create").replies(200, "{}");
            own.run(v.client.call({.method = "POST", .path = "auth/token/create", .repeat = repeat}));
            EXPECT_EQ(own.now().time_since_epoch(), 1s + 2s) << status;
            EXPECT_EQ(v.script.problems(), "") << status;
        }
}

TEST_F(ClientTest, WhatMayHaveBeenDoneIsRepeatedOnlyWhereTwiceIsTheSameAsOnce) {
    vault.script.expects("GET", "/v1/secret/data/a").breaks();
    vault.script.expects("GET", "/v1/secret/data/a").replies(502, "");
    vault.script.expects("GET", "/v1/secret/data/a").replies(200, "{}");
    run({.path = "secret/data/a"});
    vault.script.expects("GET", "/v1/database/creds/shop").breaks();
    const VaultError lost = refused({.path = "database/creds/shop", .repeat = Repeat::once});
    EXPECT_EQ(lost.cause(), Cause::reply_lost);
    vault.script.expects("GET", "/v1/database/creds/shop").replies(502, R"({"errors":["connection refused"]})");
    EXPECT_EQ(refused({.path = "database/creds/shop", .repeat = Repeat::once}).cause(), Cause::upstream);
}

TEST_F(ClientTest, ADeadlineLeavesACallThatCannotBeRepeatedInDoubt) {
    vault.script.expects("POST", "/v1/pki/issue/web").stays_silent();
    const VaultError lost = refused({.method = "POST", .path = "pki/issue/web", .repeat = Repeat::once});
    EXPECT_EQ(lost.cause(), Cause::reply_lost);
    EXPECT_EQ(loop.now().time_since_epoch(), 60s);
    vault.script.expects("GET", "/v1/secret/data/a").stays_silent();
    EXPECT_THROW(run({.path = "secret/data/a"}), Error);
}

TEST_F(ClientTest, TheServersWaitIsHonouredUpToABound) {
    vault.script.expects("GET", "/v1/a").replies(429, "", {{"Retry-After", "7"}});
    vault.script.expects("GET", "/v1/a").replies(200, "{}");
    run({.path = "a"});
    EXPECT_EQ(loop.now().time_since_epoch(), 7s + 1s);
    vault.script.expects("GET", "/v1/a").replies(429, "", {{"Retry-After", "3600"}});
    EXPECT_EQ(refused({.path = "a"}).retry_after(), 1h);
}

TEST_F(ClientTest, AskingAgainDoesNotHelpAgainstAWrongCall) {
    for (const auto& [status, body, cause] :
         {std::tuple{400, R"({"errors":["wrapping token is not valid or does not exist"]})",
                     Cause::wrapping_token_spent},
          {400, R"({"errors":["check-and-set parameter did not match the current version"]})", Cause::check_and_set},
          {400, R"({"errors":["lease not found"]})", Cause::lease_gone},
          {400, R"({"errors":["lease is not renewable"]})", Cause::not_renewable},
          {400, "<html>no</html>", Cause::other},
          {405, R"({"errors":["unsupported operation"]})", Cause::no_such_endpoint},
          {501, "", Cause::not_initialized}}) {
        vault.script.expects("POST", "/v1/x").replies(status, body);
        const VaultError error = refused({.method = "POST", .path = "x"});
        EXPECT_EQ(error.cause(), cause) << body;
        EXPECT_EQ(error.status(), status);
    }
}

TEST_F(ClientTest, ADenialNamesTheCapabilityThatIsMissing) {
    vault.script.expects("GET", "/v1/secret/data/a").replies(403, denied);
    vault.script.expects("GET", "/v1/auth/token/lookup-self").replies(200, "{}");
    vault.script.expects("POST", "/v1/sys/capabilities-self").replies(200, R"({"data":{"secret/data/a":["list"]}})");
    const VaultError error = refused({.path = "secret/data/a"});
    EXPECT_EQ(error.cause(), Cause::denied);
    EXPECT_STREQ(error.what(),
                 "GET secret/data/a: denied; the token's policies grant list on this path, and it needs read");
    EXPECT_EQ(vault.script.requests().at(2).body, R"({"paths":["secret/data/a"]})");
}

TEST_F(ClientTest, ADeadTokenThatNobodyReplacesIsSaidToBeDead) {
    vault.script.expects("GET", "/v1/secret/data/a").replies(403, denied);
    vault.script.expects("GET", "/v1/auth/token/lookup-self").replies(403, denied);
    EXPECT_EQ(refused({.path = "secret/data/a"}).cause(), Cause::token_dead);
}

// Its n-th token is "t<n>".
class Renewing final : public TokenSource {
  public:
    Task<Secret> token() override { co_return Secret("t" + std::to_string(number_)); }
    Task<bool> replace(const Secret&) override {
        ++number_;
        co_return true;
    }

  private:
    int number_ = 1;
};

TEST_F(ClientTest, ADeadTokenIsReplacedOnceAndTheCallSentOnceMore) {
    Renewing identity;
    const Client client(loop, vault.servers, identity);
    vault.script.expects("POST", "/v1/pki/issue/web").replies(403, denied);
    vault.script.expects("GET", "/v1/auth/token/lookup-self").replies(403, denied);
    vault.script.expects("POST", "/v1/pki/issue/web").replies(200, "{}");
    loop.run(client.call({.method = "POST", .path = "pki/issue/web", .repeat = Repeat::once}));
    EXPECT_EQ(vault.script.requests().at(2).headers.find("X-Vault-Token"), "t2");
    EXPECT_EQ(loop.now().time_since_epoch(), 0s);

    for (int i = 0; i < 2; ++i) vault.script.expects("GET", "/v1/secret/data/a").replies(403, denied);
    vault.script.expects("GET", "/v1/auth/token/lookup-self").replies(403, denied);
    EXPECT_THROW(loop.run(client.call({.path = "secret/data/a"})), VaultError) << "twice is enough";
}

TEST_F(ClientTest, CallsWaitForTheirTurn) {
    const Client client(loop, vault.servers, vault.identity, {.calls_per_second = 10, .burst = 2});
    vault.script.expects("GET", "/v1/a").replies(200, "{}").always();
    for (int i = 0; i < 4; ++i) loop.run(client.call({.path = "a"}));
    EXPECT_EQ(loop.now().time_since_epoch(), 200ms);
}

TEST_F(ClientTest, AnAnswerThatCannotBeReadIsAnErrorThatSaysWhich) {
    for (const char* body : {"[1]", "<html>", "{\"data\":"}) {
        vault.script.expects("GET", "/v1/a").replies(200, body);
        try {
            run({.path = "a"});
            FAIL() << body;
        } catch (const Error& error) {
            EXPECT_EQ(error.kind(), ErrorKind::invalid);
            EXPECT_TRUE(std::string(error.what()).starts_with("while reading the answer to GET a: ")) << error.what();
        }
    }
}

TEST_F(ClientTest, AWrappedAnswerComesAsItsToken) {
    vault.script.expects("GET", "/v1/sys/mounts")
        .replies(200, R"({"data":null,"wrap_info":{"token":"s.w","accessor":"a","ttl":60,
            "creation_time":"2026-01-01T00:00:00Z","creation_path":"sys/mounts"},"auth":null})");
    const Answer answer = run({.path = "sys/mounts", .wrap = 1500ms});
    ASSERT_TRUE(answer.wrap);
    EXPECT_EQ(answer.wrap->token.reveal(), "s.w");
    EXPECT_EQ(answer.wrap->ttl, 60s);
    EXPECT_EQ(answer.wrap->creation_path, "sys/mounts");
    EXPECT_EQ(vault.script.requests().at(0).headers.find("X-Vault-Wrap-TTL"), "2s");
}

}  // namespace
}  // namespace mizzen::vault
