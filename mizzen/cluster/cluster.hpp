// SPDX-License-Identifier: Apache-2.0
// Cluster: a Kubernetes in one process: API server, controllers, scheduler and simulated nodes on one Loop.
//
//   Cluster cluster(loop, {});
//   Scope scope(loop);
//   scope.spawn(cluster.run());
//   auto pods = co_await kube::Api<kube::Pod>(cluster.client()).list();
#pragma once
#include <memory>
#include <string>

#include "mizzen/apiserver/api_server.hpp"
#include "mizzen/async/event.hpp"
#include "mizzen/async/loop.hpp"
#include "mizzen/controllers/garbage/garbage_collector.hpp"
#include "mizzen/kube/client/client.hpp"
#include "mizzen/kube/runtime/manager.hpp"
#include "mizzen/nodes/agent/agent.hpp"
#include "mizzen/nodes/scheduler/scheduler.hpp"
#include "mizzen/telemetry/http/traced_handler.hpp"

namespace mizzen {

struct ClusterOptions {
    apiserver::Options server = {};  // its data_dir makes the cluster durable
    nodes::AgentOptions agent = {};  // how many nodes, how long pods take to start
    // Spans of all requests and visits, and metrics of the server, its clients and controllers. With `causes`, what a
    // request leads to is a part of its trace.
    telemetry::Instrumentation telemetry = {};
};

// Works on real and on simulated time. Inside the process no socket is needed; endpoint.hpp opens one for kubectl and
// everyone else.
class Cluster {
  public:
    // Bootstraps the API server: it answers from here on. The loop outlives the cluster.
    Cluster(Loop& loop, ClusterOptions options);
    ~Cluster();

    // Runs controllers and nodes until cancelled. Throws what makes a cluster useless: a cache that does not fill.
    Task<> run();
    // Until nodes are registered and the controllers' caches are full. The API can be used before.
    [[clang::coro_wrapper]] Task<> ready() { return ready_.wait(); }

    // The API as whoever comes from outside meets it: traced, if anything is.
    net::Handler& handler() { return traced_ ? static_cast<net::Handler&>(*traced_) : server_; }
    apiserver::ApiServer& server() { return server_; }
    // An administrator's client, in process.
    kube::Client& client() { return admin_; }
    // No controller has anything left to do, as far as it has heard.
    bool is_idle() const { return ready_.is_open() && manager_.is_idle(); }

  private:
    Task<> announce();

    const std::string root_ca_;
    const nodes::AgentOptions agent_options_;
    nodes::Agent agent_;
    nodes::Scheduler scheduler_;
    apiserver::ApiServer server_;
    std::unique_ptr<telemetry::TracedHandler> traced_;
    kube::Client admin_;
    kube::Client internal_;
    kube::Manager manager_;
    controllers::GarbageCollector garbage_;
    Latch ready_;
};

}  // namespace mizzen
