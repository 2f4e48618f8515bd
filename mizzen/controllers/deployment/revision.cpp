// SPDX-License-Identifier: Apache-2.0
// Which ReplicaSet is the Deployment's current one, what a new one looks like, and how revisions are counted.
#include <algorithm>
#include <charconv>

#include "mizzen/base/digest.hpp"
#include "mizzen/controllers/deployment/rollout.hpp"
#include "mizzen/json/codec.hpp"

namespace mizzen::controllers {
namespace {

// kubectl's own memory is not a fact about the pods.
constexpr const char* skipped[] = {"kubectl.kubernetes.io/last-applied-configuration",
                                   revision_annotation,
                                   revision_history_annotation,
                                   desired_replicas_annotation,
                                   max_replicas_annotation,
                                   "deprecated.deployment.rollback.to"};

std::string template_text(kube::PodTemplateSpec pod) {
    pod.metadata.labels.erase(pod_template_hash_label);
    return json::to_json(pod);
}

std::string template_hash(const kube::Deployment& d, int collisions) {
    std::string text = template_text(d.spec.template_);
    if (collisions > 0) text += "#" + std::to_string(collisions);
    return sha256_hex(text).substr(0, 10);
}

bool older(const std::shared_ptr<const kube::ReplicaSet>& a, const std::shared_ptr<const kube::ReplicaSet>& b) {
    return std::tie(a->metadata.creation_timestamp, a->metadata.name) <
           std::tie(b->metadata.creation_timestamp, b->metadata.name);
}

// "1,4" and 7: the revisions under which a set was current before.
std::string extended_history(const kube::ObjectMeta& set, std::int64_t old_revision) {
    auto known = set.annotations.find(revision_history_annotation);
    std::string history = known == set.annotations.end() ? "" : known->second;
    return history.empty() ? std::to_string(old_revision) : history + "," + std::to_string(old_revision);
}

}  // namespace

std::int64_t revision(const kube::ObjectMeta& metadata) {
    auto found = metadata.annotations.find(revision_annotation);
    std::int64_t number = 0;
    if (found != metadata.annotations.end())
        std::from_chars(found->second.data(), found->second.data() + found->second.size(), number);
    return number;
}

std::int64_t next_revision(const ReplicaSets& old) {
    std::int64_t most = 0;
    for (auto& set : old) most = std::max(most, revision(set->metadata));
    return most + 1;
}

std::shared_ptr<const kube::ReplicaSet> find_current(const kube::Deployment& d, const ReplicaSets& all) {
    const std::string wanted = template_text(d.spec.template_);
    std::shared_ptr<const kube::ReplicaSet> found;
    for (auto& set : all) {
        if (template_text(set->spec.template_) == wanted && (!found || older(set, found))) found = set;
    }
    return found;
}

ReplicaSets others(const ReplicaSets& all, const kube::ReplicaSet* current) {
    ReplicaSets out;
    for (auto& set : all) {
        if (!current || set->metadata.uid != current->metadata.uid) out.push_back(set);
    }
    std::ranges::sort(out, older);
    return out;
}

std::map<std::string, std::string> set_annotations(const kube::Deployment& d, const kube::ReplicaSet* existing,
                                                   std::int64_t number) {
    std::map<std::string, std::string> out =
        existing ? existing->metadata.annotations : std::map<std::string, std::string>{};
    for (auto& [key, value] : d.metadata.annotations) {
        if (std::ranges::find(skipped, key) == std::end(skipped)) out[key] = value;
    }
    if (existing) {
        // A set that becomes current again (a rollback) gets a new revision and remembers the old one.
        std::int64_t before = revision(existing->metadata);
        if (before != 0 && before < number)
            out[revision_history_annotation] = extended_history(existing->metadata, before);
        number = std::max(before, number);
    }
    out[revision_annotation] = std::to_string(number);
    if (existing) return out;
    const int replicas = d.spec.replicas.value_or(1);
    out[desired_replicas_annotation] = std::to_string(replicas);
    out[max_replicas_annotation] = std::to_string(replicas + bounds(d.spec).surge);
    return out;
}

kube::ReplicaSet new_replica_set(const kube::Deployment& d, const ReplicaSets& all, int collisions) {
    const std::string hash = template_hash(d, collisions);
    kube::ReplicaSet set;
    set.metadata.name = d.metadata.name + "-" + hash;
    set.metadata.namespace_ = d.metadata.namespace_;
    set.metadata.labels = d.spec.template_.metadata.labels;
    set.metadata.labels[pod_template_hash_label] = hash;
    set.metadata.annotations = set_annotations(d, nullptr, next_revision(all));
    set.metadata.owner_references = {{.api_version = "apps/v1",
                                      .block_owner_deletion = true,
                                      .controller = true,
                                      .kind = "Deployment",
                                      .name = d.metadata.name,
                                      .uid = d.metadata.uid}};
    set.spec.replicas = 0;
    set.spec.min_ready_seconds = d.spec.min_ready_seconds;
    set.spec.selector = d.spec.selector;
    set.spec.selector.match_labels[pod_template_hash_label] = hash;
    set.spec.template_ = d.spec.template_;
    set.spec.template_.metadata.labels[pod_template_hash_label] = hash;
    return set;
}

ReplicaSets beyond_history(const kube::Deployment& d, const ReplicaSets& old) {
    ReplicaSets empty;
    std::size_t alive = 0;
    for (auto& set : old) {
        if (!set->metadata.deletion_timestamp.empty()) continue;
        ++alive;
        bool idle = set->spec.replicas.value_or(1) == 0 && set->status.replicas == 0 &&
                    set->status.observed_generation >= set->metadata.generation;
        if (idle) empty.push_back(set);
    }
    std::ranges::sort(empty, {}, [](auto& set) { return revision(set->metadata); });
    const auto keep = static_cast<std::size_t>(d.spec.revision_history_limit.value_or(10));
    // Sets that still have pods count too: they are history in the making.
    std::size_t over = alive > keep ? alive - keep : 0;
    empty.resize(std::min(empty.size(), over));
    return empty;
}

}  // namespace mizzen::controllers
