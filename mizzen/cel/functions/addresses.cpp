// SPDX-License-Identifier: Apache-2.0
// ip() and cidr() with what can be asked of them.
#include <fmt/format.h>

#include "mizzen/cel/address.hpp"
#include "mizzen/cel/function.hpp"
#include "mizzen/cel/go_text.hpp"

namespace mizzen::cel {
namespace {

using Kind = Value::Kind;
using namespace types;

class IpValue : public Named {
  public:
    explicit IpValue(Address a) : address(std::move(a)) {}
    const Type& type() const override {
        static const auto type = Type::opaque("net.IP");
        return type;
    }
    bool equals(const Named& other) const override { return address == static_cast<const IpValue&>(other).address; }
    std::uint64_t size() const override { return address.size(); }
    Address address;
};

class CidrValue : public Named {
  public:
    explicit CidrValue(Range r) : range(std::move(r)) {}
    const Type& type() const override {
        static const auto type = Type::opaque("net.CIDR");
        return type;
    }
    bool equals(const Named& other) const override { return range == static_cast<const CidrValue&>(other).range; }
    std::uint64_t size() const override { return static_cast<std::uint64_t>(range.bits + 7) / 8; }
    Range range;
};

Value made(Address a) { return std::static_pointer_cast<const Named>(std::make_shared<const IpValue>(std::move(a))); }
Value made(Range r) { return std::static_pointer_cast<const Named>(std::make_shared<const CidrValue>(std::move(r))); }
const Address& address_of(const Value& v) { return static_cast<const IpValue&>(v.named()).address; }
const Range& range_of(const Value& v) { return static_cast<const CidrValue&>(v.named()).range; }

AddressText read_address(std::string_view text) {
    auto out = parse_address(text);
    if (!out.address) {
        out.problem =
            fmt::format("IP Address {} parse error during conversion from string: {}", go_quote(text), out.problem);
        return out;
    }
    auto refuse = [&](std::string problem) { return AddressText{std::nullopt, std::move(problem)}; };
    if (!out.address->zone.empty())
        return refuse(fmt::format("IP address {} with zone value is not allowed", go_quote(text)));
    if (out.address->is_mapped())
        return refuse(fmt::format("IPv4-mapped IPv6 address {} is not allowed", go_quote(text)));
    return out;
}

RangeText read_range(std::string_view text) {
    auto out = parse_range(text);
    if (!out.range)
        out.problem = "network address parse error during conversion from string: " + out.problem;
    else if (out.range->address.is_mapped())
        return {std::nullopt, fmt::format("IPv4-mapped IPv6 address {} is not allowed", go_quote(text))};
    return out;
}

Value ip(Arguments args) {
    auto [address, problem] = read_address(args[0].string());
    return address ? made(*address) : failure(problem);
}
Value is_ip(Arguments args) { return read_address(args[0].string()).address.has_value(); }
Value is_canonical(Arguments args) {
    auto [address, problem] = read_address(args[0].string());
    return address ? Value(to_string(*address) == args[0].string()) : failure(problem);
}
Value family(Arguments args) { return std::int64_t{address_of(args[0]).is_v6 ? 6 : 4}; }
Value ip_text(Arguments args) { return to_string(address_of(args[0])); }

template <bool (*test)(const Address&)>
Value is(Arguments args) {
    return test(address_of(args[0]));
}
bool all_zero(const Address& a) { return a.bytes == Address().bytes; }
bool loopback(const Address& a) {
    if (!a.is_v6) return a.bytes[0] == 127;
    Address one{.is_v6 = true};
    one.bytes[15] = 1;
    return a.bytes == one.bytes;
}
bool local_multicast(const Address& a) {
    if (!a.is_v6) return a.bytes[0] == 224 && a.bytes[1] == 0 && a.bytes[2] == 0;
    return a.bytes[0] == 0xff && (a.bytes[1] & 0x0f) == 2;
}
bool local_unicast(const Address& a) {
    if (!a.is_v6) return a.bytes[0] == 169 && a.bytes[1] == 254;
    return a.bytes[0] == 0xfe && (a.bytes[1] & 0xc0) == 0x80;
}
bool multicast(const Address& a) { return a.is_v6 ? a.bytes[0] == 0xff : (a.bytes[0] & 0xf0) == 0xe0; }
bool broadcast(const Address& a) {
    return !a.is_v6 && a.bytes[0] == 255 && a.bytes[1] == 255 && a.bytes[2] == 255 && a.bytes[3] == 255;
}
bool global_unicast(const Address& a) {
    return !all_zero(a) && !loopback(a) && !multicast(a) && !local_unicast(a) && !broadcast(a);
}

Value cidr(Arguments args) {
    auto [range, problem] = read_range(args[0].string());
    if (range) return made(*range);
    bool is_mapped = problem.starts_with("IPv4-mapped");
    return failure((is_mapped ? "" : "network address parse error during conversion from string: ") + problem);
}
Value is_cidr(Arguments args) { return read_range(args[0].string()).range.has_value(); }
bool holds(const Range& range, const Address& address) {
    return range.address.is_v6 == address.is_v6 && masked(range.address, range.bits) == masked(address, range.bits);
}
Value contains_ip(Arguments args) { return holds(range_of(args[0]), address_of(args[1])); }
Value contains_ip_text(Arguments args) {
    auto address = read_address(args[1].string()).address;
    return address ? Value(holds(range_of(args[0]), *address)) : no_such_overload();
}
bool holds(const Range& outer, const Range& inner) { return outer.bits <= inner.bits && holds(outer, inner.address); }
Value contains_cidr(Arguments args) { return holds(range_of(args[0]), range_of(args[1])); }
Value contains_cidr_text(Arguments args) {
    auto [range, problem] = read_range(args[1].string());
    return range ? Value(holds(range_of(args[0]), *range)) : failure(problem);
}
Value cidr_ip(Arguments args) { return made(range_of(args[0]).address); }
Value prefix_length(Arguments args) { return std::int64_t{range_of(args[0]).bits}; }
Value cidr_masked(Arguments args) {
    auto& range = range_of(args[0]);
    return made(Range{masked(range.address, range.bits), range.bits});
}
Value cidr_text(Arguments args) {
    auto& range = range_of(args[0]);
    return fmt::format("{}/{}", to_string(range.address), range.bits);
}

}  // namespace

void add_addresses(Overloads& out) {
    auto a = Type::opaque("net.IP"), r = Type::opaque("net.CIDR");
    auto global = [&](const char* name, const char* id, Type from, Type to, Value (*fn)(Arguments)) {
        out.push_back({name, id, false, {std::move(from)}, std::move(to), fn});
    };
    auto member = [&](const char* name, const char* id, std::vector<Type> parameters, Type to, Value (*fn)(Arguments)) {
        out.push_back({name, id, true, std::move(parameters), std::move(to), fn});
    };
    global("ip", "string_to_ip", string(), a, ip);
    global("isIP", "is_ip", string(), boolean(), is_ip);
    global("ip.isCanonical", "ip_is_canonical", string(), boolean(), is_canonical);
    global("string", "ip_to_string", a, string(), ip_text);
    member("family", "ip_family", {a}, integer(), family);
    member("isUnspecified", "ip_is_unspecified", {a}, boolean(), is<all_zero>);
    member("isLoopback", "ip_is_loopback", {a}, boolean(), is<loopback>);
    member("isLinkLocalMulticast", "ip_is_link_local_multicast", {a}, boolean(), is<local_multicast>);
    member("isLinkLocalUnicast", "ip_is_link_local_unicast", {a}, boolean(), is<local_unicast>);
    member("isGlobalUnicast", "ip_is_global_unicast", {a}, boolean(), is<global_unicast>);
    global("cidr", "string_to_cidr", string(), r, cidr);
    global("isCIDR", "is_cidr", string(), boolean(), is_cidr);
    global("string", "cidr_to_string", r, string(), cidr_text);
    member("containsIP", "cidr_contains_ip_string", {r, string()}, boolean(), contains_ip_text);
    member("containsIP", "cidr_contains_ip_ip", {r, a}, boolean(), contains_ip);
    member("containsCIDR", "cidr_contains_cidr_string", {r, string()}, boolean(), contains_cidr_text);
    member("containsCIDR", "cidr_contains_cidr", {r, r}, boolean(), contains_cidr);
    member("ip", "cidr_ip", {r}, a, cidr_ip);
    member("prefixLength", "cidr_prefix_length", {r}, integer(), prefix_length);
    member("masked", "cidr_masked", {r}, r, cidr_masked);
}

}  // namespace mizzen::cel
