// SPDX-License-Identifier: Apache-2.0
// Implements service_addresses.hpp. What is taken is read off the stored Services, so nothing can leak.
#include "mizzen/apiserver/admission/service_addresses.hpp"

#include <fmt/format.h>

#include <charconv>
#include <set>

#include "mizzen/apiserver/machinery.hpp"
#include "mizzen/apiserver/status.hpp"
#include "mizzen/base/error.hpp"
#include "mizzen/json/json.hpp"

namespace mizzen::apiserver {
namespace {

constexpr int first_node_port = 30000, last_node_port = 32767;

struct Range {
    std::uint32_t base = 0, size = 0;
};

std::optional<std::uint32_t> parse_address(std::string_view text) {
    std::uint32_t address = 0;
    for (int i = 0; i < 4; ++i) {
        unsigned part = 0;
        auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), part);
        if (error != std::errc() || part > 255) return std::nullopt;
        text.remove_prefix(static_cast<std::size_t>(end - text.data()));
        if (i < 3 && !text.starts_with('.')) return std::nullopt;
        if (i < 3) text.remove_prefix(1);
        address = address << 8 | part;
    }
    return text.empty() ? std::optional(address) : std::nullopt;
}

std::string address_text(std::uint32_t a) {
    return fmt::format("{}.{}.{}.{}", a >> 24, a >> 16 & 255, a >> 8 & 255, a & 255);
}

Range parse_range(std::string_view text) {
    std::size_t slash = text.find('/');
    std::optional<std::uint32_t> base = parse_address(text.substr(0, slash));
    int bits = -1;
    if (slash != std::string_view::npos) std::from_chars(text.data() + slash + 1, text.data() + text.size(), bits);
    if (!base || bits < 8 || bits > 30)
        throw Error(
            ErrorKind::invalid,
            fmt::format("the service address range \"{}\" must be IPv4, of 8 to 30 bits, as in 10.96.0.0/16", text));
    std::uint32_t size = std::uint32_t{1} << (32 - bits);
    return {.base = *base & ~(size - 1), .size = size};
}

// What the other Services have.
struct Taken {
    std::set<std::string, std::less<>> addresses;
    std::set<std::int64_t> ports;
};

const json::Array& ports_of(const json::Value& service) {
    static const json::Array none;
    const json::Value* ports = service.find_path({"spec", "ports"});
    return ports && ports->is_array() ? ports->as_array() : none;
}

Taken taken_by_others(const Attempt& attempt) {
    Taken taken;
    std::string own = record_key(attempt.ns, attempt.name);
    attempt.server.store.collection("services").each("", "", [&](const RecordPtr& record) {
        if (record->key == own) return true;
        json::Value service = json::parse(record->json);
        if (std::string_view ip = service.text({"spec", "clusterIP"}); !ip.empty() && ip != "None")
            taken.addresses.emplace(ip);
        for (const json::Value& port : ports_of(service))
            if (std::int64_t n = port.integer({"nodePort"})) taken.ports.insert(n);
        if (std::int64_t n = service.integer({"spec", "healthCheckNodePort"})) taken.ports.insert(n);
        return true;
    });
    return taken;
}

StatusError refuse(const Attempt& attempt, FieldError error) {
    return invalid("", "Service", attempt.name, {std::move(error)});
}

std::string free_address(const Attempt& attempt, const Range& range, const Taken& taken) {
    // Not the network, not the first (the kubernetes Service), not the broadcast address.
    std::uint32_t count = range.size - 3;
    std::uint64_t start = attempt.server.loop.random().below(count);
    for (std::uint32_t i = 0; i < count; ++i) {
        std::string text = address_text(range.base + 2 + static_cast<std::uint32_t>((start + i) % count));
        if (!taken.addresses.contains(text)) return text;
    }
    throw internal_error("failed to allocate a serviceIP: range is full");
}

