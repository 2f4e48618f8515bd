// SPDX-License-Identifier: Apache-2.0
// Starts a cluster and waits for it.
#include "mizzen/cluster/testing/test_cluster.hpp"

#include "mizzen/json/yaml.hpp"
#include "mizzen/kube/client/discovery.hpp"

namespace mizzen {
namespace {

Task<> create_one(kube::Client& client, json::Value object) {
    const kube::Discovery discovery = co_await kube::Discovery::ask(client);
    const kube::ServedKind* served = discovery.find(object.text("apiVersion"), object.text("kind"));
    if (!served) throw Error(ErrorKind::invalid, "the cluster has no kind " + std::string(object.text("kind")));
    kube::Dynamic wanted = kube::Dynamic::from(std::move(object));
    std::string ns =
        served->kind.namespaced && wanted.metadata.namespace_.empty() ? "default" : wanted.metadata.namespace_;
    kube::Api<kube::Dynamic> api(client, served->kind, std::move(ns));
    co_await api.create(std::move(wanted));
}

}  // namespace

TestCluster::TestCluster(ClusterOptions options, std::uint64_t seed)
    : loop_(seed),
      cluster_(std::make_unique<Cluster>(loop_, std::move(options))),
      scope_(std::make_unique<Scope>(loop_)) {
    scope_->spawn(cluster_->run());
    loop_.run(cluster_->ready());
}

TestCluster::~TestCluster() { scope_.reset(); }

void TestCluster::create(std::string_view yaml) {
    for (json::YamlDocument& document : json::parse_yaml(yaml)) run(create_one(client(), std::move(document.value)));
}

bool TestCluster::eventually(const std::function<bool()>& holds, Duration limit) {
    for (const Time end = loop_.after(limit); loop_.now() < end; loop_.run_for(std::chrono::milliseconds(20))) {
        if (holds()) return true;
    }
    return holds();
}

}  // namespace mizzen
