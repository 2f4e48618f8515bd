// SPDX-License-Identifier: Apache-2.0
// Which fields an endpoint leaves as they are, kind by kind. Source: the strategies of kube-apiserver 1.37.
#include <algorithm>
#include <array>

#include "mizzen/apiserver/apply/apply.hpp"

namespace mizzen::apiserver {
namespace {

// Kinds whose status endpoint leaves spec alone, but not metadata; all others, custom resources among them, leave both.
constexpr std::array<std::string_view, 9> metadata_follows_status{"",
                                                                  "apps",
                                                                  "autoscaling",
                                                                  "batch",
                                                                  "certificates.k8s.io",
                                                                  "policy",
                                                                  "extensions",
                                                                  "apiregistration.k8s.io",
                                                                  "networking.k8s.io"};

std::vector<std::string_view> kept_by_status(std::string_view group, std::string_view plural) {
    if (plural == "deployments" && group == "apps") return {"spec", "metadata.labels"};
    if (plural == "pods" && group.empty()) return {"spec", "metadata.deletionTimestamp", "metadata.ownerReferences"};
    if (plural == "certificatesigningrequests") return {"spec", "status.conditions"};
    bool is_exception = plural == "servicecidrs" || plural == "podcertificaterequests";
    bool follows = std::ranges::find(metadata_follows_status, group) != metadata_follows_status.end();
    return follows && !is_exception ? std::vector<std::string_view>{"spec"}
                                    : std::vector<std::string_view>{"spec", "metadata"};
}

}  // namespace

ResetFields reset_fields(std::string_view group, std::string_view plural, std::string_view subresource,
                         bool has_status) {
    if (subresource.empty()) {
        if (plural == "certificatesigningrequests") return {.kept_as_they_are = {"spec", "status"}};
        return has_status ? ResetFields{.kept_as_they_are = {"status"}} : ResetFields{};
    }
    if (subresource == "status") return {.kept_as_they_are = kept_by_status(group, plural)};
    if (subresource == "finalize") return {.kept_as_they_are = {"status"}};
    if (subresource == "approval") return {.kept_as_they_are = {"spec", "status.certificate"}};
    if (subresource == "ephemeralcontainers") return {.only = {"spec.ephemeralContainers"}};
    if (subresource == "resize") {
        return {.only = {"spec.containers.*.resources", "spec.containers.*.resizePolicy",
                         "spec.initContainers.*.resources", "spec.initContainers.*.resizePolicy"}};
    }
    return {};
}

}  // namespace mizzen::apiserver
