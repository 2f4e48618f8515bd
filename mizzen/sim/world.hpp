// SPDX-License-Identifier: Apache-2.0
// World: a cluster and an operator under test, in simulated time, from one seed. The same seed gives the same run.
//
//   sim::World world(seed);
//   world.apply(shop_yaml);
//   world.start({.dead_after_request = 7}, [](kube::Manager& m) { m.add(web_app_controller()); });
//   EXPECT_TRUE(world.settles());
#pragma once
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "mizzen/async/scope.hpp"
#include "mizzen/async/simulated_loop.hpp"
#include "mizzen/cluster/cluster.hpp"
#include "mizzen/kube/client/dynamic.hpp"
#include "mizzen/kube/runtime/caches.hpp"
#include "mizzen/kube/runtime/manager.hpp"
#include "mizzen/net/local_transport.hpp"
#include "mizzen/sim/faults.hpp"

namespace mizzen::sim {

class World {
  public:
    using AddControllers = std::function<void(kube::Manager&)>;

    // The operator tells about itself as the cluster does.
    explicit World(std::uint64_t seed, ClusterOptions options = {});
    ~World();

    // Runs a task of the test's own against the cluster, to its end.
    template <class T>
    T run(Task<T> task) {
        return loop_.run(std::move(task));
    }
    // Applies objects (YAML, several documents) as a user would.
    void apply(std::string_view yaml);
    void apply_object(json::Value object);

    // Starts the operator under test behind a connection with these faults. One at a time.
    void start(Faults faults, AddControllers add);
    // Destroys it as kill -9 would: no code of it runs any more.
    void crash();
    // What the running (or the last) operator sent.
    const Traffic& traffic() const { return transport_ ? transport_->traffic() : last_traffic_; }
    bool is_dead() const { return transport_ && transport_->is_dead(); }

    // Lets time pass until `holds` (asked whenever nothing is ready), a dead operator being restarted without faults.
    // False after `limit`.
    bool runs_until(const std::function<bool()>& holds, Duration limit = std::chrono::minutes(10));
    // Lets time pass.
    void run_for(Duration time) { loop_.run_for(time); }

    // The object as JSON, null if there is none.
    json::Value find(const kube::DynamicKind& kind, const kube::ObjectKey& key);
    // All objects of a kind, without what differs between equal runs: uids, versions, times, generated names.
    std::vector<json::Value> snapshot(const kube::DynamicKind& kind);

    // The test's own view of the cluster, kept by watches that never fail: for what runs_until() waits for.
    template <class K>
    const kube::Store<K>& cache() {
        return caches_->informer<K>().store();
    }

    SimulatedLoop& loop() { return loop_; }
    Cluster& cluster() { return *cluster_; }

  private:
    SimulatedLoop loop_;
    telemetry::Instrumentation telemetry_;
    std::unique_ptr<Cluster> cluster_;
    std::unique_ptr<kube::Caches> caches_;
    Scope scope_;
    AddControllers add_;
    std::unique_ptr<net::LocalTransport> inner_;
    std::unique_ptr<FaultTransport> transport_;
    std::unique_ptr<kube::Client> client_;
    std::unique_ptr<kube::Manager> manager_;
    std::unique_ptr<Scope> operator_;
    Traffic last_traffic_;
};

// Removes what differs between equal runs from an object: uids, versions, times, managed fields' times, generated name
// endings.
json::Value normalized(json::Value object);

}  // namespace mizzen::sim
