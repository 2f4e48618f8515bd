// SPDX-License-Identifier: Apache-2.0
// HTTP/1.1 as bytes (RFC 9112), without I/O: heads are parsed and written, bodies are framed and unframed.
//
// Strict where two readers could disagree about where a message ends (request smuggling): conflicting or repeated
// lengths, unknown codings, folded lines, bare line feeds and stray spaces are refused. Trailers are read and dropped.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "mizzen/base/error.hpp"
#include "mizzen/net/http.hpp"

namespace mizzen::net::http1 {

// The other side broke the protocol, or a limit. `status` is what a server answers before it closes the connection.
class ProtocolError : public Error {
  public:
    ProtocolError(int status, std::string message) : Error(ErrorKind::invalid, std::move(message)), status_(status) {}
    int status() const { return status_; }

  private:
    int status_;
};

// The most bytes of a head, and of one line of chunk size or trailer.
inline constexpr std::size_t max_head = 64u << 10;
inline constexpr std::size_t max_line = 8u << 10;

// How the end of a body is found.
struct Framing {
    enum Kind { none, length, chunked, until_end } kind = none;
    std::uint64_t size = 0;  // of kind length
};

struct RequestHead {
    Request request;  // without body
    Framing framing;
    bool keep_alive = true;
    bool expects_continue = false;
    bool http10 = false;
};

struct ResponseHead {
    Response response;  // without body
    Framing framing;
    bool keep_alive = true;
};

// The size of the head at the start of `buffer`, with its blank line; 0 while that has not arrived. `from`: how much
// was searched before. Throws ProtocolError(431) past max_head.
std::size_t head_size(std::string_view buffer, std::size_t from = 0);
// `head` is what head_size measured. Throws ProtocolError.
RequestHead parse_request(std::string_view head);
// `method`: of the request that is answered; a HEAD has no body.
ResponseHead parse_response(std::string_view head, std::string_view method);

// Takes a body out of the bytes of a connection.
class BodyDecoder {
  public:
    explicit BodyDecoder(Framing framing);

    struct Step {
        std::size_t used = 0;   // bytes of the input that are done with
        std::string_view data;  // bytes of the body, a part of the input
    };
    // Reads on in `input`, which starts behind what was used before. An empty step means: more input is needed, or
    // done(). Throws ProtocolError.
    Step decode(std::string_view input);
    bool done() const { return state_ == State::done; }
    // The connection ended here: true if that is where the body ends.
    bool may_end_here() const { return done() || framing_.kind == Framing::until_end; }

  private:
    enum class State { data, chunk_size, chunk_data, chunk_end, trailer, done };
    std::optional<std::string_view> line(std::string_view input) const;
    Step take(std::string_view input, State then);
    Step chunk_size(std::string_view input);
    Step trailer(std::string_view input);

    Framing framing_;
    State state_;
    std::uint64_t left_ = 0;
    std::size_t trailer_size_ = 0;
};

// Append heads to `out`. They write the field that `framing` asks for; the caller's own framing fields are left out.
void write_request(std::string& out, const Request& request, Framing framing, std::string_view host);
void write_response(std::string& out, const Response& response, Framing framing, bool keep_alive);
// One chunk of a chunked body; chunks are never empty. The end of it.
void write_chunk(std::string& out, std::string_view data);
inline constexpr std::string_view last_chunk = "0\r\n\r\n";

}  // namespace mizzen::net::http1
