// SPDX-License-Identifier: Apache-2.0
// HTTP messages, the same for HTTP/1.1, HTTP/2 and calls inside the process (RFC 9110).
#pragma once
#include <concepts>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "mizzen/async/task.hpp"
#include "mizzen/base/bytes.hpp"
#include "mizzen/net/stream.hpp"

namespace mizzen::net {

// Header fields in order; names compare without case.
class Headers {
  public:
    Headers() = default;
    Headers(std::initializer_list<std::pair<std::string, std::string>> fields) : fields_(fields) {}
    // The first field of that name, or nothing.
    std::optional<std::string_view> find(std::string_view name) const;
    std::vector<std::string_view> all(std::string_view name) const;
    void set(std::string_view name, std::string value);  // replaces
    void add(std::string name, std::string value);       // appends
    void remove(std::string_view name);
    auto begin() const { return fields_.begin(); }
    auto end() const { return fields_.end(); }
    std::size_t size() const { return fields_.size(); }

  private:
    std::vector<std::pair<std::string, std::string>> fields_;
};

// A body: nothing, bytes, or chunks that come over time (a watch).
class Body {
  public:
    class Source {
      public:
        virtual ~Source() = default;
        // The next chunk, never empty; nothing at the end. Throws where the body breaks off.
        virtual Task<std::optional<Bytes>> next() = 0;
        // The fields behind the body (RFC 9110, 6.5), known once next() gave nothing.
        virtual Headers trailers() const { return {}; }
    };

    Body() = default;
    Body(Bytes bytes) : bytes_(std::move(bytes)) {}
    Body(std::string bytes) : bytes_(std::move(bytes)) {}
    Body(const char* bytes) : bytes_(bytes) {}
    template <std::derived_from<Source> S>
    Body(std::unique_ptr<S> source) : source_(std::move(source)) {}

    bool is_stream() const { return source_ != nullptr; }
    // The bytes of a body that is no stream.
    const Bytes& bytes() const { return bytes_; }
    // The next chunk of either kind; nothing at the end.
    Task<std::optional<Bytes>> next();
    // The fields behind the body; none before its end, and none over HTTP/1.1.
    Headers trailers() const { return source_ && done_ ? source_->trailers() : Headers(); }
    // Everything. Throws Error(invalid) "body is over 3145728 bytes" past `limit`.
    Task<std::string> read_all(std::size_t limit = 64u << 20);

  private:
    Bytes bytes_;
    std::unique_ptr<Source> source_;
    bool done_ = false;
};

struct Request {
    std::string method = "GET";
    std::string target = "/";  // path and query, percent-encoded, as on the wire
    Headers headers = {};
    Body body = {};
    Peer peer = {};  // server side: who sent it

    std::string_view path() const;   // target up to '?'
    std::string_view query() const;  // behind '?', or ""
};

struct Response {
    int status = 200;
    Headers headers = {};
    Body body = {};
};

// Sends a request and returns the head of the answer; the body may still be on its way.
// Throws Error(retry) if no answer came. Cancel-safe: a cancelled request is reset and frees its connection slot.
class Transport {
  public:
    virtual ~Transport() = default;
    virtual Task<Response> send(Request) = 0;
};

// Answers requests. What it throws becomes a 500; handlers answer their own errors.
class Handler {
  public:
    virtual ~Handler() = default;
    virtual Task<Response> handle(Request) = 0;
};

std::string_view reason_phrase(int status);
// Percent-coding (RFC 3986). decode returns nothing on a broken escape; in a query '+' is a space.
std::string percent_encode(std::string_view, std::string_view keep = "");
std::optional<std::string> percent_decode(std::string_view, bool plus_is_space = false);

// The parameters of a query, decoded, in order.
class Query {
  public:
    Query() = default;
    static Query parse(std::string_view);
    std::optional<std::string_view> find(std::string_view name) const;
    std::string_view text(std::string_view name) const;  // "" if absent
    bool flag(std::string_view name) const;              // true, 1, t (as Kubernetes reads booleans)
    void add(std::string name, std::string value);
    std::string to_string() const;  // encoded, without '?'
    auto begin() const { return values_.begin(); }
    auto end() const { return values_.end(); }
    bool empty() const { return values_.empty(); }

  private:
    std::vector<std::pair<std::string, std::string>> values_;
};

}  // namespace mizzen::net
