// SPDX-License-Identifier: Apache-2.0
// The probes of an app's container.
#include "mizzen/operator/parts/parts.hpp"

namespace mizzen::parts {
namespace {

kube::Probe check(const Health& health) {
    kube::Probe probe{.period_seconds = health.period_seconds, .timeout_seconds = health.timeout_seconds};
    if (health.path.empty()) {
        probe.tcp_socket = kube::TCPSocketAction{.port = kube::IntOrString("http")};
    } else {
        probe.http_get = kube::HTTPGetAction{.path = health.path, .port = kube::IntOrString("http"), .scheme = "HTTP"};
    }
    return probe;
}

}  // namespace

void add_probes(kube::Container& container, const WebAppSpec& spec) {
    const Health health = spec.health.value_or(Health{});

    container.readiness_probe = check(health);
    container.readiness_probe->failure_threshold = 3;

    // The startup probe holds the others back, so a slow start is not taken for a hang.
    container.startup_probe = check(health);
    container.startup_probe->period_seconds = 1;
    container.startup_probe->failure_threshold = health.startup_seconds;

    // Slower than readiness: a busy app should first lose traffic, and only a dead one its process.
    container.liveness_probe = check(health);
    container.liveness_probe->period_seconds = 2 * health.period_seconds;
    container.liveness_probe->failure_threshold = 6;
}

}  // namespace mizzen::parts
