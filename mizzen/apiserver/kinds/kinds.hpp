// SPDX-License-Identifier: Apache-2.0
// The functions that KindRules point to, one set per kind; each file beside this one says what its kinds must be.
#pragma once
#include <string_view>
#include <vector>

#include "mizzen/apiserver/kinds/place.hpp"

namespace mizzen::apiserver {

using Check = void(const json::Value& object, const json::Value* old, std::vector<FieldError>& errors);
using Prepare = void(json::Value& object);
using PrepareUpdate = void(json::Value& object, const json::Value& old);

// core
Prepare prepare_pod, prepare_namespace, prepare_node, prepare_volume, prepare_claim, prepare_secret, prepare_service;
PrepareUpdate prepare_secret_update, prepare_service_update;
Check check_pod, check_pod_template_object, check_service, check_endpoints, check_config_map, check_secret,
    check_service_account, check_namespace, check_node, check_event, check_limit_range, check_resource_quota,
    check_volume, check_claim, check_replication_controller;
// apps, batch, autoscaling, policy
Check check_deployment, check_replica_set, check_stateful_set, check_daemon_set, check_controller_revision, check_job,
    check_cron_job, check_autoscaler, check_disruption_budget;
Prepare prepare_job, prepare_stateful_set, prepare_daemon_set, prepare_autoscaler;
PrepareUpdate prepare_stateful_set_update, prepare_daemon_set_update;
// networking, discovery
Check check_ingress, check_ingress_class, check_network_policy, check_endpoint_slice;
// rbac, coordination, scheduling, node
Check check_role, check_cluster_role, check_role_binding, check_cluster_role_binding, check_lease, check_priority_class,
    check_runtime_class;
// storage
Check check_storage_class, check_volume_attachment, check_csi_driver;
// admission, extension, certificates
Check check_validating_webhooks, check_mutating_webhooks, check_admission_policy, check_admission_binding,
    check_custom_definition, check_api_service, check_signing_request;
Prepare prepare_signing_request;

// A number or a percentage: not negative, and at most 100% where `limited`.
void check_number_or_percent(const Place& value, bool limited);
// Its amount, percentages as their number.
std::int64_t number_or_percent(const Place& value);
// Host name or wildcard, but no address.
Complaints host_name(std::string_view text);

}  // namespace mizzen::apiserver
