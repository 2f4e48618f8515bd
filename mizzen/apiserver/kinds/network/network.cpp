// SPDX-License-Identifier: Apache-2.0
// Ingresses, NetworkPolicies, EndpointSlices.
#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "mizzen/apiserver/kinds/core/endpoint_rules.hpp"
#include "mizzen/apiserver/kinds/kinds.hpp"
#include "mizzen/apiserver/kinds/metadata.hpp"

namespace mizzen::apiserver {
namespace {

using json::Value;

const std::vector<std::string_view> protocols{"SCTP", "TCP", "UDP"};

void check_backend(const Place& backend) {
    auto service = backend.at("service"), resource = backend.at("resource");
    if (service && resource) return backend.invalid("", "cannot set both resource and service backends");
    if (resource) {
        for (auto* member : {"kind", "name"}) {
            if (resource.at(member).text().empty())
                resource.at(member).required();
            else
                resource.at(member).must_be(path_segment);
        }
        return;
    }
    if (!service) return backend.invalid("", "resource or service backend is required");
    auto name = service.at("name"), port_name_at = service.at({"port", "name"}),
         number = service.at({"port", "number"});
    if (name.text().empty())
        name.required();
    else
        name.must_be(dns1123_label);
    bool named = !port_name_at.text().empty(), numbered = number.integer() != 0;
    if (named && numbered)
        backend.invalid("", "cannot set both port name & port number");
    else if (named)
        port_name_at.must_be(port_name);
    else if (numbered)
        number.complain(port_number(number.integer()));
    else
        backend.required("port name or number is required");
}

void check_path(const Place& path) {
    auto type = path.at("pathType"), text = path.at("path");
    if (!type) return type.required("pathType must be specified");
    if (type.text() == "Exact" || type.text() == "Prefix") {
        if (!text.text().starts_with('/')) text.invalid(text.text(), "must be an absolute path");
        for (auto* wrong : {"//", "/./", "/../", "%2f", "%2F"}) {
            if (text.text().find(wrong) != std::string_view::npos)
                text.invalid(fmt::format("must not contain '{}'", wrong));
        }
        for (auto* wrong : {"/..", "/."}) {
            if (text.text().ends_with(wrong)) text.invalid(fmt::format("cannot end with '{}'", wrong));
        }
    } else if (type.text() == "ImplementationSpecific") {
        if (!text.text().empty() && !text.text().starts_with('/')) text.invalid("must be an absolute path");
    } else {
        type.unsupported({"Exact", "ImplementationSpecific", "Prefix"});
    }
    check_backend(path.at("backend"));
}

void check_rules(const Place& rules) {
    for (auto& rule : rules.items()) {
        auto host = rule.at("host"), http = rule.at("http");
        if (!host.text().empty()) {
            if (ip_address(host.text(), false).empty()) host.invalid("must be a DNS name, not an IP address");
            host.complain(host_name(host.text()));
        }
        if (!http) continue;
        if (http.at("paths").size() == 0) http.at("paths").required();
        for (auto& path : http.at("paths").items()) check_path(path);
    }
}

void check_policy_port(const Place& port) {
    auto number = port.at("port"), end = port.at("endPort");
    port.at("protocol").one_of({"TCP", "UDP", "SCTP"}, false);
    if (!number) {
        if (end) end.invalid("may not be specified when `port` is not specified");
    } else if (number.value().is_string()) {
        if (end) end.invalid("may not be specified when `port` is non-numeric");
        number.must_be(port_name);
    } else {
        number.complain(port_number(number.integer()));
        if (end && end.integer() < number.integer()) end.invalid("must be greater than or equal to `port`");
        if (end) end.complain(port_number(end.integer()));
    }
}

void check_peer(const Place& peer) {
    auto pods = peer.at("podSelector"), namespaces = peer.at("namespaceSelector"), block = peer.at("ipBlock");
    int peers = 0;
    for (auto* selector : {&pods, &namespaces}) {
        if (!selector->find()) continue;
        ++peers;
        check_label_selector(*selector);
    }
    if (block) {
        ++peers;
        auto range = block.at("cidr");
        if (range.text().empty())
            range.required();
        else
            range.complain(cidr(range.text()));
        for (auto& except : block.at("except").items()) except.complain(cidr(except.text()));
    }
    if (peers == 0)
        peer.required("must specify a peer");
    else if (peers > 1 && block)
        peer.forbid("may not specify both ipBlock and another peer");
}

void check_direction(const Place& rules, std::string_view peers) {
    for (auto& rule : rules.items()) {
        for (auto& port : rule.at("ports").items()) check_policy_port(port);
        for (auto& peer : rule.at(peers).items()) check_peer(peer);
    }
}

void check_address(const Place& addresses, const Place& address, std::string_view type) {
    if (type == "FQDN") {
        address.must_be(dns1123_subdomain);
        return;
    }
    auto wrong = ip_address(address.text());
    if (!wrong.empty()) return address.complain(wrong);
    if (type == "IPv4" && !is_ipv4(address.text())) addresses.invalid(address.value(), "must be an IPv4 address");
    if (type == "IPv6" && !is_ipv6(address.text())) addresses.invalid(address.value(), "must be an IPv6 address");
    check_endpoint_ip(address);
}

}  // namespace

Complaints host_name(std::string_view text) {
    return text.find('*') != std::string_view::npos ? wildcard_subdomain(text) : dns1123_subdomain(text);
}

void check_ingress(const json::Value& object, const json::Value* old, std::vector<FieldError>& errors) {
    Place ingress(&object, "", errors);
    auto spec = ingress.at("spec"), rules = spec.at("rules"), backend = spec.at("defaultBackend"),
         kind = spec.at("ingressClassName");
    if (!old && kind) {
        constexpr std::string_view key = "kubernetes.io/ingress.class";
        Place named(ingress.at({"metadata", "annotations"}).at(key).find(), child_path("annotations", key), errors);
        if (named && named.text() != kind.text())
            named.invalid("must match `ingressClassName` when both are specified");
    }
    if (rules.size() == 0 && !backend)
        spec.invalid(json::Value(nullptr), "either `defaultBackend` or `rules` must be specified");
    if (backend) check_backend(backend);
    check_rules(rules);
    for (auto& tls : spec.at("tls").items()) {
        for (auto& host : tls.at("hosts").items()) host.complain(host_name(host.text()));
        if (auto secret = tls.at("secretName"); !secret.text().empty()) secret.must_be(dns1123_subdomain);
    }
    if (kind) kind.must_be(dns1123_subdomain);
}

void check_ingress_class(const json::Value& object, const json::Value* old, std::vector<FieldError>& errors) {
    Place spec(object.find("spec"), "spec", errors);
    auto controller = spec.at("controller"), parameters = spec.at("parameters");
    auto text = controller.text();
    auto slash = text.find('/');
    if (text.empty())
        controller.required();
    else if (text.size() > 250)
        errors.push_back(too_long(controller.path(), 250));
    else if (slash == std::string_view::npos || slash == 0 || slash + 1 == text.size())
        controller.invalid("must be a domain-prefixed path (such as \"acme.io/foo\")");
    else
        for (auto& wrong : dns1123_subdomain(text.substr(0, slash))) controller.invalid(text.substr(0, slash), wrong);
    if (parameters) {
        for (auto* member : {"kind", "name"}) {
            if (parameters.at(member).text().empty())
                parameters.at(member).required();
            else
                parameters.at(member).must_be(path_segment);
        }
        auto scope = parameters.at("scope"), ns = parameters.at("namespace");
        scope.one_of({"Cluster", "Namespace"});
        if (scope.text() == "Namespace" && ns.text().empty()) ns.required("`parameters.scope` is set to 'Namespace'");
        if (scope.text() == "Cluster" && ns) ns.forbid("`parameters.scope` is set to 'Cluster'");
    }
    if (old) controller.immutable(old->find_path({"spec", "controller"}));
}

void check_network_policy(const json::Value& object, const json::Value*, std::vector<FieldError>& errors) {
    Place spec(object.find("spec"), "spec", errors);
    check_label_selector(spec.at("podSelector"));
    check_direction(spec.at("ingress"), "from");
    check_direction(spec.at("egress"), "to");
    auto types = spec.at("policyTypes");
    if (types.size() > 2) return types.invalid("may not specify more than two policyTypes");
    for (auto& type : types.items()) {
        if (type.text() != "Ingress" && type.text() != "Egress") type.unsupported({"Ingress", "Egress"});
    }
}

void check_endpoint_slice(const json::Value& object, const json::Value* old, std::vector<FieldError>& errors) {
    Place slice(&object, "", errors);
    auto type = slice.at("addressType"), endpoints = slice.at("endpoints"), ports = slice.at("ports");
    type.one_of({"FQDN", "IPv4", "IPv6"});
    std::set<std::string_view> names;
    if (ports.size() > 20'000) errors.push_back(too_many(ports.path(), ports.size(), 20'000));
    for (auto& port : ports.items()) {
        auto name = port.at("name");
        if (!name.text().empty()) name.must_be(dns1123_label);
        if (!names.insert(name.text()).second) name.duplicate();
        port.at("protocol").one_of(protocols);
        if (auto app = port.at("appProtocol")) app.must_be(label_key);
    }
    if (endpoints.size() > 1000) errors.push_back(too_many(endpoints.path(), endpoints.size(), 1000));
    for (auto& endpoint : endpoints.items()) {
        auto addresses = endpoint.at("addresses");
        if (addresses.size() == 0) addresses.required();
        if (addresses.size() > 100) errors.push_back(too_many(addresses.path(), addresses.size(), 100));
        for (auto& address : addresses.items()) check_address(addresses, address, type.text());
        if (auto node = endpoint.at("nodeName")) node.must_be(dns1123_subdomain);
        if (auto host = endpoint.at("hostname")) host.must_be(dns1123_label);
    }
    if (old && type.text() != old->text("addressType")) type.invalid(Value(nullptr), "field is immutable");
}

}  // namespace mizzen::apiserver
