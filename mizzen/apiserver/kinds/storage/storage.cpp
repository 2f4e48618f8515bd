// SPDX-License-Identifier: Apache-2.0
// PersistentVolumes and their claims, StorageClasses, VolumeAttachments, CSIDrivers.
#include "mizzen/apiserver/kinds/kinds.hpp"
#include "mizzen/apiserver/kinds/metadata.hpp"
#include "mizzen/apiserver/kinds/pods/pod_rules.hpp"
#include "mizzen/apiserver/kinds/resource_names.hpp"
#include "mizzen/apiserver/kinds/storage/claim_rules.hpp"
#include "mizzen/base/quantity.hpp"
#include "mizzen/json/json.hpp"

namespace mizzen::apiserver {
namespace {

using json::Value;

const std::vector<std::string_view> access_modes{"ReadOnlyMany", "ReadWriteMany", "ReadWriteOnce", "ReadWriteOncePod"};
const std::vector<std::string_view> volume_modes{"Block", "Filesystem"};
const std::vector<std::string_view> persistent_sources{"hostPath",
                                                       "gcePersistentDisk",
                                                       "awsElasticBlockStore",
                                                       "glusterfs",
                                                       "flocker",
                                                       "nfs",
                                                       "rbd",
                                                       "quobyte",
                                                       "cephfs",
                                                       "iscsi",
                                                       "cinder",
                                                       "fc",
                                                       "flexVolume",
                                                       "azureFile",
                                                       "vsphereVolume",
                                                       "photonPersistentDisk",
                                                       "portworxVolume",
                                                       "azureDisk",
                                                       "scaleIO",
                                                       "local",
                                                       "storageos",
                                                       "csi"};

void check_data_source(const Place& source) {
    if (!source) return;
    for (auto* member : {"name", "kind"}) {
        if (source.at(member).text().empty()) source.at(member).required();
    }
    bool core = source.at("apiGroup").text().empty();
    if (core && !source.at("kind").text().empty() && source.at("kind").text() != "PersistentVolumeClaim") {
        source.invalid(source.at("kind").text(),
                       "must be 'PersistentVolumeClaim' when referencing the default apiGroup");
    }
}

// Without what a bound claim may still change.
Value fixed_part(const Value& spec) {
    auto out = spec;
    out.erase("volumeAttributesClassName");
    if (auto* resources = out.find("resources")) resources->erase("requests");
    if (is_empty(out.find("resources"))) out.erase("resources");
    return out;
}

void check_claim_update(const Place& claim, const Value& old) {
    auto spec = claim.at("spec");
    auto* before = old.find("spec");
    if (!before) return;
    auto now_fixed = fixed_part(spec.value()), then_fixed = fixed_part(*before);
    if (before->text("volumeName").empty()) {
        if (spec.at("volumeName").text().empty())
            then_fixed.erase("volumeName");
        else
            then_fixed["volumeName"] = spec.at("volumeName").text();
    }
    if (before->find("storageClassName") == nullptr && spec.at("storageClassName").find())
        then_fixed["storageClassName"] = spec.at("storageClassName").value();
    bool bound = old.text({"status", "phase"}) == "Bound";
    auto* requests = before->find_path({"resources", "requests"});
    bool same_requests = same(spec.at({"resources", "requests"}).find(), requests);
    if (!same(&now_fixed, &then_fixed) || (!bound && !same_requests)) {
        spec.forbid(
            "spec is immutable after creation except resources.requests and volumeAttributesClassName for bound "
            "claims\n");
    }
    auto wanted = parse_quantity(spec.at({"resources", "requests", "storage"}).text()),
         had = parse_quantity(before->text({"resources", "requests", "storage"}));
    if (wanted && had && *wanted < *had)
        spec.at({"resources", "requests", "storage"}).forbid("field can not be less than previous value");
}

}  // namespace

void check_access_modes(const Place& modes) {
    bool once_pod = false, other = false;
    for (auto& mode : modes.items()) {
        bool is_once_pod = mode.text() == "ReadWriteOncePod";
        once_pod = once_pod || is_once_pod;
        other = other || (!is_once_pod && contains(access_modes, mode.text()));
        if (!contains(access_modes, mode.text()))
            modes.errors().push_back(not_supported(modes.path(), mode.value(), access_modes));
    }
    if (once_pod && other) modes.forbid("may not use ReadWriteOncePod with other access modes");
}

void check_claim_spec(const Place& spec) {
    auto modes = spec.at("accessModes"), requests = spec.at({"resources", "requests"}),
         storage = requests.at("storage");
    if (modes.size() == 0) modes.required("at least 1 access mode is required");
    check_label_selector(spec.at("selector"));
    check_access_modes(modes);
    if (!storage) {
        spec.errors().push_back(required_value(key_path(child_path(spec.path(), "resources"), "storage")));
    } else {
        auto amount = parse_quantity(storage.text());
        Place shown(storage.find(), key_path(child_path(spec.path(), "resources"), "storage"), spec.errors());
        if (amount && *amount <= Quantity()) shown.invalid(to_string(*amount), "must be greater than zero");
    }
    if (auto name = spec.at("storageClassName"); !name.text().empty()) name.must_be(dns1123_subdomain);
    spec.at("volumeMode").one_of(volume_modes, false);
    check_data_source(spec.at("dataSource"));
}

void check_claim(const json::Value& object, const json::Value* old, std::vector<FieldError>& errors) {
    Place claim(&object, "", errors);
    if (old) return check_claim_update(claim, *old);
    check_claim_spec(claim.at("spec"));
}

void prepare_claim(json::Value& object) { object["status"] = json::Object{{"phase", "Pending"}}; }
void prepare_volume(json::Value& object) { object["status"] = json::Object{{"phase", "Pending"}}; }

void check_volume(const json::Value& object, const json::Value* old, std::vector<FieldError>& errors) {
    Place spec(object.find("spec"), "spec", errors);
    auto modes = spec.at("accessModes"), capacity = spec.at("capacity");
    if (modes.size() == 0) modes.required();
    check_access_modes(modes);
    if (capacity.size() == 0) capacity.required();
    if (capacity.size() != 1 || !capacity.at("storage")) {
        errors.push_back(
            not_supported(capacity.path(), capacity.find() ? capacity.value() : Value(nullptr), {"storage"}));
    }
    for (auto& entry : capacity.entries()) {
        auto amount = parse_quantity(entry.text());
        if (amount && *amount < Quantity()) entry.invalid(amount->units(), "must be a valid resource quantity");
        if (amount && *amount <= Quantity()) entry.invalid(to_string(*amount), "must be greater than zero");
    }
    spec.at("persistentVolumeReclaimPolicy").one_of({"Delete", "Recycle", "Retain"}, false);
    if (auto affinity = spec.at("nodeAffinity")) {
        if (auto required = affinity.at("required"))
            check_node_selector(required);
        else
            affinity.at("required").required("must specify required node constraints");
    }
    check_one_source(spec, persistent_sources);
    if (spec.at("local") && !spec.at("nodeAffinity"))
        spec.at("nodeAffinity").required("Local volume requires node affinity");
    if (auto name = spec.at("storageClassName"); !name.text().empty()) name.must_be(dns1123_subdomain);
    spec.at("volumeMode").one_of(volume_modes, false);
    if (!old) return;
    for (auto kind : persistent_sources) {
        if (same(spec.at(kind).find(), old->find_path({"spec", kind}))) continue;
        spec.at("persistentvolumesource").forbid("spec.persistentvolumesource is immutable after creation\n");
        break;
    }
    spec.at("volumeMode").immutable(old->find_path({"spec", "volumeMode"}));
}

void check_storage_class(const json::Value& object, const json::Value* old, std::vector<FieldError>& errors) {
    Place kind(&object, "", errors);
    auto provisioner = kind.at("provisioner"), mode = kind.at("volumeBindingMode");
    if (provisioner.text().empty())
        provisioner.required();
    else
        for (auto& wrong : label_key(provisioner.text())) provisioner.invalid(wrong);
    for (auto& m : kind.at("parameters").entries()) {
        if (m.name().empty()) kind.at("parameters").invalid("", "field can not be empty.");
    }
    kind.at("reclaimPolicy").one_of({"Delete", "Retain"}, false);
    mode.one_of({"Immediate", "WaitForFirstConsumer"});
    if (!old) return;
    for (auto* member : {"parameters", "provisioner", "reclaimPolicy", "volumeBindingMode"}) {
        if (!same(kind.at(member).find(), old->find(member)))
            kind.at(member).invalid(Value(nullptr), "field is immutable");
    }
}

void check_volume_attachment(const json::Value& object, const json::Value* old, std::vector<FieldError>& errors) {
    Place spec(object.find("spec"), "spec", errors);
    auto attacher = spec.at("attacher"), source = spec.at("source"), node = spec.at("nodeName");
    if (attacher.text().empty())
        attacher.required();
    else
        attacher.must_be(dns1123_subdomain);
    bool inline_spec = source.at("inlineVolumeSpec").present(), name = source.at("persistentVolumeName").present();
    constexpr auto one = "must specify exactly one of inlineVolumeSpec and persistentVolumeName";
    if (!inline_spec && !name) source.required(one);
    if (inline_spec && name) source.forbid(one);
    node.must_be(dns1123_subdomain);
    if (old) spec.immutable(old->find("spec"));
}

void check_csi_driver(const json::Value& object, const json::Value* old, std::vector<FieldError>& errors) {
    Place spec(object.find("spec"), "spec", errors);
    for (auto* member : {"attachRequired", "podInfoOnMount", "storageCapacity"}) {
        if (!spec.at(member)) spec.at(member).required();
    }
    spec.at("fsGroupPolicy").one_of({"File", "None", "ReadWriteOnceWithFSType"}, false);
    for (auto& mode : spec.at("volumeLifecycleModes").items()) {
        if (mode.text() != "Persistent" && mode.text() != "Ephemeral") {
            errors.push_back(not_supported("spec.volumeLifecycleModes", mode.value(), {"Persistent", "Ephemeral"}));
        }
    }
    if (!old) return;
    Place(spec.at("attachRequired").find(), "spec.attachedRequired", errors)
        .immutable(old->find_path({"spec", "attachRequired"}));
    spec.at("volumeLifecycleModes").immutable(old->find_path({"spec", "volumeLifecycleModes"}));
}

}  // namespace mizzen::apiserver
