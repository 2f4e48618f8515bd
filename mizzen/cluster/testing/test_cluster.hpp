// SPDX-License-Identifier: Apache-2.0
// TestCluster: a Cluster on simulated time, started and ready, for the tests of this room and of those above it.
#pragma once
#include <functional>
#include <memory>
#include <string_view>
#include <vector>

#include "mizzen/async/scope.hpp"
#include "mizzen/async/simulated_loop.hpp"
#include "mizzen/cluster/cluster.hpp"
#include "mizzen/kube/client/api.hpp"
#include "mizzen/kube/client/dynamic.hpp"

namespace mizzen {

class TestCluster {
  public:
    explicit TestCluster(ClusterOptions options = {}, std::uint64_t seed = 1);
    // At once, as kill -9 would.
    ~TestCluster();

    template <class T>
    T run(Task<T> task) {
        return loop_.run(std::move(task));
    }
    // Creates the objects of a YAML text.
    void create(std::string_view yaml);

    // The verbs, for tests that need no options. `key` is in the namespace default unless it names another.
    template <class K>
    std::optional<K> find(kube::ObjectKey key) {
        return run(kube::Api<K>(client()).find(std::move(key)));
    }
    template <class K>
    K get(kube::ObjectKey key) {
        return run(kube::Api<K>(client()).get(std::move(key)));
    }
    template <class K>
    std::vector<K> list(std::string ns = "default") {
        return run(kube::Api<K>(client(), std::move(ns)).list()).items;
    }
    template <class K>
    K patch(kube::ObjectKey key, json::Value merge) {
        return run(kube::Api<K>(client()).patch(std::move(key), kube::Patch::merge(std::move(merge))));
    }
    template <class K>
    void remove(kube::ObjectKey key, kube::RemoveOptions options = {}) {
        run(kube::Api<K>(client()).remove(std::move(key), std::move(options)));
    }

    // Lets time pass until `holds`, asked each 20 ms of simulated time. False after `limit`.
    bool eventually(const std::function<bool()>& holds, Duration limit = std::chrono::minutes(2));
    void run_for(Duration time) { loop_.run_for(time); }

    SimulatedLoop& loop() { return loop_; }
    Cluster& cluster() { return *cluster_; }
    kube::Client& client() { return cluster_->client(); }

  private:
    SimulatedLoop loop_;
    std::unique_ptr<Cluster> cluster_;
    std::unique_ptr<Scope> scope_;
};

}  // namespace mizzen
