// SPDX-License-Identifier: Apache-2.0
#include "mizzen/vault/testing/script.hpp"

#include "mizzen/async/event.hpp"
#include "mizzen/base/error.hpp"
#include "mizzen/net/client.hpp"

namespace mizzen::vault::testing {

using Expectation = Script::Expectation;

Expectation& Expectation::replies(int status, std::string body, net::Headers headers) {
    way_ = Way::reply;
    status_ = status;
    body_ = std::move(body);
    headers_ = std::move(headers);
    return *this;
}
Expectation& Expectation::breaks() {
    way_ = Way::broken;
    return *this;
}
Expectation& Expectation::refuses_to_connect() {
    way_ = Way::not_sent;
    return *this;
}
Expectation& Expectation::stays_silent() {
    way_ = Way::silent;
    return *this;
}
Expectation& Expectation::runs(std::function<net::Response(const net::Request&)> fn) {
    way_ = Way::function;
    fn_ = std::move(fn);
    return *this;
}
Expectation& Expectation::always() {
    always_ = true;
    return *this;
}

Expectation& Script::expects(std::string method, std::string target) {
    return expectations_.emplace_back(std::move(method), std::move(target));
}

class Script::End final : public net::Transport {
  public:
    End(Script& script, Address address) : script_(script), address_(std::move(address)) {}
    Task<net::Response> send(net::Request request) override {
        co_return co_await script_.answer(address_, std::move(request));
    }

  private:
    Script& script_;
    Address address_;
};

Connect Script::connect() {
    return [this](const Address& to) { return std::make_unique<End>(*this, to); };
}

Task<net::Response> Script::answer(const Address& to, net::Request request) {
    requests_.push_back({to.host, request.method, request.target, request.body.bytes().str(), request.headers});
    for (Expectation& e : expectations_) {
        if ((e.met_ && !e.always_) || e.method_ != request.method || e.target_ != request.target) continue;
        e.met_ = true;
        switch (e.way_) {
            case Expectation::Way::reply:
                co_return net::Response{.status = e.status_, .headers = e.headers_, .body = e.body_};
            case Expectation::Way::broken:
                throw Error(ErrorKind::retry, "connection to " + to.host + " broke");
            case Expectation::Way::not_sent:
                throw net::NotSent(Error(ErrorKind::retry, "connection refused by " + to.host));
            case Expectation::Way::silent: {
                Event never;
                co_await never.wait();
                break;
            }
            case Expectation::Way::function:
                co_return e.fn_(request);
        }
    }
    unexpected_.push_back(request.method + " " + request.target);
    co_return net::Response{.status = 500, .body = "nobody expected this"};
}

std::string Script::problems() const {
    std::string out;
    for (const Expectation& e : expectations_) {
        if (!e.met_ && !e.always_) out += "did not come: " + e.method_ + " " + e.target_ + "\n";
    }
    for (const std::string& u : unexpected_) out += "not expected: " + u + "\n";
    return out;
}

ScriptedVault::ScriptedVault(Loop& loop, ClientOptions options)
    : servers(loop, {Address{.host = "vault"}}, script.connect()),
      client(loop, servers, identity, std::move(options)) {}

}  // namespace mizzen::vault::testing
