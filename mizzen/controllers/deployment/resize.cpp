// SPDX-License-Identifier: Apache-2.0
// The arithmetic of a rollout: who grows and who shrinks, and by how much.
#include <algorithm>
#include <charconv>
#include <cmath>
#include <numeric>
#include <tuple>

#include "mizzen/controllers/deployment/rollout.hpp"

namespace mizzen::controllers {
namespace {

using Set = std::shared_ptr<const kube::ReplicaSet>;

int size_of(const Set& set) { return set ? set->spec.replicas.value_or(1) : 0; }
// A set that was told to shrink and has not yet done so will not keep what its status still counts.
int available(const Set& set) { return set ? std::min(set->status.available_replicas, size_of(set)) : 0; }

int total(const ReplicaSets& sets, int (*of)(const Set&)) {
    return std::accumulate(sets.begin(), sets.end(), 0, [of](int sum, const Set& s) { return sum + of(s); });
}

int part_of(const kube::IntOrString& amount, int whole, bool round_up) {
    if (!amount.is_string()) return amount.integer();
    int percent = 0;
    const std::string& text = amount.string();
    std::from_chars(text.data(), text.data() + text.size(), percent);
    double exact = percent * static_cast<double>(whole) / 100;
    return static_cast<int>(round_up ? std::ceil(exact) : std::floor(exact));
}

int number_in(const kube::ObjectMeta& metadata, const char* annotation, int otherwise) {
    auto found = metadata.annotations.find(annotation);
    int number = otherwise;
    if (found != metadata.annotations.end())
        std::from_chars(found->second.data(), found->second.data() + found->second.size(), number);
    return number;
}

// Its annotations tell of another size of the Deployment than the one wanted now.
bool is_outdated(const Set& set, const kube::Deployment& d) {
    const int wanted = d.spec.replicas.value_or(1);
    return number_in(set->metadata, desired_replicas_annotation, wanted) != wanted;
}

bool is_recreate(const kube::DeploymentSpec& spec) { return spec.strategy.type == "Recreate"; }

struct Step {
    const kube::Deployment& deployment;
    std::vector<Resize> resizes = {};
    void set(const Set& s, int to) {
        if (s && size_of(s) != to) resizes.push_back({s, size_of(s), to});
    }
    // A set whose share does not change must learn of the new total all the same, or the scaling would never be over.
    void set_share(const Set& s, int to) {
        if (s && (size_of(s) != to || is_outdated(s, deployment))) resizes.push_back({s, size_of(s), to});
    }
};

// The user changed spec.replicas while several sets have pods: each gets its share, so that a broken new version does
// not take all.
std::vector<Resize> proportional(const kube::Deployment& d, const Set& current, const ReplicaSets& old) {
    ReplicaSets active;
    for (auto& s : old) {
        if (size_of(s) > 0) active.push_back(s);
    }
    if (size_of(current) > 0 || active.empty()) active.push_back(current);
    const int wanted = d.spec.replicas.value_or(1);
    Step step{d};
    if (active.size() == 1) {
        step.set_share(active.front(), wanted);
        return step.resizes;
    }
    if (size_of(current) == wanted && available(current) == wanted) {
        for (auto& s : active) step.set_share(s, s == current ? wanted : 0);
        return step.resizes;
    }
    const int allowed = wanted > 0 ? wanted + bounds(d.spec).surge : 0;
    const int all = total(active, size_of);
    int to_add = allowed - all;
    // The largest first; among equals growing goes to the newest, shrinking to the oldest.
    std::ranges::sort(active, [to_add](const Set& a, const Set& b) {
        if (size_of(a) != size_of(b)) return size_of(a) > size_of(b);
        auto age = [](const Set& s) { return std::tie(s->metadata.creation_timestamp, s->metadata.name); };
        return to_add > 0 ? age(a) > age(b) : age(a) < age(b);
    });
    std::vector<int> sizes;
    int left = to_add;
    for (auto& s : active) {
        const double before = std::max(1, number_in(s->metadata, max_replicas_annotation, wanted));
        int share = to_add == 0 ? 0
                                : static_cast<int>(std::lround(size_of(s) * static_cast<double>(allowed) / before)) -
                                      size_of(s);
        share = to_add > 0 ? std::clamp(share, 0, left) : std::clamp(share, left, 0);
        left -= share;
        sizes.push_back(size_of(s) + share);
    }
    sizes.front() = std::max(0, sizes.front() + left);
    for (std::size_t i = 0; i < active.size(); ++i) step.set_share(active[i], sizes[i]);
    return step.resizes;
}

bool is_scaling(const kube::Deployment& d, const Set& current, const ReplicaSets& old) {
    auto differs = [&](const Set& s) { return s && size_of(s) > 0 && is_outdated(s, d); };
    return differs(current) || std::ranges::any_of(old, differs);
}

bool grow_current(Step& step, const Set& current, const ReplicaSets& old) {
    const int wanted = step.deployment.spec.replicas.value_or(1);
    const int size = size_of(current);
    if (size > wanted) {
        step.set(current, wanted);
        return true;
    }
    const int room = wanted + bounds(step.deployment.spec).surge - size - total(old, size_of);
    if (size == wanted || room <= 0) return false;
    step.set(current, size + std::min(room, wanted - size));
    return true;
}

// Pods that are not available go first: they serve nobody.
int drop_unavailable(std::vector<int>& sizes, const ReplicaSets& old, int most) {
    int dropped = 0;
    for (std::size_t i = 0; i < old.size() && dropped < most; ++i) {
        int idle = std::min(most - dropped, std::max(0, sizes[i] - available(old[i])));
        sizes[i] -= idle;
        dropped += idle;
    }
    return dropped;
}

void shrink_old(Step& step, const Set& current, const ReplicaSets& old) {
    const int old_pods = total(old, size_of);
    if (old_pods == 0) return;
    const int least = step.deployment.spec.replicas.value_or(1) - bounds(step.deployment.spec).unavailable;
    const int current_missing = std::max(0, size_of(current) - available(current));
    const int most = old_pods + size_of(current) - least - current_missing;
    if (most <= 0) return;
    std::vector<int> sizes;
    for (auto& s : old) sizes.push_back(size_of(s));
    drop_unavailable(sizes, old, most);
    int spare = total(old, available) + available(current) - least;
    for (std::size_t i = 0; i < old.size() && spare > 0; ++i) {
        int fewer = std::min({sizes[i], spare, available(old[i])});
        sizes[i] -= fewer;
        spare -= fewer;
    }
    for (std::size_t i = 0; i < old.size(); ++i) step.set(old[i], sizes[i]);
}

}  // namespace

Bounds bounds(const kube::DeploymentSpec& spec) {
    if (is_recreate(spec)) return {};
    const int wanted = spec.replicas.value_or(1);
    const kube::RollingUpdateDeployment rolling =
        spec.strategy.rolling_update ? *spec.strategy.rolling_update : kube::RollingUpdateDeployment{};
    Bounds out{.surge = part_of(rolling.max_surge.value_or(kube::IntOrString("25%")), wanted, true),
               .unavailable = part_of(rolling.max_unavailable.value_or(kube::IntOrString("25%")), wanted, false)};
    if (out.surge == 0 && out.unavailable == 0) out.unavailable = 1;
    out.unavailable = std::min(out.unavailable, wanted);
    return out;
}

std::vector<Resize> next_resizes(const kube::Deployment& d, const Set& current, const ReplicaSets& old,
                                 bool old_pods_run) {
    if (d.spec.paused || is_scaling(d, current, old)) {
        return current || !old.empty() ? proportional(d, current ? current : old.back(),
                                                      current ? old : ReplicaSets(old.begin(), old.end() - 1))
                                       : std::vector<Resize>{};
    }
    Step step{d};
    if (is_recreate(d.spec)) {
        for (auto& s : old) step.set(s, 0);
        if (step.resizes.empty() && !old_pods_run) step.set(current, d.spec.replicas.value_or(1));
        return step.resizes;
    }
    if (!grow_current(step, current, old)) shrink_old(step, current, old);
    return step.resizes;
}

}  // namespace mizzen::controllers
