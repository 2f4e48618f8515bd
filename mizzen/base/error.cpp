// SPDX-License-Identifier: Apache-2.0
// Error: message, context and the names of the kinds.
#include "mizzen/base/error.hpp"

namespace mizzen {

std::string_view to_string(ErrorKind kind) {
    switch (kind) {
        case ErrorKind::retry:
            return "retry";
        case ErrorKind::overloaded:
            return "overloaded";
        case ErrorKind::conflict:
            return "conflict";
        case ErrorKind::not_found:
            return "not_found";
        case ErrorKind::denied:
            return "denied";
        case ErrorKind::invalid:
            return "invalid";
        case ErrorKind::cancelled:
            return "cancelled";
        case ErrorKind::bug:
            return "bug";
    }
    return "bug";
}

Error::Error(ErrorKind kind, std::string message) : kind_(kind), message_(std::move(message)), what_(message_) {}

Error& Error::set_retry_after(std::chrono::nanoseconds wait) {
    retry_after_ = wait;
    return *this;
}

Error& Error::add_context(std::string_view while_doing) {
    what_.insert(0, std::string(while_doing) + ": ");
    return *this;
}

}  // namespace mizzen
