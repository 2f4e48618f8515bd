// SPDX-License-Identifier: Apache-2.0
// IP addresses and ranges as text (RFC 4291, RFC 5952), with the complaints of Go's net/netip.
#pragma once
#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace mizzen::cel {

struct Address {
    std::array<std::uint8_t, 16> bytes{};  // the first four of IPv4
    bool is_v6 = false;
    std::string zone;

    std::size_t size() const { return is_v6 ? 16 : 4; }
    bool is_mapped() const;  // ::ffff:1.2.3.4
    bool operator==(const Address&) const = default;
};

// The address, or why the text is none.
struct AddressText {
    std::optional<Address> address;
    std::string problem;
};
AddressText parse_address(std::string_view text);
std::string to_string(const Address& address);

struct Range {
    Address address;
    int bits = 0;
    bool operator==(const Range&) const = default;
};
struct RangeText {
    std::optional<Range> range;
    std::string problem;
};
RangeText parse_range(std::string_view text);
// With the bits behind the prefix cleared.
Address masked(const Address& address, int bits);

}  // namespace mizzen::cel
