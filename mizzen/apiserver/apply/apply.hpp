// SPDX-License-Identifier: Apache-2.0
// Server-side apply: who owns which field, and what an apply changes. Pure functions over values and their Type.
// Source: Kubernetes documentation "Server-Side Apply"; structured-merge-diff v6 for the exact outcomes.
#pragma once
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "mizzen/apiserver/status.hpp"
#include "mizzen/json/value.hpp"
#include "mizzen/kube/schema/type.hpp"

namespace mizzen::apiserver {

// Fields that a write through one endpoint leaves as they are, so that its writer does not own them either.
struct ResetFields {
    std::vector<std::string_view>
        kept_as_they_are;                // "status" for the main resource; "spec", "metadata.labels" for others
    std::vector<std::string_view> only;  // if not empty: everything but these ("spec.containers.*.resources")
};
// Of a kind, by its group and plural, in the main resource ("") or a subresource. `has_status`: the kind has the
// subresource status.
ResetFields reset_fields(std::string_view group, std::string_view plural, std::string_view subresource,
                         bool has_status);

// Who writes, and how: one entry of metadata.managedFields is kept per such writer.
struct FieldManager {
    std::string name;         // fieldManager, or the user agent up to the first '/'
    std::string api_version;  // the version written in: "apps/v1"
    std::string subresource;  // "" or "status", "scale"
    std::string now;          // RFC 3339
    ResetFields reset = {};
    // Whether a version that some manager wrote in is still served; its entry goes if not. Empty: all are.
    std::function<bool(std::string_view api_version)> is_served = {};
};

struct ApplyConflict {
    std::string manager;  // as the message names it: `"kubectl" using apps/v1` …
    std::string field;    // ".spec.replicas", ".spec.containers[name=\"app\"].image"
};

struct ApplyOutcome {
    json::Value object;                    // merged, with managedFields; equal to `live` when nothing changed
    std::vector<ApplyConflict> conflicts;  // not empty: object is meaningless, nothing may be stored
};

// 409 with a cause FieldManagerConflict for each.
StatusError apply_conflict(const std::vector<ApplyConflict>& conflicts);

// Applies `config` (which must carry no managedFields: 400) on `live` (null: the object is created). Fields that the
// manager applied before and left out now are removed unless another manager owns them. With `force`, conflicts are
// taken over. A no-op keeps the managers' times, so that nothing is written; `config` is taken as it was sent, so after
// defaults and admission settle_times must have the last word. Throws StatusError 500, as kube-apiserver does, where
// config does not fit the type: "failed to create typed patch object (…): .spec.x: field not declared in schema". The
// manager "kubectl" may overwrite what the annotation kubectl.kubernetes.io/last-applied-configuration shows to be its
// own; the annotation then follows.
ApplyOutcome server_side_apply(const json::Value& live, const json::Value& config, const kube::schema::Type& type,
                               const FieldManager& manager, bool force);

// Records a create, update or patch: fields that differ between `before` (null: created) and `after` become the
// manager's (operation Update), and leave the others'. Returns `after` with its managedFields. An object that has no
// managers is not tracked until its first apply. A user-sent empty managedFields resets them; invalid ones are replaced
// by the old ones. To be called before mutating admission, whose changes belong to nobody.
json::Value track_update(const json::Value& before, json::Value after, const kube::schema::Type& type,
                         const FieldManager& manager);

// What is written in the end: if `after` differs from `live` only in times of managers, it is `live` again, and nothing
// need be stored.
json::Value settle_times(const json::Value& live, json::Value after);

}  // namespace mizzen::apiserver
