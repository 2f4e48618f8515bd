// SPDX-License-Identifier: Apache-2.0
// Http2Connection: an Http2Session on a Stream, and the exchanges on it. Both sides derive from it.
#pragma once
#include <map>
#include <memory>
#include <optional>
#include <string>

#include "mizzen/async/cancel_scope.hpp"
#include "mizzen/async/event.hpp"
#include "mizzen/base/time.hpp"
#include "mizzen/net/detail/inbox.hpp"
#include "mizzen/net/http2.hpp"

namespace mizzen::net::detail {

class Http2Connection;

// One request and its response. Shared with the body that reads from it, which may live longer than the connection.
struct Exchange {
    Http2Connection* connection = nullptr;  // nothing once the stream is closed
    int stream = 0;
    std::string received;   // of the body, not read yet
    std::size_t total = 0;  // of the body, so far
    Headers trailers;       // behind it
    bool ended = false;     // all of it was received
    bool discards = false;  // nobody will read it
    bool too_large = false;
    std::string broken;    // why the rest will not come
    bool refused = false;  // the other end did not process the request
    bool has_response = false;
    Response response;
    CancelScope* cancel = nullptr;  // server: of the task that answers
    Event arrived;                  // any of the above changed
    Event drained;
};

// The body of a message as it arrives.
class Http2Body final : public Body::Source {
  public:
    // `reset`: an unfinished body that is dropped resets its stream.
    Http2Body(std::shared_ptr<Exchange> exchange, bool reset) : exchange_(std::move(exchange)), reset_(reset) {}
    ~Http2Body() override;
    Task<std::optional<Bytes>> next() override;
    Headers trailers() const override { return exchange_->trailers; }

  private:
    std::shared_ptr<Exchange> exchange_;
    bool reset_;
};

class Http2Connection : protected Http2Events {
  public:
    Http2Connection(Http2Session::Side side, Stream& stream, Inbox inbox, Http2Settings settings);
    ~Http2Connection() override;

    Http2Session& session() { return session_; }
    // To be called after the session was told to send something.
    void changed() { changed_.notify_all(); }
    // Sends what is left of `body` as the other end takes it. Throws Error(retry) if the stream closes meanwhile.
    Task<> send_body(std::shared_ptr<Exchange> exchange, Body& body);
    std::size_t open_exchanges() const { return exchanges_.size(); }

  protected:
    // Reads and writes until the connection ends; then all exchanges are closed. Throws Error if it broke, or if the
    // other end gave no sign of life while exchanges were open. Without any for `idle_timeout` the connection is ended.
    Task<> transfer(Duration idle_timeout);
    std::shared_ptr<Exchange> open(int stream);
    std::shared_ptr<Exchange> find(int stream) const;
    // Called before `data`, which counts in `total` already, is kept; false drops it.
    virtual bool takes(Exchange&) = 0;

    void on_data(int stream, std::string_view data) override;
    void on_end(int stream, Headers trailers) override;
    void on_closed(int stream, bool clean, bool refused) override;
    void on_drained(int stream) override;

    Stream& stream_;

  private:
    Task<> read_on(Duration idle_timeout);
    Task<std::optional<std::size_t>> read_within(Duration limit);
    Task<> write_on();
    void close(Exchange&, std::string why);
    void close_all(const std::string& why);

    Inbox inbox_;
    Http2Session session_;
    Event changed_;
    std::map<int, std::shared_ptr<Exchange>> exchanges_;
};

}  // namespace mizzen::net::detail
