// SPDX-License-Identifier: Apache-2.0
// Rollout: what a Deployment does next with its ReplicaSets. Pure: the controller (deployment_controller.hpp) gathers
// and acts. Source: Kubernetes documentation "Deployments": rolling update, recreate, proportional scaling, progress
// deadline.
#pragma once
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "mizzen/base/time.hpp"
#include "mizzen/kube/schema/kinds/apps.hpp"

namespace mizzen::controllers {

using ReplicaSets = std::vector<std::shared_ptr<const kube::ReplicaSet>>;

// How far a rolling update may go over and under the wanted number of pods. Never both zero, else nothing could move.
struct Bounds {
    int surge = 0;
    int unavailable = 0;
};
// Percentages of surge round up, of unavailability down. Zero for Recreate.
Bounds bounds(const kube::DeploymentSpec&);

// A ReplicaSet that should have another size. `from` is what it has; where `to` is the same, only its annotations are
// behind.
struct Resize {
    std::shared_ptr<const kube::ReplicaSet> set;
    int from = 0;
    int to = 0;
};

// The ReplicaSet whose pod template is the Deployment's, not counting the pod-template-hash label; the oldest if there
// are several.
std::shared_ptr<const kube::ReplicaSet> find_current(const kube::Deployment&, const ReplicaSets&);
// All others, oldest first.
ReplicaSets others(const ReplicaSets&, const kube::ReplicaSet* current);

// The ReplicaSet to create for the Deployment's template, without replicas: name, labels, owner, hash and revision set.
// `collisions` makes another hash where a name is taken by a different template.
kube::ReplicaSet new_replica_set(const kube::Deployment&, const ReplicaSets& all, int collisions);
// What a rolling update, a recreate or a paused Deployment's scaling does next. One step: the next follows when its
// outcome is seen. `current` is null before it exists; `old_pods_run` says whether pods of others() still exist (for
// Recreate).
std::vector<Resize> next_resizes(const kube::Deployment&, const std::shared_ptr<const kube::ReplicaSet>& current,
                                 const ReplicaSets& old, bool old_pods_run);
// ReplicaSets over the history limit: empty ones, oldest revision first. None until the rollout is complete.
ReplicaSets beyond_history(const kube::Deployment&, const ReplicaSets& old);

// The revision number in the annotation; 0 if there is none.
std::int64_t revision(const kube::ObjectMeta&);
std::int64_t next_revision(const ReplicaSets& old);

// The status that follows from the sets. Conditions keep their times unless they change.
kube::DeploymentStatus status(const kube::Deployment&, const kube::ReplicaSet* current, const ReplicaSets& all,
                              WallTime now);
bool is_complete(const kube::Deployment&, const kube::DeploymentStatus&);
// When the progress deadline passes, if it runs.
std::optional<WallTime> progress_deadline(const kube::Deployment&, const kube::DeploymentStatus&);

// Annotations and labels that the controller keeps.
inline constexpr const char* revision_annotation = "deployment.kubernetes.io/revision";
inline constexpr const char* revision_history_annotation = "deployment.kubernetes.io/revision-history";
inline constexpr const char* desired_replicas_annotation = "deployment.kubernetes.io/desired-replicas";
inline constexpr const char* max_replicas_annotation = "deployment.kubernetes.io/max-replicas";
inline constexpr const char* pod_template_hash_label = "pod-template-hash";
// Annotations a ReplicaSet of this Deployment carries at `revision`: the Deployment's own (but kubectl's last-applied),
// revision, history, and for a new one the sizes. An existing one keeps its sizes: resizing needs to know what they
// were.
std::map<std::string, std::string> set_annotations(const kube::Deployment&, const kube::ReplicaSet* existing,
                                                   std::int64_t revision);

}  // namespace mizzen::controllers
