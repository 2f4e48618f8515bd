// SPDX-License-Identifier: Apache-2.0
// Error: the one exception of Mizzen. Its kind says what the catcher can do; context is added on the way up.
#pragma once
#include <chrono>
#include <exception>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace mizzen {

// What the catcher can do about an error.
enum class ErrorKind {
    retry,       // The same call may work later: a refused or broken connection, a timeout, 5xx.
    overloaded,  // Later, and slower: 429, a full queue. See Error::retry_after().
    conflict,    // Read again, then decide again: 409.
    not_found,   // The thing is not there: 404.
    denied,      // The caller may not: 401, 403, a bad certificate.
    invalid,     // The input is wrong; the message says where and what was expected: 400, 422, a parse error.
    cancelled,   // The caller's scope was cancelled or its deadline passed.
    bug,         // Ours. Please report.
};
std::string_view to_string(ErrorKind);

// Thrown when a call failed. Outcomes that a caller branches on are values instead (find returns an optional, get
// throws).
//
// what() reads from the outside in: "while applying Deployment shop/api: connection refused by 127.0.0.1:6443".
// Messages say what, where and what to do next; a secret never enters one.
class Error : public std::exception {
  public:
    Error(ErrorKind kind, std::string message);

    ErrorKind kind() const { return kind_; }
    // The innermost message, without context.
    const std::string& message() const { return message_; }
    const char* what() const noexcept override { return what_.c_str(); }

    // How long the other side asked us to wait, if it did (Retry-After).
    std::optional<std::chrono::nanoseconds> retry_after() const { return retry_after_; }
    Error& set_retry_after(std::chrono::nanoseconds wait);

    // Puts `while_doing` ("while applying Deployment shop/api") before what is known so far.
    Error& add_context(std::string_view while_doing);

  private:
    ErrorKind kind_;
    std::string message_;
    std::string what_;
    std::optional<std::chrono::nanoseconds> retry_after_;
};

// The scope of the task was cancelled or its deadline passed; always of kind cancelled. Caught by who started the
// scope, by nobody else.
class Cancelled : public Error {
  public:
    explicit Cancelled(std::string why) : Error(ErrorKind::cancelled, std::move(why)) {}
};

// Runs `fn`; an Error that leaves it carries `while_doing`.
template <class Fn>
decltype(auto) with_context(std::string_view while_doing, Fn&& fn) {
    try {
        return std::forward<Fn>(fn)();
    } catch (Error& e) {
        e.add_context(while_doing);
        throw;
    }
}

}  // namespace mizzen
