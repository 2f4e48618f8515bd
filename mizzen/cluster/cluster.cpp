// SPDX-License-Identifier: Apache-2.0
// Puts the parts of a cluster together.
#include "mizzen/cluster/cluster.hpp"

#include "mizzen/async/delay.hpp"
#include "mizzen/async/scope.hpp"
#include "mizzen/controllers/deployment/deployment_controller.hpp"
#include "mizzen/controllers/endpointslice/endpointslice_controller.hpp"
#include "mizzen/controllers/namespace/namespace_controller.hpp"
#include "mizzen/controllers/replicaset/replicaset_controller.hpp"
#include "mizzen/controllers/service_account/service_account_controller.hpp"
#include "mizzen/net/local_transport.hpp"

namespace mizzen {
namespace {

net::Peer identity(std::string user) {
    return {.address = "local",
            .has_certificate = true,
            .common_name = std::move(user),
            .organizations = {"system:masters"}};
}

std::unique_ptr<net::Transport> local(net::Handler& server, std::string user) {
    return std::make_unique<net::LocalTransport>(server, identity(std::move(user)));
}

apiserver::Options server_options(const ClusterOptions& options) {
    apiserver::Options out = options.server;
    out.telemetry = options.telemetry;
    return out;
}

std::unique_ptr<telemetry::TracedHandler> traced(const Loop& loop, net::Handler& server,
                                                 const telemetry::Instrumentation& telemetry) {
    if (!telemetry.tracer.is_connected() || !telemetry.propagator) return nullptr;
    return std::make_unique<telemetry::TracedHandler>(loop, server, telemetry.tracer, *telemetry.propagator);
}

}  // namespace

Cluster::Cluster(Loop& loop, ClusterOptions options)
    : root_ca_(options.server.root_ca_pem),
      agent_options_(options.agent),
      agent_(options.agent),
      server_(loop, server_options(options)),
      traced_(traced(loop, server_, options.telemetry)),
      admin_(loop, local(handler(), "mizzen:admin"), {.telemetry = options.telemetry}),
      internal_(loop, local(handler(), "system:mizzen:cluster"),
                {.field_manager = "mizzen-cluster", .user_agent = "mizzen-cluster", .telemetry = options.telemetry}),
      manager_(internal_, {.name = "mizzen-cluster", .telemetry = options.telemetry}),
      garbage_(internal_) {
    server_.start();
    manager_.add(controllers::deployment_controller())
        .add(controllers::replicaset_controller())
        .add(controllers::endpointslice_controller(manager_))
        .add(controllers::namespace_controller())
        .add(controllers::service_account_controller(root_ca_))
        .add(scheduler_.controller(manager_))
        .add(agent_.controller());
}

Cluster::~Cluster() = default;

Task<> Cluster::announce() {
    co_await nodes::register_nodes(internal_, agent_options_);
    while (!manager_.is_ready()) co_await delay(std::chrono::milliseconds(1));
    ready_.open();
}

Task<> Cluster::run() {
    Scope scope(co_await context());
    scope.spawn(manager_.run());
    scope.spawn(garbage_.run());
    scope.spawn(announce());
    co_await scope.join();
}

}  // namespace mizzen
