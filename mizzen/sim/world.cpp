// SPDX-License-Identifier: Apache-2.0
// Starts, crashes and restarts the operator under test.
#include "mizzen/sim/world.hpp"

#include "mizzen/json/yaml.hpp"
#include "mizzen/kube/client/api.hpp"
#include "mizzen/kube/client/discovery.hpp"

namespace mizzen::sim {
namespace {

Task<> apply_one(kube::Client& client, json::Value object) {
    const kube::Discovery discovery = co_await kube::Discovery::ask(client);
    const kube::ServedKind* served = discovery.find(object.text("apiVersion"), object.text("kind"));
    if (!served) throw Error(ErrorKind::invalid, "the cluster has no kind " + std::string(object.text("kind")));
    co_await kube::Api<kube::Dynamic>(client, served->kind)
        .apply(std::move(object), {.field_manager = "test", .force = true});
}

Task<json::Value> find_one(kube::Client& client, kube::DynamicKind kind, kube::ObjectKey key) {
    auto found = co_await kube::Api<kube::Dynamic>(client, kind, key.ns).find(key);
    co_return found ? found->to_value() : json::Value();
}

Task<std::vector<json::Value>> list_all(kube::Client& client, kube::DynamicKind kind) {
    std::vector<json::Value> out;
    auto list = co_await kube::Api<kube::Dynamic>(client, kind, kube::all_namespaces).list();
    for (const kube::Dynamic& object : list.items) out.push_back(object.to_value());
    co_return out;
}

}  // namespace

World::World(std::uint64_t seed, ClusterOptions options)
    : loop_(seed),
      telemetry_(options.telemetry),
      cluster_(std::make_unique<Cluster>(loop_, std::move(options))),
      caches_(std::make_unique<kube::Caches>(cluster_->client(), "", kube::WatcherOptions{})),
      scope_(loop_) {
    caches_->start(scope_);
    scope_.spawn(cluster_->run());
    loop_.run(cluster_->ready());
}

World::~World() { crash(); }

void World::apply_object(json::Value object) { run(apply_one(cluster_->client(), std::move(object))); }

void World::apply(std::string_view yaml) {
    for (json::YamlDocument& document : json::parse_yaml(yaml)) apply_object(std::move(document.value));
}

void World::start(Faults faults, AddControllers add) {
    add_ = std::move(add);
    inner_ = std::make_unique<net::LocalTransport>(cluster_->handler(), net::Peer{.address = "simulation",
                                                                                  .has_certificate = true,
                                                                                  .common_name = "operator",
                                                                                  .organizations = {"system:masters"}});
    transport_ = std::make_unique<FaultTransport>(*inner_, faults);
    client_ = std::make_unique<kube::Client>(
        loop_, *transport_,
        kube::ClientOptions{
            .field_manager = "operator-under-test", .user_agent = "operator-under-test", .telemetry = telemetry_});
    manager_ = std::make_unique<kube::Manager>(
        *client_, kube::ManagerOptions{.name = "operator-under-test", .telemetry = telemetry_});
    add_(*manager_);
    operator_ = std::make_unique<Scope>(loop_);
    operator_->spawn(manager_->run());
}

void World::crash() {
    if (transport_) last_traffic_ = transport_->traffic();
    operator_.reset();
    manager_.reset();
    client_.reset();
    transport_.reset();
    inner_.reset();
}

bool World::runs_until(const std::function<bool()>& holds, Duration limit) {
    const Time end = loop_.after(limit);
    for (;;) {
        if (!loop_.run_until([&] { return is_dead() || holds(); }, end - loop_.now())) return false;
        if (!is_dead()) return true;
        crash();
        start({}, add_);
    }
}

json::Value World::find(const kube::DynamicKind& kind, const kube::ObjectKey& key) {
    return run(find_one(cluster_->client(), kind, key));
}

std::vector<json::Value> World::snapshot(const kube::DynamicKind& kind) {
    std::vector<json::Value> out = run(list_all(cluster_->client(), kind));
    for (json::Value& object : out) object = normalized(std::move(object));
    return out;
}

}  // namespace mizzen::sim
