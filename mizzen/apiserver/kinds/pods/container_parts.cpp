// SPDX-License-Identifier: Apache-2.0
// Ports, environment, mounts and devices of a container.
#include <fmt/format.h>

#include <map>
#include <set>

#include "mizzen/apiserver/kinds/pods/pod_rules.hpp"

namespace mizzen::apiserver {
namespace {

const std::vector<std::string_view> protocols{"SCTP", "TCP", "UDP"};
const std::vector<std::string_view> plain_env_fields{
    "metadata.name", "metadata.namespace", "metadata.uid", "spec.nodeName", "spec.serviceAccountName",
    "status.hostIP", "status.hostIPs",     "status.podIP", "status.podIPs"};
// Fields of a pod that have a name, but are not for its environment.
const std::vector<std::string_view> other_fields{
    "metadata.annotations", "metadata.labels",          "spec.hostNetwork", "spec.restartPolicy",
    "spec.schedulerName",   "status.nominatedNodeName", "status.phase"};
const std::vector<std::string_view> env_resources{"limits.cpu",   "limits.ephemeral-storage",   "limits.memory",
                                                  "requests.cpu", "requests.ephemeral-storage", "requests.memory"};

void check_ports(const Place& ports) {
    std::set<std::string_view> names;
    for (auto& port : ports.items()) {
        auto name = port.at("name"), number = port.at("containerPort"), host_port = port.at("hostPort");
        if (!name.text().empty()) {
            auto wrong = port_name(name.text());
            name.complain(wrong);
            if (wrong.empty() && !names.insert(name.text()).second) name.duplicate();
        }
        if (number.integer() == 0)
            number.required();
        else
            number.complain(port_number(number.integer()));
        if (host_port.integer() != 0) host_port.complain(port_number(host_port.integer()));
        port.at("protocol").one_of(protocols);
    }
}

void check_field_ref(const Place& ref) {
    auto path = ref.at("fieldPath");
    if (ref.at("apiVersion").text().empty()) ref.at("apiVersion").required();
    if (path.text().empty()) return path.required();
    auto text = path.text();
    if (auto bracket = text.find("['"); bracket != std::string_view::npos && text.ends_with("']")) {
        auto map = text.substr(0, bracket);
        auto key = text.substr(bracket + 2, text.size() - bracket - 4);
        if (map != "metadata.annotations" && map != "metadata.labels")
            return ref.invalid(map, "does not support subscript");
        for (auto& wrong : label_key(key)) ref.invalid(key, wrong);
        return;
    }
    if (!contains(plain_env_fields, text) && !contains(other_fields, text)) {
        path.invalid(fmt::format("error converting fieldPath: field label not supported: {}", text));
    } else if (!contains(plain_env_fields, text)) {
        path.unsupported(plain_env_fields);
    }
}

void check_resource_ref(const Place& ref) {
    auto resource = ref.at("resource");
    auto text = resource.text();
    if (text.empty())
        resource.required();
    else if (!contains(env_resources, text) && !text.starts_with("limits.hugepages-") &&
             !text.starts_with("requests.hugepages-")) {
        resource.unsupported(env_resources);
    }
}

void check_key_ref(const Place& ref) {
    if (auto name = ref.at("name"); !name.text().empty()) name.must_be(dns1123_subdomain);
    if (ref.at("key").text().empty())
        ref.at("key").required();
    else
        ref.at("key").must_be(config_map_key);
}

void check_value_from(const Place& from, std::string_view value) {
    if (!from) return;
    int sources = 0;
    auto source = [&](std::string_view name, void (*check)(const Place&)) {
        if (auto found = from.at(name)) ++sources, check(found);
    };
    source("fieldRef", check_field_ref);
    source("resourceFieldRef", check_resource_ref);
    source("configMapKeyRef", check_key_ref);
    source("secretKeyRef", check_key_ref);
    source("fileKeyRef", [](const Place& ref) {
        for (auto* key : {"key", "volumeName", "path"}) {
            if (ref.at(key).text().empty()) ref.at(key).required();
        }
    });
    if (sources == 0)
        from.invalid(
            "",
            "must specify one of: `fieldRef`, `resourceFieldRef`, `configMapKeyRef`, `secretKeyRef` or `fileKeyRef`");
    else if (!value.empty())
        from.invalid("", "may not be specified when `value` is not empty");
    else if (sources > 1)
        from.invalid("", "may not have more than one field specified at a time");
}

void check_env(const Place& env) {
    for (auto& variable : env.items()) {
        auto name = variable.at("name");
        if (name.text().empty())
            name.required();
        else
            name.must_be(env_var_name);
        check_value_from(variable.at("valueFrom"), variable.at("value").text());
    }
}

void check_env_from(const Place& sources) {
    for (auto& source : sources.items()) {
        if (auto prefix = source.at("prefix"); !prefix.text().empty()) prefix.must_be(env_var_name);
        int count = 0;
        for (auto* kind : {"configMapRef", "secretRef"}) {
            auto ref = source.at(kind);
            if (!ref) continue;
            ++count;
            if (ref.at("name").text().empty())
                ref.at("name").required();
            else
                ref.at("name").must_be(dns1123_subdomain);
        }
        if (count == 0)
            sources.invalid("", "must specify one of: `configMapRef` or `secretRef`");
        else if (count > 1)
            sources.invalid("", "may not have more than one field specified at a time");
    }
}

// kube-apiserver leaves the index out of the path of these.
Place without_index(const Place& mounts, const Place& mount, std::string_view member) {
    return {mount.at(member).find(), child_path(mounts.path(), member), mounts.errors()};
}

void check_mount_options(const Place& mounts, const Place& mount, const Place& container) {
    auto sub_path = without_index(mounts, mount, "subPath"), expression = without_index(mounts, mount, "subPathExpr");
    if (!sub_path.text().empty()) check_relative_path(sub_path);
    if (!expression.text().empty()) {
        if (!sub_path.text().empty()) mount.at("subPathExpr").invalid("subPathExpr and subPath are mutually exclusive");
        check_relative_path(expression);
    }
    auto propagation = without_index(mounts, mount, "mountPropagation");
    if (propagation) propagation.one_of({"Bidirectional", "HostToContainer", "None"}, false);
    bool privileged = container.at({"securityContext", "privileged"}).is_true();
    if (propagation.text() == "Bidirectional" && !privileged) {
        propagation.forbid("Bidirectional mount propagation is available only to privileged containers");
    }
    auto recursive = without_index(mounts, mount, "recursiveReadOnly");
    if (!recursive) return;
    recursive.one_of({"Disabled", "Enabled", "IfPossible"}, false);
    if (recursive.text() == "Disabled") return;
    if (!mount.at("readOnly").is_true()) recursive.forbid("may only be specified when readOnly is true");
    if (propagation && propagation.text() != "None")
        recursive.forbid("may only be specified when mountPropagation is None or not specified");
}

void check_mounts(const Place& container, const PodContext& context) {
    auto mounts = container.at("volumeMounts");
    std::set<std::string_view> paths;
    for (auto& mount : mounts.items()) {
        auto name = mount.at("name"), path = mount.at("mountPath");
        if (name.text().empty()) name.required();
        if (!context.volumes.contains(name.text())) name.errors().push_back(value_not_found(name.path(), name.text()));
        if (path.text().empty()) path.required();
        if (!paths.insert(path.text()).second) path.invalid("must be unique");
        for (auto& device : container.at("volumeDevices").items()) {
            if (device.at("name").text() == name.text()) name.invalid("must not already exist in volumeDevices");
            if (device.at("devicePath").text() == path.text())
                path.invalid("must not already exist as a path in volumeDevices");
        }
        check_mount_options(mounts, mount, container);
    }
}

void check_devices(const Place& container, const PodContext& context) {
    std::set<std::string_view> names, paths;
    for (auto& device : container.at("volumeDevices").items()) {
        auto name = device.at("name"), path = device.at("devicePath");
        if (name.text().empty()) name.required();
        if (!names.insert(name.text()).second) name.invalid("must be unique");
        if (!context.volumes.contains(name.text())) name.errors().push_back(value_not_found(name.path(), name.text()));
        if (path.text().empty()) path.required();
        if (!paths.insert(path.text()).second) path.invalid("must be unique");
        if (path.text().find("..") != std::string_view::npos) path.invalid("can not contain backsteps ('..')");
    }
}

}  // namespace

void check_container_parts(const Place& container, const PodContext& context) {
    check_ports(container.at("ports"));
    check_env(container.at("env"));
    check_env_from(container.at("envFrom"));
    check_mounts(container, context);
    check_devices(container, context);
}

}  // namespace mizzen::apiserver
