// SPDX-License-Identifier: Apache-2.0
// Matching requests with what a test expects.
#include "mizzen/kube/client/testing/script.hpp"

#include "mizzen/async/event.hpp"
#include "mizzen/base/error.hpp"

namespace mizzen::kube::testing {

class FeedSource final : public net::Body::Source {
  public:
    explicit FeedSource(std::shared_ptr<Feed> feed) : feed_(std::move(feed)) {}
    Task<std::optional<Bytes>> next() override {
        auto chunk = co_await feed_->chunks_.receive();
        if (chunk) co_return Bytes(std::move(*chunk));
        if (feed_->broken_) throw Error(ErrorKind::retry, "the connection broke");
        co_return std::nullopt;
    }

  private:
    std::shared_ptr<Feed> feed_;
};

net::Body feed_body(std::shared_ptr<Feed> feed) { return net::Body(std::make_unique<FeedSource>(std::move(feed))); }

void Feed::event(std::string_view type, std::string_view object) {
    std::string line = R"({"type":")";
    bytes(line.append(type).append(R"(","object":)").append(object).append("}\n"));
}

void Feed::bytes(std::string text) { chunks_.try_send(std::move(text)); }

void Feed::end() { chunks_.close(); }

void Feed::breaks() {
    broken_ = true;
    chunks_.close();
}

Expectation& Expectation::replies(int status, std::string body, net::Headers headers) {
    answer_ = Answer::reply;
    status_ = status;
    body_ = std::move(body);
    headers_ = std::move(headers);
    return *this;
}

Expectation& Expectation::breaks() {
    answer_ = Answer::broken;
    return *this;
}

Expectation& Expectation::stays_silent() {
    answer_ = Answer::silent;
    return *this;
}

std::shared_ptr<Feed> Expectation::feeds() {
    answer_ = Answer::stream;
    feed_ = std::make_shared<Feed>();
    return feed_;
}

Expectation& Expectation::always() {
    always_ = true;
    return *this;
}

Expectation& Expectation::runs(std::function<net::Response(const net::Request&)> fn) {
    answer_ = Answer::function;
    fn_ = std::move(fn);
    return *this;
}

bool Expectation::matches(const net::Request& request) const {
    if (request.method != method_) return false;
    return target_ == (target_.find('?') == std::string::npos ? request.path() : std::string_view(request.target));
}

Expectation& Script::expects(std::string method, std::string target) {
    return expectations_.emplace_back(std::move(method), std::move(target));
}

Task<net::Response> Script::send(net::Request request) {
    requests_.push_back({request.method, request.target, request.body.bytes().str(), request.headers});
    if (break_at_ > 0 && --break_at_ == 0) throw Error(ErrorKind::retry, "the connection broke");
    for (Expectation& e : expectations_) {
        if ((e.met_ && !e.always_) || !e.matches(request)) continue;
        e.met_ = true;
        switch (e.answer_) {
            case Expectation::Answer::reply:
                co_return net::Response{.status = e.status_, .headers = e.headers_, .body = net::Body(e.body_)};
            case Expectation::Answer::broken:
                throw Error(ErrorKind::retry, "the connection broke");
            case Expectation::Answer::silent: {
                Latch never;
                co_await never.wait();
                break;
            }
            case Expectation::Answer::stream:
                co_return net::Response{.status = 200, .headers = {}, .body = feed_body(e.feed_)};
            case Expectation::Answer::function:
                co_return e.fn_(request);
        }
    }
    unexpected_.push_back(request.method + " " + request.target);
    co_return net::Response{.status = 500, .headers = {}, .body = net::Body("not in the script")};
}

std::string Script::log() const {
    std::string out;
    for (auto& seen : requests_) out += seen.method + " " + seen.target + "\n";
    return out;
}

std::string Script::problems() const {
    std::string out;
    for (auto& e : expectations_)
        if (!e.met_ && !e.always_) out += "did not come: " + e.method_ + " " + e.target_ + "\n";
    for (auto& request : unexpected_) out += "not expected: " + request + "\n";
    return out;
}

}  // namespace mizzen::kube::testing
