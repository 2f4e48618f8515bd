// SPDX-License-Identifier: Apache-2.0
// Script: an API server made of expectations, for tests. `script.expects("GET", "/api/v1/nodes/n1").replies(200,
// R"({…})");`
#pragma once
#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "mizzen/async/channel.hpp"
#include "mizzen/net/http.hpp"

namespace mizzen::kube::testing {

// The body of a watch that a test writes while it runs.
class Feed {
  public:
    // One event: `{"type":…,"object":…}`, without line end.
    void event(std::string_view type, std::string_view object);
    void bytes(std::string text);
    // The server ends the watch in order; the connection breaks.
    void end();
    void breaks();

  private:
    friend class FeedSource;
    Channel<std::string> chunks_{1000};
    bool broken_ = false;
};

// A response body that shows what is written to the feed.
net::Body feed_body(std::shared_ptr<Feed> feed);

// One request that shall come, and what it is answered.
class Expectation {
  public:
    Expectation(std::string method, std::string target) : method_(std::move(method)), target_(std::move(target)) {}

    Expectation& replies(int status, std::string body, net::Headers headers = {});
    // Without an answer: the connection breaks, or stays silent for ever.
    Expectation& breaks();
    Expectation& stays_silent();
    // A stream of chunks that the test writes.
    std::shared_ptr<Feed> feeds();
    // Comes any number of times, also not at all.
    Expectation& always();
    // Answered by a function.
    Expectation& runs(std::function<net::Response(const net::Request&)> fn);

    bool matches(const net::Request& request) const;

  private:
    friend class Script;
    enum class Answer { reply, broken, silent, stream, function };
    std::string method_;
    std::string target_;  // a path, or a path with exactly that query
    Answer answer_ = Answer::reply;
    int status_ = 200;
    std::string body_;
    net::Headers headers_;
    std::shared_ptr<Feed> feed_;
    std::function<net::Response(const net::Request&)> fn_;
    bool always_ = false;
    bool met_ = false;
};

// Answers each request by the first expectation that matches and was not met yet. A request that nobody expected gets a
// 500 and is a problem.
class Script final : public net::Transport {
  public:
    Expectation& expects(std::string method, std::string target);
    // The n-th request from now (from 1) breaks instead of being answered, once; its expectation stays.
    void breaks_at(int n) { break_at_ = n; }
    Task<net::Response> send(net::Request request) override;

    struct Seen {
        std::string method, target, body;
        net::Headers headers;
    };
    const std::vector<Seen>& requests() const { return requests_; }
    // "PATCH /api/v1/…", one a line.
    std::string log() const;
    // What was expected and did not come, what came and was not expected; "" when all is well.
    std::string problems() const;

  private:
    std::deque<Expectation> expectations_;
    std::vector<Seen> requests_;
    std::vector<std::string> unexpected_;
    int break_at_ = 0;
};

}  // namespace mizzen::kube::testing
