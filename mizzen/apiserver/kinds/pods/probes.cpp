// SPDX-License-Identifier: Apache-2.0
// Probes and lifecycle hooks: what is done, and how often.
#include "mizzen/apiserver/kinds/pods/pod_rules.hpp"

namespace mizzen::apiserver {
namespace {

void check_http_get(const Place& get) {
    auto path = get.at("path");
    if (path.text().empty()) path.required();
    check_port_or_name(get.at("port"));
    get.at("scheme").one_of({"HTTP", "HTTPS"}, false);
    for (auto& header : get.at("httpHeaders").items()) {
        auto name = header.at("name").text();
        for (auto& wrong : http_header_name(name)) get.at("httpHeaders").invalid(name, wrong);
    }
}

// Exactly one way to act.
void check_handler(const Place& handler) {
    int count = 0;
    auto one = [&](std::string_view kind, void (*check)(const Place&)) {
        auto found = handler.at(kind);
        if (!found) return;
        if (count++ > 0)
            found.forbid("may not specify more than 1 handler type");
        else
            check(found);
    };
    one("exec", [](const Place& exec) {
        if (exec.at("command").size() == 0) exec.at("command").required();
    });
    one("httpGet", check_http_get);
    one("tcpSocket", [](const Place& socket) { check_port_or_name(socket.at("port")); });
    one("grpc", [](const Place& grpc) { grpc.at("port").complain(port_number(grpc.at("port").integer())); });
    one("sleep", [](const Place&) {});
    if (count == 0) handler.required("must specify a handler type");
}

}  // namespace

void check_port_or_name(const Place& port) {
    if (port.value().is_string())
        port.must_be(port_name);
    else
        for (auto& wrong : port_number(port.integer())) port.invalid(port.integer(), wrong);
}

void check_probe(const Place& probe) {
    check_handler(probe);
    for (auto* key :
         {"initialDelaySeconds", "timeoutSeconds", "periodSeconds", "successThreshold", "failureThreshold"}) {
        probe.at(key).not_negative();
    }
    auto grace = probe.at("terminationGracePeriodSeconds");
    if (grace && grace.integer() <= 0) grace.invalid("must be greater than 0");
}

void check_lifecycle(const Place& lifecycle) {
    for (auto* hook : {"postStart", "preStop"}) {
        if (auto found = lifecycle.at(hook)) check_handler(found);
    }
}

}  // namespace mizzen::apiserver
