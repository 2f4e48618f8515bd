// SPDX-License-Identifier: Apache-2.0
// The tree, from caches of the kinds it shows.
#include "mizzen/cli/live_tree.hpp"

#include <algorithm>

#include "mizzen/async/delay.hpp"
#include "mizzen/kube/runtime/informer.hpp"
#include "mizzen/kube/schema/kinds/apps.hpp"
#include "mizzen/kube/schema/kinds/core.hpp"

namespace mizzen::cli {
namespace {

// A burst of changes becomes one drawing.
constexpr Duration frame = std::chrono::milliseconds(30);

std::string share(int part, int whole) { return std::to_string(part) + "/" + std::to_string(whole); }

std::string_view phase_text(const WebApp& app) {
    if (!app.status.phase) return "Pending";
    switch (*app.status.phase) {
        case Phase::Pending:
            return "Pending";
        case Phase::Progressing:
            return "Progressing";
        case Phase::Ready:
            return "Ready";
        case Phase::Degraded:
            return "Degraded";
        case Phase::Stopped:
            return "Stopped";
    }
    return "";
}

bool is_settled(const WebApp& app) {
    const bool current = app.status.observed_generation.value_or(0) == app.metadata.generation;
    return current && (app.status.phase == Phase::Ready || app.status.phase == Phase::Stopped);
}

// Why it is not ready, in the operator's words.
std::string why(const WebApp& app) {
    auto ready = std::ranges::find(app.status.conditions, "Ready", &WebAppCondition::type);
    return ready == app.status.conditions.end() || ready->status == "True" ? "" : "  " + ready->message;
}

bool is_pod_ready(const kube::Pod& pod) {
    return std::ranges::any_of(pod.status.conditions, [](auto& c) { return c.type == "Ready" && c.status == "True"; });
}

}  // namespace

LiveTree::LiveTree(kube::Client& client, bool is_terminal, Print print)
    : caches_(client, "", {}), is_terminal_(is_terminal), print_(std::move(print)) {
    auto touch = [this](auto*, auto*, bool) {
        dirty_ = true;
        changed_.notify_all();
    };
    caches_.informer<WebApp>().on_change(touch);
    caches_.informer<kube::Deployment>().on_change(touch);
    caches_.informer<kube::ReplicaSet>().on_change(touch);
    caches_.informer<kube::Pod>().on_change(touch);
    caches_.informer<kube::Service>().on_change(touch);
}

void LiveTree::add_children(std::vector<TreeNode>& out, std::string_view uid, int depth) {
    for (auto& d : caches_.informer<kube::Deployment>().store().owned_by(uid)) {
        const int wanted = d->spec.replicas.value_or(1);
        out.push_back({depth, "Deployment " + d->metadata.name, share(d->status.available_replicas, wanted),
                       d->status.available_replicas == wanted});
        add_children(out, d->metadata.uid, depth + 1);
    }
    for (auto& set : caches_.informer<kube::ReplicaSet>().store().owned_by(uid)) {
        const int wanted = set->spec.replicas.value_or(1);
        if (wanted == 0 && set->status.replicas == 0) continue;
        out.push_back({depth, "ReplicaSet " + set->metadata.name, share(set->status.ready_replicas, wanted),
                       set->status.ready_replicas == wanted});
        add_children(out, set->metadata.uid, depth + 1);
    }
    for (auto& pod : caches_.informer<kube::Pod>().store().owned_by(uid)) {
        const bool ending = !pod->metadata.deletion_timestamp.empty();
        std::string state = ending ? "Terminating" : pod->status.phase;
        out.push_back({depth, "Pod " + pod->metadata.name,
                       state + (pod->spec.node_name.empty() ? "" : " on " + pod->spec.node_name),
                       is_pod_ready(*pod) && !ending});
    }
    for (auto& service : caches_.informer<kube::Service>().store().owned_by(uid)) {
        out.push_back({depth, "Service " + service->metadata.name, service->spec.cluster_ip, true});
    }
}

std::vector<TreeNode> LiveTree::nodes() {
    std::vector<TreeNode> out;
    for (auto& app : caches_.informer<WebApp>().store().list()) {
        std::string state = std::string(phase_text(*app)) + " " +
                            share(app->status.available_replicas.value_or(0), app->spec.replicas) + why(*app);
        out.push_back(
            {0, "WebApp " + app->metadata.namespace_ + "/" + app->metadata.name, std::move(state), is_settled(*app)});
        add_children(out, app->metadata.uid, 1);
    }
    return out;
}

bool LiveTree::is_all_ready() {
    auto apps = caches_.informer<WebApp>().store().list();
    return !apps.empty() && std::ranges::all_of(apps, [](auto& app) { return is_settled(*app); });
}

void LiveTree::draw() {
    std::string out;
    // Back to the first line of the last drawing, and clear from there.
    if (lines_drawn_ > 0) out += "\x1b[" + std::to_string(lines_drawn_) + "F\x1b[J";
    const auto all = nodes();
    // Lines do not wrap: one that took two rows would put the next drawing in the wrong place.
    out += "\x1b[?7l";
    for (const TreeNode& node : all) {
        out += std::string(static_cast<std::size_t>(2 * node.depth), ' ') +
               (node.is_good ? "\x1b[32m●\x1b[0m " : "\x1b[33m○\x1b[0m ") + node.name + "  \x1b[2m" + node.state +
               "\x1b[0m\n";
    }
    out += "\x1b[?7h";
    lines_drawn_ = all.size();
    print_(out);
}

void LiveTree::print_changes() {
    std::string out;
    std::map<std::string, std::string> now;
    for (const TreeNode& node : nodes()) {
        now[node.name] = node.state;
        auto before = printed_.find(node.name);
        if (before == printed_.end() || before->second != node.state) out += node.name + "  " + node.state + "\n";
    }
    for (auto& [name, state] : printed_) {
        if (!now.contains(name)) out += name + "  gone\n";
    }
    printed_ = std::move(now);
    if (!out.empty()) print_(out);
}

Task<> LiveTree::synced() { co_await caches_.synced(std::chrono::seconds(30)); }

Task<> LiveTree::run() {
    Scope watches(co_await context());
    caches_.start(watches);
    for (;;) {
        while (!dirty_) co_await changed_.wait();
        dirty_ = false;
        is_terminal_ ? draw() : print_changes();
        if (is_terminal_) co_await delay(frame);
    }
}

Task<> LiveTree::all_ready() {
    while (!is_all_ready()) co_await changed_.wait();
}

}  // namespace mizzen::cli
