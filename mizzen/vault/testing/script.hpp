// SPDX-License-Identifier: Apache-2.0
// Script: a Vault made of expectations, for tests. `script.expects("GET", "/v1/secret/data/shop").replies(200,
// R"({"data":…})");`
#pragma once
#include <deque>
#include <functional>
#include <string>
#include <vector>

#include "mizzen/net/http.hpp"
#include "mizzen/vault/client/client.hpp"
#include "mizzen/vault/client/servers.hpp"

namespace mizzen::vault::testing {

// Answers each request by the first expectation that matches and was not met yet. A request that nobody expected gets a
// 500 and is a problem.
class Script {
  public:
    class Expectation {
      public:
        Expectation(std::string method, std::string target) : method_(std::move(method)), target_(std::move(target)) {}
        Expectation& replies(int status, std::string body = {}, net::Headers headers = {});
        // Broken after it was sent; not sent at all; never answered.
        Expectation& breaks();
        Expectation& refuses_to_connect();
        Expectation& stays_silent();
        Expectation& runs(std::function<net::Response(const net::Request&)> fn);
        // Comes any number of times, also not at all.
        Expectation& always();

      private:
        friend class Script;
        enum class Way { reply, broken, not_sent, silent, function };
        std::string method_, target_;
        Way way_ = Way::reply;
        int status_ = 200;
        std::string body_;
        net::Headers headers_;
        std::function<net::Response(const net::Request&)> fn_;
        bool always_ = false, met_ = false;
    };

    // `target` without the host: "/v1/secret/data/shop?version=2".
    Expectation& expects(std::string method, std::string target);
    // Connects to this script, whatever the address.
    Connect connect();

    struct Seen {
        std::string host, method, target, body;
        net::Headers headers;
    };
    const std::vector<Seen>& requests() const { return requests_; }
    // What was expected and did not come, what came and was not expected; "" when all is well.
    std::string problems() const;

  private:
    class End;
    Task<net::Response> answer(const Address& to, net::Request request);
    std::deque<Expectation> expectations_;
    std::vector<Seen> requests_;
    std::vector<std::string> unexpected_;
};

// A client of a script with the token "t", for tests of engines.
struct ScriptedVault {
    explicit ScriptedVault(Loop& loop, ClientOptions options = {});
    Script script;
    FixedToken identity{Secret("t")};
    Servers servers;
    Client client;
};

}  // namespace mizzen::vault::testing
