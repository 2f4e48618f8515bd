// SPDX-License-Identifier: Apache-2.0
// The roles and bindings of bootstrap_roles.hpp: what kube-apiserver 1.37 makes at its first start, without those of
// controllers that have accounts of their own there.
#include "mizzen/apiserver/auth/bootstrap_roles.hpp"

namespace mizzen::apiserver {
namespace {

constexpr std::string_view cluster_admin_rules[] = {
    "*;*;*",
    "*;;;;*",
};
constexpr std::string_view system_aggregate_to_admin_rules[] = {
    "create;authorization.k8s.io;localsubjectaccessreviews",
    "create,delete,deletecollection,get,list,patch,update,watch;rbac.authorization.k8s.io;rolebindings,roles",
};
constexpr std::string_view system_aggregate_to_edit_rules[] = {
    "get,list,watch;core;pods/attach,pods/exec,pods/portforward,pods/proxy,secrets,services/proxy",
    "impersonate;core;serviceaccounts",
    "create,delete,deletecollection,patch,update;core;pods,pods/attach,pods/exec,pods/portforward,pods/proxy",
    "create;core;pods/eviction",
    "create,delete,deletecollection,patch,update;core;configmaps,persistentvolumeclaims,replicationcontrollers,"
    "replicationcontrollers/scale,secrets,serviceaccounts,services,services/proxy",
    "create;core;serviceaccounts/token",
    "create,delete,deletecollection,patch,update;core,events.k8s.io;events",
    "create,delete,deletecollection,patch,update;apps;daemonsets,deployments,deployments/rollback,"
    "deployments/scale,replicasets,replicasets/scale,statefulsets,statefulsets/scale",
    "create,delete,deletecollection,patch,update;autoscaling;horizontalpodautoscalers",
    "create,delete,deletecollection,patch,update;batch;cronjobs,jobs",
    "create,delete,deletecollection,patch,update;extensions;daemonsets,deployments,deployments/rollback,"
    "deployments/scale,ingresses,networkpolicies,replicasets,replicasets/scale,replicationcontrollers/scale",
    "create,delete,deletecollection,patch,update;policy;poddisruptionbudgets",
    "create,delete,deletecollection,patch,update;networking.k8s.io;ingresses,networkpolicies",
    "create,delete,deletecollection,get,list,patch,update,watch;coordination.k8s.io;leases",
    "create,delete,deletecollection,patch,update;resource.k8s.io;resourceclaims,resourceclaimtemplates",
};
constexpr std::string_view system_aggregate_to_view_rules[] = {
    "get,list,watch;core;configmaps,endpoints,persistentvolumeclaims,persistentvolumeclaims/status,pods,"
    "replicationcontrollers,replicationcontrollers/scale,serviceaccounts,services,services/status",
    "get,list,watch;core;bindings,limitranges,namespaces/status,pods/log,pods/status,replicationcontrollers/status,"
    "resourcequotas,resourcequotas/status",
    "get,list,watch;core;namespaces",
    "get,list,watch;core,events.k8s.io;events",
    "get,list,watch;discovery.k8s.io;endpointslices",
    "get,list,watch;apps;controllerrevisions,daemonsets,daemonsets/status,deployments,deployments/scale,"
    "deployments/status,replicasets,replicasets/scale,replicasets/status,statefulsets,statefulsets/scale,"
    "statefulsets/status",
    "get,list,watch;autoscaling;horizontalpodautoscalers,horizontalpodautoscalers/status",
    "get,list,watch;batch;cronjobs,cronjobs/status,jobs,jobs/status",
    "get,list,watch;extensions;daemonsets,daemonsets/status,deployments,deployments/scale,deployments/status,"
    "ingresses,ingresses/status,networkpolicies,replicasets,replicasets/scale,replicasets/status,"
    "replicationcontrollers/scale",
    "get,list,watch;policy;poddisruptionbudgets,poddisruptionbudgets/status",
    "get,list,watch;networking.k8s.io;ingresses,ingresses/status,networkpolicies",
    "get,list,watch;resource.k8s.io;resourceclaims,resourceclaims/status,resourceclaimtemplates",
};
constexpr std::string_view system_auth_delegator_rules[] = {
    "create;authentication.k8s.io;tokenreviews",
    "create;authorization.k8s.io;subjectaccessreviews",
};
constexpr std::string_view system_basic_user_rules[] = {
    "create;authorization.k8s.io;selfsubjectaccessreviews,selfsubjectrulesreviews",
    "create;authentication.k8s.io;selfsubjectreviews",
};
constexpr std::string_view system_discovery_rules[] = {
    "get;;;;/api,/api/*,/apis,/apis/*,/healthz,/livez,/openapi,/openapi/*,/readyz,/version,/version/",
};
constexpr std::string_view system_kube_controller_manager_rules[] = {
    "create,patch,update;core,events.k8s.io;events",
    "create;coordination.k8s.io;leases",
    "get,update;coordination.k8s.io;leases;kube-controller-manager",
    "create;core;secrets,serviceaccounts",
    "delete;core;secrets",
    "get;core;configmaps,namespaces,secrets,serviceaccounts",
    "update;core;secrets,serviceaccounts",
    "create;authentication.k8s.io;tokenreviews",
    "create;authorization.k8s.io;subjectaccessreviews",
    "list,watch;*;*",
    "create;core;serviceaccounts/token",
};
constexpr std::string_view system_kube_scheduler_rules[] = {
    "create,patch,update;core,events.k8s.io;events",
    "create;coordination.k8s.io;leases",
    "get,list,update,watch;coordination.k8s.io;leases;kube-scheduler",
    "create,delete,deletecollection,get,list,patch,update,watch;coordination.k8s.io;leasecandidates",
    "get,list,watch;core;nodes",
    "delete,get,list,watch;core;pods",
    "create;core;bindings,pods/binding",
    "patch,update;core;pods/status",
    "get,list,watch;core;replicationcontrollers,services",
    "get,list,watch;apps,extensions;replicasets",
    "get,list,watch;apps;statefulsets",
    "get,list,watch;policy;poddisruptionbudgets",
    "get,list,watch;core;persistentvolumeclaims,persistentvolumes",
    "create;authentication.k8s.io;tokenreviews",
    "create;authorization.k8s.io;subjectaccessreviews",
    "get,list,watch;storage.k8s.io;csinodes",
    "get,list,watch;storage.k8s.io;volumeattachments",
    "get,list,watch;core;namespaces",
    "get,list,watch;storage.k8s.io;csidrivers",
    "get,list,watch;storage.k8s.io;csistoragecapacities",
    "get,list,watch;resource.k8s.io;deviceclasses",
    "get,list,patch,update,watch;resource.k8s.io;resourceclaims",
    "get,list,patch,update,watch;resource.k8s.io;resourceclaims/status",
    "update;core;pods/finalizers",
    "get,list,watch;resource.k8s.io;resourceslices",
    "create,delete;resource.k8s.io;resourceclaims",
    "get,list,watch;resource.k8s.io;devicetaintrules",
    "patch,update;resource.k8s.io;resourceclaims/binding",
};
constexpr std::string_view system_kubelet_api_admin_rules[] = {
    "get,list,watch;core;nodes",
    "proxy;core;nodes",
    "*;core;nodes/log,nodes/metrics,nodes/proxy,nodes/stats",
    "*;core;nodes/configz,nodes/healthz,nodes/pods",
};
constexpr std::string_view system_monitoring_rules[] = {
    "get;;;;/flagz,/healthz,/healthz/*,/livez,/livez/*,/metrics,/metrics/slis,/readyz,/readyz/*,/statusz",
    "get;core;nodes/metrics",
};
constexpr std::string_view system_node_rules[] = {
    "create;authentication.k8s.io;tokenreviews",
    "create;authorization.k8s.io;localsubjectaccessreviews,subjectaccessreviews",
    "get,list,watch;core;services",
    "create,get,list,watch;core;nodes",
    "patch,update;core;nodes/status",
    "patch,update;core;nodes",
    "create,patch,update;core,events.k8s.io;events",
    "get,list,watch;core;pods",
    "create,delete;core;pods",
    "patch,update;core;pods/status",
    "create;core;pods/eviction",
    "get,list,watch;core;configmaps,secrets",
    "get;core;persistentvolumeclaims,persistentvolumes",
    "get;core;endpoints",
    "create,get,list,watch;certificates.k8s.io;certificatesigningrequests",
    "create,delete,get,patch,update;coordination.k8s.io;leases",
    "get;storage.k8s.io;volumeattachments",
    "create;core;serviceaccounts/token",
    "get,patch,update;core;persistentvolumeclaims/status",
    "get,list,watch;storage.k8s.io;csidrivers",
    "create,delete,get,patch,update;storage.k8s.io;csinodes",
    "get,list,watch;node.k8s.io;runtimeclasses",
    "get;resource.k8s.io;resourceclaims",
    "deletecollection;resource.k8s.io;resourceslices",
    "get,list,watch;certificates.k8s.io;clustertrustbundles",
    "get;core;serviceaccounts",
    "create,get,list,watch;certificates.k8s.io;podcertificaterequests",
};
constexpr std::string_view system_node_bootstrapper_rules[] = {
    "create,get,list,watch;certificates.k8s.io;certificatesigningrequests",
};
constexpr std::string_view system_node_proxier_rules[] = {
    "list,watch;core;endpoints,services",
    "get,list,watch;core;nodes",
    "create,patch,update;core,events.k8s.io;events",
    "list,watch;networking.k8s.io;servicecidrs",
    "list,watch;discovery.k8s.io;endpointslices",
};
constexpr std::string_view system_persistent_volume_provisioner_rules[] = {
    "create,delete,get,list,watch;core;persistentvolumes", "get,list,update,watch;core;persistentvolumeclaims",
    "get,list,watch;storage.k8s.io;storageclasses",        "watch;core;events",
    "create,patch,update;core,events.k8s.io;events",
};
constexpr std::string_view system_public_info_viewer_rules[] = {
    "get;;;;/healthz,/livez,/readyz,/version,/version/",
};
constexpr std::string_view system_service_account_issuer_discovery_rules[] = {
    "get;;;;/.well-known/openid-configuration,/.well-known/openid-configuration/,/openid/v1/jwks,/openid/v1/jwks/",
};
constexpr std::string_view system_volume_scheduler_rules[] = {
    "get,list,patch,update,watch;core;persistentvolumes",
    "get,list,watch;storage.k8s.io;storageclasses",
    "get,list,patch,update,watch;core;persistentvolumeclaims",
};

constexpr BootstrapRole roles[] = {
    {.name = "admin", .collects = "admin"},
    {.name = "cluster-admin", .rules = cluster_admin_rules},
    {.name = "edit", .collects = "edit", .adds_to = "admin"},
    {.name = "system:aggregate-to-admin", .rules = system_aggregate_to_admin_rules, .adds_to = "admin"},
    {.name = "system:aggregate-to-edit", .rules = system_aggregate_to_edit_rules, .adds_to = "edit"},
    {.name = "system:aggregate-to-view", .rules = system_aggregate_to_view_rules, .adds_to = "view"},
    {.name = "system:auth-delegator", .rules = system_auth_delegator_rules},
    {.name = "system:basic-user", .rules = system_basic_user_rules},
    {.name = "system:discovery", .rules = system_discovery_rules},
    {.name = "system:kube-controller-manager", .rules = system_kube_controller_manager_rules},
    {.name = "system:kube-scheduler", .rules = system_kube_scheduler_rules},
    {.name = "system:kubelet-api-admin", .rules = system_kubelet_api_admin_rules},
    {.name = "system:monitoring", .rules = system_monitoring_rules},
    {.name = "system:node", .rules = system_node_rules},
    {.name = "system:node-bootstrapper", .rules = system_node_bootstrapper_rules},
    {.name = "system:node-proxier", .rules = system_node_proxier_rules},
    {.name = "system:persistent-volume-provisioner", .rules = system_persistent_volume_provisioner_rules},
    {.name = "system:public-info-viewer", .rules = system_public_info_viewer_rules},
    {.name = "system:service-account-issuer-discovery", .rules = system_service_account_issuer_discovery_rules},
    {.name = "system:volume-scheduler", .rules = system_volume_scheduler_rules},
    {.name = "view", .collects = "view", .adds_to = "edit"},
};

constexpr BootstrapBinding bindings[] = {
    {.name = "cluster-admin", .role = "cluster-admin", .subject_kind = "Group", .subject = "system:masters"},
    {.name = "system:basic-user",
     .role = "system:basic-user",
     .subject_kind = "Group",
     .subject = "system:authenticated"},
    {.name = "system:discovery",
     .role = "system:discovery",
     .subject_kind = "Group",
     .subject = "system:authenticated"},
    {.name = "system:kube-controller-manager",
     .role = "system:kube-controller-manager",
     .subject_kind = "User",
     .subject = "system:kube-controller-manager"},
    {.name = "system:kube-scheduler",
     .role = "system:kube-scheduler",
     .subject_kind = "User",
     .subject = "system:kube-scheduler"},
    {.name = "system:monitoring", .role = "system:monitoring", .subject_kind = "Group", .subject = "system:monitoring"},
    {.name = "system:node-proxier",
     .role = "system:node-proxier",
     .subject_kind = "User",
     .subject = "system:kube-proxy"},
    {.name = "system:public-info-viewer",
     .role = "system:public-info-viewer",
     .subject_kind = "Group",
     .subject = "system:authenticated"},
    {.name = "system:public-info-viewer",
     .role = "system:public-info-viewer",
     .subject_kind = "Group",
     .subject = "system:unauthenticated"},
    {.name = "system:service-account-issuer-discovery",
     .role = "system:service-account-issuer-discovery",
     .subject_kind = "Group",
     .subject = "system:serviceaccounts"},
    {.name = "system:volume-scheduler",
     .role = "system:volume-scheduler",
     .subject_kind = "User",
     .subject = "system:kube-scheduler"},
};

}  // namespace

std::span<const BootstrapRole> bootstrap_roles() { return roles; }
std::span<const BootstrapBinding> bootstrap_bindings() { return bindings; }

}  // namespace mizzen::apiserver
