// SPDX-License-Identifier: Apache-2.0
// Http2Session: one end of an HTTP/2 connection (RFC 9113) as bytes in, bytes out and events; it does no I/O.
//
// Flow control works both ways: received data of a stream counts until consumed() says that it was used; data to send
// waits in the session until the other end takes it, and on_drained() says when there is room.
#pragma once
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "mizzen/net/http.hpp"

namespace mizzen::net {

// What happened on the connection; called from within receive() and produce(). Handlers may call the session's other
// functions.
class Http2Events {
  public:
    virtual ~Http2Events() = default;
    // A message without its body. A server hears requests, a client responses.
    virtual void on_request(int stream, Request head) = 0;
    virtual void on_response(int stream, Response head) = 0;
    virtual void on_data(int stream, std::string_view data) = 0;
    // The other end sends nothing more. `trailers`: the fields behind a response's body; those of requests are dropped.
    virtual void on_end(int stream, Headers trailers) = 0;
    // The last event of a stream. `clean`: it ended, was not reset. `refused`: the other end did not process it.
    virtual void on_closed(int stream, bool clean, bool refused) = 0;
    // Little is left of what was to be sent.
    virtual void on_drained(int stream) = 0;
};

struct Http2Settings {
    std::uint32_t max_streams = 250;           // that the other end may have open
    std::uint32_t stream_window = 256u << 10;  // received and not consumed, per stream
    std::uint32_t connection_window = 16u << 20;
    std::uint32_t max_head = 64u << 10;
};

class Http2Session {
  public:
    enum class Side { client, server };
    // `events` outlives the session.
    Http2Session(Side, Http2Events& events, Http2Settings = {});
    ~Http2Session();

    // Takes what was received. Throws Error(invalid) if it is not HTTP/2; the connection should be closed then, after
    // produce().
    void receive(std::string_view bytes);
    // Appends what is to be sent, until `out` has about `enough` bytes.
    void produce(std::string& out, std::size_t enough = 64u << 10);
    // Nothing more will be sent or needs to be received.
    bool over() const;

    // Client: sends the head of `request` and, unless `more` is to come, its bytes. Gives the stream.
    int request(const Request& request, std::string_view scheme, std::string_view authority, bool more);
    // Client: whether the server allows one more request now.
    bool can_request() const;
    // Server: sends the head of `response` and, unless `more` is to come, its bytes. `bodiless`: nothing follows the
    // head.
    void respond(int stream, const Response& response, bool more, bool bodiless);

    // Either side; each does nothing if the stream is closed.
    void send(int stream, Bytes data);
    void end(int stream);
    // Bytes that wait to be sent.
    std::size_t queued(int stream) const;
    void consumed(int stream, std::size_t bytes);
    enum class Reset { no_error, internal_error, cancel, refused };
    void reset(int stream, Reset why);

    // Asks the other end for a sign of life; it comes as received bytes.
    void ping();

    // No new streams; those that run may end.
    void go_away();

  private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace mizzen::net
