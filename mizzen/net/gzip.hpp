// SPDX-License-Identifier: Apache-2.0
// gzip (RFC 1952), for bodies.
#pragma once
#include <memory>
#include <string>
#include <string_view>

namespace mizzen::net {

class Headers;

// Whether the sender of a request takes gzip: its Accept-Encoding names it with a weight above zero (RFC 9110, 12.5.3).
bool takes_gzip(const Headers& request);

// Level 1 is quick, 9 is small.
std::string gzip(std::string_view bytes, int level = 1);

// Unpacks a stream of gzip piece by piece: one member or several (RFC 1952, 2.2).
class Gunzip {
  public:
    Gunzip();
    Gunzip(Gunzip&&) noexcept;
    ~Gunzip();
    // What `packed` gives; it may be nothing. Throws Error(invalid) if it is not gzip, or unpacks to more than `limit`
    // at once.
    std::string unpack(std::string_view packed, std::size_t limit = 256u << 20);
    // Whether all members that began have ended.
    bool done() const;

  private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace mizzen::net
