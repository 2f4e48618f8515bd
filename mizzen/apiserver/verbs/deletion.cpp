// SPDX-License-Identifier: Apache-2.0
// Implements deletion.hpp.
#include "mizzen/apiserver/verbs/deletion.hpp"

#include <algorithm>

#include "mizzen/apiserver/verbs/metadata.hpp"

namespace mizzen::apiserver {
namespace {

constexpr std::string_view orphan_finalizer = "orphan";
constexpr std::string_view foreground_finalizer = "foregroundDeletion";
constexpr std::int64_t default_grace_seconds = 30;

struct Dependence {
    bool orphan = false, foreground = false;
};

// An explicit policy first, then a finalizer set before, then what is usual for the kind.
Dependence dependence_of(const ServedResource& resource, const std::vector<std::string>& finalizers,
                         const DeleteOptions& options) {
    if (resource.policy.dependents == Dependents::unsupported) return {};
    if (options.orphan_dependents) return {.orphan = *options.orphan_dependents};
    if (options.propagation)
        return {.orphan = options.propagation == "Orphan", .foreground = options.propagation == "Foreground"};
    for (const std::string& f : finalizers) {
        if (f == orphan_finalizer) return {.orphan = true};
        if (f == foreground_finalizer) return {.foreground = true};
    }
    return {.orphan = resource.policy.dependents == Dependents::orphan};
}

void settle_finalizers(const ServedResource& resource, json::Value& object, const DeleteOptions& options) {
    std::vector<std::string> old = finalizers_of(object), wanted;
    Dependence dependence = dependence_of(resource, old, options);
    for (const std::string& f : old)
        if (f != orphan_finalizer && f != foreground_finalizer) wanted.push_back(f);
    if (dependence.orphan) wanted.emplace_back(orphan_finalizer);
    if (dependence.foreground) wanted.emplace_back(foreground_finalizer);
    if (!std::is_permutation(old.begin(), old.end(), wanted.begin(), wanted.end())) set_finalizers(object, wanted);
}

void mark(json::Value& object, WallTime when, std::int64_t grace_seconds) {
    bool first = !is_being_deleted(object);
    object.at({"metadata", "deletionTimestamp"}) = to_rfc3339(when);
    object.at({"metadata", "deletionGracePeriodSeconds"}) = grace_seconds;
    if (first && object.integer({"metadata", "generation"}) > 0) bump_generation(object);
}

// How long the kubelet has: nothing for pods that no kubelet runs any more, or yet.
std::int64_t pod_grace(const json::Value& pod, const DeleteOptions& options) {
    std::string_view phase = pod.text({"status", "phase"});
    if (pod.text({"spec", "nodeName"}).empty() || phase == "Failed" || phase == "Succeeded") return 0;
    return options.grace_seconds.value_or(
        std::max<std::int64_t>(0, pod.integer({"spec", "terminationGracePeriodSeconds"}, default_grace_seconds)));
}

// A second deletion may only make the grace shorter.
std::optional<Fate> shorten_grace(json::Value& pod, const DeleteOptions& options, WallTime now) {
    std::int64_t old = deletion_grace(pod).value_or(0);
    if (old == 0) return std::nullopt;
    if (!options.grace_seconds || *options.grace_seconds >= old) return Fate::pending;
    std::int64_t period = *options.grace_seconds;
    WallTime marked =
        parse_rfc3339(pod.text({"metadata", "deletionTimestamp"})).value_or(now) - std::chrono::seconds(old);
    WallTime when = marked + std::chrono::seconds(period);
    if (when < now) {
        when = now;
        if (period != 0) period = 1;
    }
    mark(pod, when, period);
    return period == 0 ? Fate::remove : Fate::mark;
}

// What grace alone would do.
Fate settle_grace(const ServedResource& resource, json::Value& object, const DeleteOptions& options, WallTime now) {
    if (!resource.policy.graceful) return Fate::remove;
    if (is_being_deleted(object)) return shorten_grace(object, options, now).value_or(Fate::remove);
    std::int64_t grace = pod_grace(object, options);
    if (grace == 0) return Fate::remove;
    mark(object, now + std::chrono::seconds(grace), grace);
    return Fate::mark;
}

}  // namespace

Deletion decide_deletion(const ServedResource& resource, json::Value live, const DeleteOptions& options, WallTime now) {
    Fate by_grace = settle_grace(resource, live, options, now);
    if (by_grace == Fate::pending) return {.fate = Fate::pending, .object = std::move(live)};
    settle_finalizers(resource, live, options);
    if (resource.group.empty() && resource.plural == "namespaces") {
        // A namespace is emptied first: its spec.finalizers hold it.
        const json::Value* held = live.find_path({"spec", "finalizers"});
        if (held && held->is_array() && !held->as_array().empty()) {
            if (!is_being_deleted(live)) {
                live.at({"metadata", "deletionTimestamp"}) = to_rfc3339(now);
                if (live.integer({"metadata", "generation"}) > 0) bump_generation(live);
            }
            live.at({"status", "phase"}) = "Terminating";
            return {.fate = Fate::mark, .object = std::move(live)};
        }
    }
    if (by_grace == Fate::mark) return {.fate = Fate::mark, .object = std::move(live)};
    if (finalizers_of(live).empty()) return {.fate = Fate::remove, .object = std::move(live)};
    if (!is_being_deleted(live)) mark(live, now, 0);
    return {.fate = Fate::mark, .object = std::move(live)};
}

}  // namespace mizzen::apiserver
