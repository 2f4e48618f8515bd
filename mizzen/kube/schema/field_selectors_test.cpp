// SPDX-License-Identifier: Apache-2.0
// Which fields can be selected, and what their values are.
#include "mizzen/kube/schema/field_selectors.hpp"

#include <gtest/gtest.h>

#include "mizzen/json/json.hpp"
#include "mizzen/kube/schema/type.hpp"

namespace mizzen::kube::schema {
namespace {

struct Case {
    const char *group, *kind, *label, *object, *value;  // value is null where the label is not known
};

TEST(FieldSelectors, ReadTheirFields) {
    const Case cases[] = {
        {"", "Pod", "spec.nodeName", R"({"spec":{"nodeName":"a"}})", "a"},
        {"", "Pod", "spec.host", R"({"spec":{"nodeName":"a"}})", "a"},
        {"", "Pod", "spec.nodeName", R"({"spec":{}})", ""},
        {"", "Pod", "spec.hostNetwork", R"({})", "false"},
        {"", "Pod", "spec.hostNetwork", R"({"spec":{"hostNetwork":true}})", "true"},
        {"", "Pod", "status.podIP", R"({"status":{"podIPs":[{"ip":"::1"},{"ip":"::2"}]}})", "::1"},
        {"", "Pod", "status.podIP", R"({"status":{"podIP":"::1"}})", "::1"},
        {"", "Pod", "status.podIPs", R"({"status":{"podIPs":[{"ip":"::1"}]}})", ""},
        {"", "Pod", "metadata.namespace", R"({"metadata":{"namespace":"n"}})", "n"},
        {"", "Pod", "spec.image", R"({})", nullptr},
        {"", "Node", "spec.unschedulable", R"({"spec":{"unschedulable":true}})", "true"},
        {"", "Node", "metadata.namespace", R"({})", nullptr},
        {"", "ReplicationController", "status.replicas", R"({"status":{"replicas":3}})", "3"},
        {"", "ReplicationController", "status.replicas", R"({})", "0"},
        {"", "Event", "involvedObject.uid", R"({"involvedObject":{"uid":"u"}})", "u"},
        {"", "Event", "source", R"({"source":{"component":"c"},"reportingComponent":"r"})", "c"},
        {"", "Event", "source", R"({"source":{},"reportingComponent":"r"})", "r"},
        {"", "Event", "regarding.name", R"({})", nullptr},
        {"events.k8s.io", "Event", "regarding.name", R"({"regarding":{"name":"p"}})", "p"},
        {"events.k8s.io", "Event", "involvedObject.name", R"({})", nullptr},
        {"", "Namespace", "status.phase", R"({"status":{"phase":"Active"}})", "Active"},
        {"", "Secret", "type", R"({"type":"Opaque"})", "Opaque"},
        {"", "Service", "spec.type", R"({"spec":{"type":"NodePort"}})", "NodePort"},
        {"batch", "Job", "status.successful", R"({"status":{"succeeded":2}})", "2"},
        {"certificates.k8s.io", "CertificateSigningRequest", "spec.signerName", R"({"spec":{"signerName":"s"}})", "s"},
        {"resource.k8s.io", "ResourceSlice", "spec.pool.name", R"({"spec":{"pool":{"name":"p"}}})", "p"},
        {"apps", "Deployment", "metadata.name", R"({"metadata":{"name":"d"}})", "d"},
        {"apps", "Deployment", "status.replicas", R"({})", nullptr},
        {"x.dev", "Foo", "metadata.namespace", R"({})", ""},
    };
    for (const Case& c : cases) {
        const SelectableField* field = find_selectable_field(c.group, c.kind, c.label);
        ASSERT_EQ(field != nullptr, c.value != nullptr) << c.kind << " " << c.label;
        if (field)
            EXPECT_EQ(field_value(*field, json::parse(c.object)), c.value)
                << c.kind << " " << c.label << " " << c.object;
    }
}

TEST(FieldSelectors, AlwaysKnowTheName) {
    for (const Resource& r : resources())
        EXPECT_NE(find_selectable_field(r.group, r.kind, "metadata.name"), nullptr) << r.kind;
}

// A misspelt path would never match anything.
TEST(FieldSelectors, HavePathsThatTheTypesKnow) {
    for (const Resource& r : resources()) {
        for (const SelectableField& f : selectable_fields(r.group, r.kind)) {
            const Type* at = r.type;
            std::string_view path = f.path;
            while (at && !path.empty()) {
                const std::string_view step = path.substr(0, path.find('.'));
                const Field* field = at->find(step);
                at = at->shape == Shape::list ? at->element : field ? field->type : nullptr;
                path.remove_prefix(std::min(step.size() + 1, path.size()));
            }
            EXPECT_NE(at, nullptr) << r.kind << " " << f.label;
        }
    }
}

}  // namespace
}  // namespace mizzen::kube::schema