void settle_address(Attempt& attempt, const Taken& taken) {
    json::Value& spec = (*attempt.object)["spec"];
    std::string_view type = spec.text("type");
    if (type == "ExternalName") {
        for (std::string_view key : {"clusterIP", "clusterIPs", "ipFamilies", "ipFamilyPolicy"}) spec.erase(key);
        return;
    }
    std::string address(spec.text("clusterIP"));
    if (address.empty())
        if (const json::Value* list = spec.find("clusterIPs");
            list && list->is_array() && !list->as_array().empty() && list->as_array()[0].is_string())
            address = list->as_array()[0].as_string();
    if (address.empty() && attempt.old && attempt.old->text({"spec", "type"}) != "ExternalName")
        address = attempt.old->text({"spec", "clusterIP"});
    Range range = parse_range(attempt.server.options.service_cluster_ip_range);
    if (address.empty()) {
        address = free_address(attempt, range, taken);
    } else if (address != "None" && !(attempt.old && attempt.old->text({"spec", "clusterIP"}) == address)) {
        std::optional<std::uint32_t> number = parse_address(address);
        if (!number || *number - range.base >= range.size)
            throw refuse(attempt, invalid_value("spec.clusterIPs", json::Array{address},
                                                fmt::format("failed to allocate IP {}: the provided IP is not in the "
                                                            "valid range. The range of valid IPs is {}",
                                                            address, attempt.server.options.service_cluster_ip_range)));
        if (taken.addresses.contains(address))
            throw refuse(
                attempt,
                invalid_value("spec.clusterIPs", json::Array{address},
                              fmt::format("failed to allocate IP {}: provided IP is already allocated", address)));
    }
    spec["clusterIP"] = address;
    spec["clusterIPs"] = json::Array{address};
    if (!spec.find("ipFamilies")) spec["ipFamilies"] = json::Array{"IPv4"};
    if (!spec.find("ipFamilyPolicy")) spec["ipFamilyPolicy"] = "SingleStack";
}

const json::Value* old_port(const Attempt& attempt, const json::Value& port) {
    if (!attempt.old) return nullptr;
    for (const json::Value& old : ports_of(*attempt.old))
        if (old.integer({"port"}) == port.integer({"port"}) && old.text("protocol") == port.text("protocol"))
            return &old;
    return nullptr;
}

bool wants_node_ports(const json::Value& spec) {
    std::string_view type = spec.text("type");
    if (type == "NodePort") return true;
    const json::Value* allocate = spec.find("allocateLoadBalancerNodePorts");
    return type == "LoadBalancer" && !(allocate && allocate->is_bool() && !allocate->as_bool());
}

std::int64_t free_port(const Attempt& attempt, const Taken& taken) {
    constexpr int count = last_node_port - first_node_port + 1;
    auto start = static_cast<int>(attempt.server.loop.random().below(count));
    for (int i = 0; i < count; ++i)
        if (int port = first_node_port + (start + i) % count; !taken.ports.contains(port)) return port;
    throw internal_error("failed to allocate a nodePort: range is full");
}

void settle_ports(Attempt& attempt, Taken& taken) {
    json::Value& spec = (*attempt.object)["spec"];
    json::Value* ports = spec.find("ports");
    if (!ports || !ports->is_array()) return;
    bool wanted = wants_node_ports(spec);
    std::size_t place = 0;
    for (json::Value& port : ports->as_array()) {
        std::int64_t number = port.integer({"nodePort"});
        const json::Value* old = old_port(attempt, port);
        if (!wanted && spec.text("type") != "LoadBalancer") {
            // Left over from another type of Service.
            if (old && old->integer({"nodePort"}) == number) port.erase("nodePort");
            ++place;
            continue;
        }
        if (number == 0 && old) number = old->integer({"nodePort"});
        if (number == 0 && wanted) number = free_port(attempt, taken);
        if (number != 0 && taken.ports.contains(number))
            throw refuse(attempt, invalid_value(fmt::format("spec.ports[{}].nodePort", place), number,
                                                "provided port is already allocated"));
        if (number != 0 && (number < first_node_port || number > last_node_port))
            throw refuse(
                attempt,
                invalid_value(fmt::format("spec.ports[{}].nodePort", place), number,
                              "provided port is not in the valid range. The range of valid ports is 30000-32767"));
        if (number != 0) {
            port["nodePort"] = number;
            taken.ports.insert(number);
        }
        ++place;
    }
}

void mutate(Attempt& attempt) {
    if (!attempt.is("", "services") || attempt.operation == Operation::remove || !attempt.subresource.empty()) return;
    const json::Value* spec = attempt.object->find("spec");
    if (!spec || !spec->is_object()) return;
    Taken taken = taken_by_others(attempt);
    settle_address(attempt, taken);
    settle_ports(attempt, taken);
}

}  // namespace

Admission service_addresses() { return {.name = "ServiceAddresses", .mutate = mutate}; }

std::string first_service_address(std::string_view range) { return address_text(parse_range(range).base + 1); }

}  // namespace mizzen::apiserver
