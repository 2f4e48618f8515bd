// SPDX-License-Identifier: Apache-2.0
// Field selectors per kind.
#include "mizzen/kube/schema/field_selectors.hpp"

#include "mizzen/json/json.hpp"

namespace mizzen::kube::schema {
namespace {

constexpr SelectableField name{"metadata.name", "metadata.name", "", ""};
constexpr SelectableField space{"metadata.namespace", "metadata.namespace", "", ""};

constexpr SelectableField plain(std::string_view path) { return {path, path, "", ""}; }
constexpr SelectableField flag(std::string_view path) { return {path, path, "", "false"}; }
constexpr SelectableField number(std::string_view label, std::string_view path) { return {label, path, "", "0"}; }

constexpr SelectableField any[] = {name, space};
constexpr SelectableField pod[] = {name,
                                   space,
                                   plain("spec.nodeName"),
                                   {"spec.host", "spec.nodeName", "", ""},  // the name of old
                                   plain("spec.restartPolicy"),
                                   plain("spec.schedulerName"),
                                   plain("spec.serviceAccountName"),
                                   flag("spec.hostNetwork"),
                                   plain("status.phase"),
                                   {"status.podIP", "status.podIPs.0.ip", "status.podIP", ""},
                                   {"status.podIPs", "", "", ""},
                                   plain("status.nominatedNodeName")};
constexpr SelectableField node[] = {name, flag("spec.unschedulable")};
constexpr SelectableField replication_controller[] = {name, space, number("status.replicas", "status.replicas")};
constexpr SelectableField event[] = {name,
                                     space,
                                     plain("involvedObject.kind"),
                                     plain("involvedObject.namespace"),
                                     plain("involvedObject.name"),
                                     plain("involvedObject.uid"),
                                     plain("involvedObject.apiVersion"),
                                     plain("involvedObject.resourceVersion"),
                                     plain("involvedObject.fieldPath"),
                                     plain("reason"),
                                     plain("reportingComponent"),
                                     {"source", "source.component", "reportingComponent", ""},
                                     plain("type")};
constexpr SelectableField new_event[] = {name,
                                         space,
                                         plain("regarding.kind"),
                                         plain("regarding.namespace"),
                                         plain("regarding.name"),
                                         plain("regarding.uid"),
                                         plain("regarding.apiVersion"),
                                         plain("regarding.resourceVersion"),
                                         plain("regarding.fieldPath"),
                                         plain("reason"),
                                         plain("reportingController"),
                                         plain("type")};
constexpr SelectableField namespace_[] = {name, plain("status.phase")};
constexpr SelectableField secret[] = {name, space, plain("type")};
constexpr SelectableField service[] = {name, space, plain("spec.clusterIP"), plain("spec.type")};
constexpr SelectableField job[] = {name, space, number("status.successful", "status.succeeded")};
constexpr SelectableField signing[] = {name, plain("spec.signerName")};
constexpr SelectableField pod_certificate[] = {name, plain("spec.signerName"), plain("spec.podName"),
                                               plain("spec.nodeName")};
constexpr SelectableField slice[] = {name, plain("spec.nodeName"), plain("spec.driver"), plain("spec.pool.name")};

struct Entry {
    std::string_view group, kind;
    std::span<const SelectableField> fields;
};

constexpr Entry entries[] = {
    {"", "Pod", pod},
    {"", "Node", node},
    {"", "ReplicationController", replication_controller},
    {"", "Event", event},
    {"events.k8s.io", "Event", new_event},
    {"", "Namespace", namespace_},
    {"", "Secret", secret},
    {"", "Service", service},
    {"batch", "Job", job},
    {"certificates.k8s.io", "CertificateSigningRequest", signing},
    {"certificates.k8s.io", "ClusterTrustBundle", signing},
    {"certificates.k8s.io", "PodCertificateRequest", pod_certificate},
    {"resource.k8s.io", "ResourceSlice", slice},
};

std::string text_at(const json::Value& object, std::string_view path) {
    const json::Value* at = &object;
    while (at && !path.empty()) {
        const std::size_t dot = path.find('.');
        const std::string_view step = path.substr(0, dot);
        if (at->is_array())
            at = step == "0" && !at->as_array().empty() ? at->as_array().data() : nullptr;
        else
            at = at->find(step);
        path = dot == std::string_view::npos ? "" : path.substr(dot + 1);
    }
    if (!at || at->is_null()) return "";
    return at->is_string() ? at->as_string() : json::to_json(*at);
}

}  // namespace

std::span<const SelectableField> selectable_fields(std::string_view group, std::string_view kind) {
    for (const Entry& e : entries)
        if (e.kind == kind && e.group == group) return e.fields;
    return any;
}

const SelectableField* find_selectable_field(std::string_view group, std::string_view kind, std::string_view label) {
    for (const SelectableField& field : selectable_fields(group, kind))
        if (field.label == label) return &field;
    return nullptr;
}

std::string field_value(const SelectableField& field, const json::Value& object) {
    if (field.path.empty()) return std::string(field.zero);
    std::string value = text_at(object, field.path);
    if (value.empty() && !field.otherwise.empty()) value = text_at(object, field.otherwise);
    return value.empty() ? std::string(field.zero) : value;
}

}  // namespace mizzen::kube::schema
