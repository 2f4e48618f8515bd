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

std::unique_ptr<net::Transport> local(apiserver::ApiServer& server, std::string user) {
    return std::make_unique<net::LocalTransport>(server, identity(std::move(user)));
}

}  // namespace

Cluster::Cluster(Loop& loop, ClusterOptions options)
    : root_ca_(options.server.root_ca_pem),
      agent_options_(options.agent),
      agent_(options.agent),
      server_(loop, options.server),
      admin_(loop, local(server_, "mizzen:admin")),
      internal_(loop, local(server_, "system:mizzen:cluster"),
                {.field_manager = "mizzen-cluster", .user_agent = "mizzen-cluster"}),
      manager_(internal_, {.name = "mizzen-cluster"}),
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
