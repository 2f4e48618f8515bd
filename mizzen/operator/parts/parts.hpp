// SPDX-License-Identifier: Apache-2.0
// The parts of a WebApp: one pure function per kind of object, one file each. They say what is wanted and nothing else.
#pragma once
#include <map>
#include <optional>
#include <string>

#include "mizzen/kube/schema/kinds/apps.hpp"
#include "mizzen/kube/schema/kinds/core.hpp"
#include "mizzen/operator/web_app.hpp"

namespace mizzen::parts {

// Labels of every object of the app (app.kubernetes.io/…), over the app's own.
std::map<std::string, std::string> labels(const WebApp&);
// The labels that pick the app's pods; never change, since a Deployment's selector cannot.
std::map<std::string, std::string> selector(const WebApp&);
// Name, namespace and labels of a child that is named after the app.
kube::ObjectMeta child(const WebApp&);

// On the Deployment: the generation of the WebApp it was written for, so that an old Deployment is not taken for a
// finished one.
inline constexpr const char* generation_annotation = "mizzen.dev/web-app-generation";

// Runs the pods: not as root, without privileges, read-only root file system, probes, spread over nodes and zones.
kube::Deployment deployment(const WebApp&);
// The container's probes.
void add_probes(kube::Container&, const WebAppSpec&);
// A stable name in front of the pods: port 80 to the container's.
kube::Service service(const WebApp&);
// An identity of its own, without a token in the pod.
kube::ServiceAccount service_account(const WebApp&);
// The files of spec.config; nothing if there are none.
std::optional<kube::ConfigMap> config_map(const WebApp&);
// Changes when a file changes, so that the pods roll; "" without files.
std::string config_hash(const WebApp&);

}  // namespace mizzen::parts
