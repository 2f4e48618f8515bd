// SPDX-License-Identifier: Apache-2.0
// Implements write_policy.hpp: one line per kind that has something of its own.
#include "mizzen/apiserver/catalog/write_policy.hpp"

#include <algorithm>
#include <array>

namespace mizzen::apiserver {
namespace {

struct Name {
    std::string_view group, plural;
    bool operator==(const Name&) const = default;
};

constexpr std::array create_on_update{Name{"", "endpoints"},
                                      Name{"", "events"},
                                      Name{"", "limitranges"},
                                      Name{"", "services"},
                                      Name{"events.k8s.io", "events"},
                                      Name{"node.k8s.io", "runtimeclasses"},
                                      Name{"coordination.k8s.io", "leases"},
                                      Name{"rbac.authorization.k8s.io", "roles"},
                                      Name{"rbac.authorization.k8s.io", "rolebindings"},
                                      Name{"rbac.authorization.k8s.io", "clusterroles"},
                                      Name{"rbac.authorization.k8s.io", "clusterrolebindings"}};

constexpr std::array needs_resource_version{Name{"admissionregistration.k8s.io", "mutatingadmissionpolicies"},
                                            Name{"admissionregistration.k8s.io", "mutatingadmissionpolicybindings"},
                                            Name{"admissionregistration.k8s.io", "mutatingwebhookconfigurations"},
                                            Name{"admissionregistration.k8s.io", "validatingadmissionpolicies"},
                                            Name{"admissionregistration.k8s.io", "validatingadmissionpolicybindings"},
                                            Name{"admissionregistration.k8s.io", "validatingwebhookconfigurations"},
                                            Name{"apiextensions.k8s.io", "customresourcedefinitions"},
                                            Name{"apiregistration.k8s.io", "apiservices"},
                                            Name{"certificates.k8s.io", "clustertrustbundles"},
                                            Name{"certificates.k8s.io", "podcertificaterequests"},
                                            Name{"coordination.k8s.io", "leases"},
                                            Name{"node.k8s.io", "runtimeclasses"},
                                            Name{"policy", "poddisruptionbudgets"},
                                            Name{"storage.k8s.io", "csidrivers"},
                                            Name{"storage.k8s.io", "csinodes"},
                                            Name{"storage.k8s.io", "csistoragecapacities"},
                                            Name{"storage.k8s.io", "volumeattachments"},
                                            Name{"storagemigration.k8s.io", "storageversionmigrations"}};

constexpr std::array returns_deleted{Name{"", "namespaces"},
                                     Name{"", "persistentvolumeclaims"},
                                     Name{"", "persistentvolumes"},
                                     Name{"", "pods"},
                                     Name{"", "podtemplates"},
                                     Name{"", "resourcequotas"},
                                     Name{"", "serviceaccounts"},
                                     Name{"", "services"},
                                     Name{"resource.k8s.io", "deviceclasses"},
                                     Name{"resource.k8s.io", "resourceclaims"},
                                     Name{"resource.k8s.io", "resourceclaimtemplates"},
                                     Name{"resource.k8s.io", "resourceslices"},
                                     Name{"storage.k8s.io", "csidrivers"},
                                     Name{"storage.k8s.io", "csinodes"},
                                     Name{"storage.k8s.io", "storageclasses"},
                                     Name{"storage.k8s.io", "volumeattachments"},
                                     Name{"storage.k8s.io", "volumeattributesclasses"}};

constexpr std::array orphans{Name{"", "replicationcontrollers"}, Name{"batch", "jobs"}};

template <std::size_t N>
bool has(const std::array<Name, N>& names, const Name& name) {
    return std::find(names.begin(), names.end(), name) != names.end();
}

}  // namespace

WritePolicy write_policy(std::string_view group, std::string_view plural) {
    Name name{group, plural};
    WritePolicy policy;
    policy.create_on_update = has(create_on_update, name);
    policy.unconditional_update = !has(needs_resource_version, name);
    policy.returns_deleted = has(returns_deleted, name);
    if (has(orphans, name)) policy.dependents = Dependents::orphan;
    if (plural == "events") policy.dependents = Dependents::unsupported;
    policy.graceful = group.empty() && plural == "pods";
    return policy;
}

}  // namespace mizzen::apiserver
