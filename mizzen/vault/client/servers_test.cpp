// SPDX-License-Identifier: Apache-2.0
#include "mizzen/vault/client/servers.hpp"

#include <gtest/gtest.h>

#include <map>

#include "mizzen/async/event.hpp"
#include "mizzen/async/simulated_loop.hpp"
#include "mizzen/base/error.hpp"
#include "mizzen/net/client.hpp"
#include "mizzen/vault/testing/script.hpp"

namespace mizzen::vault {
namespace {

using namespace std::chrono_literals;

// Nodes whose health a test sets; each answers a read with its name.
struct Cluster {
    SimulatedLoop loop{1};
    std::map<std::string, int> health;  // 0: refuses connections; -1: never answers
    std::map<std::string, std::string> redirect_to;
    std::vector<std::string> log;
    int connections = 0;

    struct Node final : net::Transport {
        Node(Cluster& c, std::string h) : cluster(c), host(std::move(h)) { ++cluster.connections; }
        Task<net::Response> send(net::Request request) override {
            const int status = cluster.health[host];
            cluster.log.push_back(host + (request.target == "/v1/sys/health" ? " health" : ""));
            if (status == 0) throw net::NotSent(Error(ErrorKind::retry, "connection refused by " + host));
            if (status == -1) {
                Event never;
                co_await never.wait();
            }
            if (request.target == "/v1/sys/health") co_return net::Response{.status = status};
            if (const auto to = cluster.redirect_to.find(host); to != cluster.redirect_to.end())
                co_return net::Response{.status = 307, .headers = {{"Location", to->second + request.target}}};
            co_return net::Response{.body = host + " " + request.body.bytes().str()};
        }
        Cluster& cluster;
        std::string host;
    };
    Servers servers(std::vector<std::string> urls, ServersOptions options = {}) {
        std::vector<Address> addresses;
        for (const std::string& url : urls) addresses.push_back(Address::parse(url));
        return Servers(
            loop, addresses, [this](const Address& a) { return std::make_unique<Node>(*this, a.host); },
            std::move(options));
    }
    std::string read(Servers& s, Aim aim = Aim::any) {
        return loop.run(s.send({.method = "POST", .target = "/v1/x", .body = "b"}, aim)).body;
    }
};

TEST(Servers, OneAddressIsNeverAskedForItsHealth) {
    Cluster c{.health = {{"a", 503}}};
    Servers s = c.servers({"https://a:8200"});
    EXPECT_EQ(c.read(s), "a b");
    EXPECT_EQ(c.log, std::vector<std::string>{"a"});
}

TEST(Servers, WritesGoToTheActiveNodeAndReadsStayWhereTheyAre) {
    Cluster c{.health = {{"a", 503}, {"b", 429}, {"c", 200}}};
    Servers s = c.servers({"https://a", "https://b", "https://c"});
    EXPECT_EQ(c.read(s, Aim::active), "c b");
    EXPECT_EQ(c.read(s, Aim::any), "b b");
    EXPECT_EQ(c.log.size(), 5u) << "health is asked once";
    c.loop.run_for(11s);
    c.health = {{"a", 200}, {"b", 0}, {"c", -1}};
    EXPECT_EQ(c.read(s, Aim::active), "a b");
    const auto states = s.states();
    EXPECT_EQ(states[0].role, Role::active);
    EXPECT_EQ(states[1].role, Role::unreachable);
    EXPECT_EQ(states[2].role, Role::unreachable) << "no answer in two seconds";
}

TEST(Servers, ANodeThatFailsIsLeftForAnother) {
    Cluster c{.health = {{"a", 200}, {"b", 429}}};
    Servers s = c.servers({"https://a", "https://b"});
    EXPECT_EQ(c.read(s, Aim::active), "a b");
    c.health = {{"a", 0}, {"b", 200}};
    EXPECT_THROW(c.read(s, Aim::active), net::NotSent);
    EXPECT_EQ(c.read(s, Aim::active), "b b");
}

TEST(Servers, ARedirectIsFollowedOnceWithinTheCluster) {
    Cluster c{.health = {{"a", 429}, {"b", 200}}, .redirect_to = {{"a", "https://b:8200"}}};
    Servers known = c.servers({"https://a:8200"}, {.also_trusted = {Address::parse("https://b:8200")}});
    EXPECT_EQ(c.read(known), "b b");
    const auto status = [&](Servers& s) { return c.loop.run(s.send({.target = "/v1/x"}, Aim::any)).status; };
    Servers unknown = c.servers({"https://a:8200"});
    EXPECT_EQ(status(unknown), 307) << "the token goes to no unknown host";
    c.redirect_to["a"] = "http://b:8200";
    Servers plain = c.servers({"https://a:8200"}, {.also_trusted = {Address::parse("http://b:8200")}});
    EXPECT_EQ(status(plain), 307) << "nor in the clear";
    c.redirect_to = {{"a", "https://b:8200"}, {"b", "https://a:8200"}};
    EXPECT_EQ(status(known), 307) << "nor in circles";
}

TEST(Servers, ConnectionsAreMadeAnewAfterAWhile) {
    Cluster c{.health = {{"a", 200}}};
    Servers s = c.servers({"https://a"});
    c.read(s);
    c.loop.run_for(4min);
    c.read(s);
    EXPECT_EQ(c.connections, 1);
    c.loop.run_for(2min);
    c.read(s);
    EXPECT_EQ(c.connections, 2);
}

TEST(Servers, NoAddressIsSaid) {
    Cluster c;
    EXPECT_THROW(c.servers({}), Error);
}

TEST(Address, IsReadFromAUrl) {
    EXPECT_EQ(Address::parse("https://vault.example.com:8200/"), (Address{.host = "vault.example.com"}));
    EXPECT_EQ(Address::parse("http://[::1]:8200/vault/"),
              (Address{.tls = false, .host = "::1", .port = 8200, .prefix = "/vault"}));
    EXPECT_EQ(Address::parse("https://v").port, 443);
    EXPECT_EQ(Address::parse("http://[::1]:8200/vault").to_string(), "http://[::1]:8200/vault");
    for (const char* wrong : {"", "vault:8200", "ftp://v", "https://", "https://v:0", "https://v:99999", "https://v:x",
                              "https://user:secret@v", "https://v?x", "https://[::1", "https://[::1]x"}) {
        try {
            Address::parse(wrong);
            ADD_FAILURE() << wrong;
        } catch (const Error& error) {
            EXPECT_EQ(std::string(error.what()).find("secret"), std::string::npos);
        }
    }
}

}  // namespace
}  // namespace mizzen::vault
