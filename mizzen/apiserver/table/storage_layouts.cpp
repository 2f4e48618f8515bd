// SPDX-License-Identifier: Apache-2.0
// Volumes, claims to them, and their classes and drivers.
#include <fmt/format.h>

#include "mizzen/apiserver/table/layouts.hpp"
#include "mizzen/base/text.hpp"

namespace mizzen::apiserver {
namespace {

// "RWO,RWX", always in this order.
std::string access_modes(const json::Array& modes) {
    constexpr std::pair<std::string_view, std::string_view> known[] = {
        {"ReadWriteOnce", "RWO"}, {"ReadOnlyMany", "ROX"}, {"ReadWriteMany", "RWX"}, {"ReadWriteOncePod", "RWOP"}};
    std::vector<std::string_view> out;
    for (auto [mode, brief] : known) {
        for (const json::Value& given : modes) {
            if (!given.is_string() || given.as_string() != mode) continue;
            out.push_back(brief);
            break;
        }
    }
    return join(out, ",");
}

// An annotation from before spec.storageClassName still counts.
std::string_view class_of(const Row& row) {
    const json::Value* old = row.find({"metadata", "annotations", "volume.beta.kubernetes.io/storage-class"});
    return old && old->is_string() ? std::string_view(old->as_string()) : row.text({"spec", "storageClassName"});
}

std::string_view phase_of(const Row& row) { return row.terminating() ? "Terminating" : row.text({"status", "phase"}); }

std::string_view text_or_unset(const Row& row, Keys path) { return row.find(path) ? row.text(path) : "<unset>"; }

json::Array volume_cells(const Row& row) {
    std::string claim;
    if (const json::Value* reference = row.find({"spec", "claimRef"}))
        claim = fmt::format("{}/{}", reference->text("namespace"), reference->text("name"));
    return {row.name(),
            quantity_text(row.find({"spec", "capacity", "storage"})),
            access_modes(row.items({"spec", "accessModes"})),
            row.text({"spec", "persistentVolumeReclaimPolicy"}),
            phase_of(row),
            claim,
            class_of(row),
            text_or_unset(row, {"spec", "volumeAttributesClassName"}),
            row.text({"status", "reason"}),
            row.age(),
            text_or_unset(row, {"spec", "volumeMode"})};
}

json::Array claim_cells(const Row& row) {
    std::string_view volume = row.text({"spec", "volumeName"});
    bool bound = !volume.empty();
    return {row.name(),
            phase_of(row),
            volume,
            bound ? quantity_text(row.find({"status", "capacity", "storage"})) : "",
            bound ? access_modes(row.items({"status", "accessModes"})) : "",
            class_of(row),
            text_or_unset(row, {"spec", "volumeAttributesClassName"}),
            row.age(),
            text_or_unset(row, {"spec", "volumeMode"})};
}

bool is_default_class(const Row& row) {
    return row.text({"metadata", "annotations", "storageclass.kubernetes.io/is-default-class"}) == "true" ||
           row.text({"metadata", "annotations", "storageclass.beta.kubernetes.io/is-default-class"}) == "true";
}

json::Array storage_class_cells(const Row& row) {
    return {fmt::format("{}{}", row.name(), is_default_class(row) ? " (default)" : ""),
            row.text({"provisioner"}),
            row.text_or({"reclaimPolicy"}, "Delete"),
            row.text_or({"volumeBindingMode"}, "Immediate"),
            row.is_true({"allowVolumeExpansion"}),
            row.age()};
}

json::Array driver_cells(const Row& row) {
    std::vector<std::string_view> audiences, modes;
    for (const json::Value& request : row.items({"spec", "tokenRequests"}))
        audiences.push_back(request.text("audience"));
    for (const json::Value& mode : row.items({"spec", "volumeLifecycleModes"})) {
        if (mode.is_string()) modes.push_back(mode.as_string());
    }
    const json::Value* attach = row.find({"spec", "attachRequired"});
    return {row.name(),
            !attach || row.is_true({"spec", "attachRequired"}),
            row.is_true({"spec", "podInfoOnMount"}),
            row.is_true({"spec", "storageCapacity"}),
            row.find({"spec", "tokenRequests"}) ? join(audiences, ",") : "<unset>",
            row.is_true({"spec", "requiresRepublish"}),
            modes.empty() ? "<none>" : join(modes, ","),
            row.age()};
}

json::Array driver_node_cells(const Row& row) {
    return {row.name(), size_of(row.find({"spec", "drivers"})), row.age()};
}

json::Array attachment_cells(const Row& row) {
    return {row.name(),
            row.text({"spec", "attacher"}),
            row.text({"spec", "source", "persistentVolumeName"}),
            row.text({"spec", "nodeName"}),
            row.is_true({"status", "attached"}),
            row.age()};
}

json::Array attributes_class_cells(const Row& row) { return {row.name(), row.text({"driverName"}), row.age()}; }

constexpr std::string_view storage = "storage.k8s.io";

constexpr LayoutEntry layouts[] = {
    {"", "PersistentVolume",
     "Name | Capacity | Access Modes | Reclaim Policy | Status | Claim | StorageClass | VolumeAttributesClass | Reason "
     "| Age | VolumeMode+",
     volume_cells},
    {"", "PersistentVolumeClaim",
     "Name | Status | Volume | Capacity | Access Modes | StorageClass | VolumeAttributesClass | Age | VolumeMode+",
     claim_cells},
    {storage, "CSIDriver",
     "Name | AttachRequired:boolean | PodInfoOnMount:boolean | StorageCapacity:boolean | TokenRequests | "
     "RequiresRepublish:boolean | Modes | Age",
     driver_cells},
    {storage, "CSINode", "Name | Drivers:integer | Age", driver_node_cells},
    {storage, "StorageClass", "Name | Provisioner | ReclaimPolicy | VolumeBindingMode | AllowVolumeExpansion | Age",
     storage_class_cells},
    {storage, "VolumeAttachment", "Name | Attacher:name | PV | Node | Attached:boolean | Age", attachment_cells},
    {storage, "VolumeAttributesClass", "Name | DriverName | Age", attributes_class_cells},
};

}  // namespace

std::span<const LayoutEntry> storage_layouts() { return layouts; }

}  // namespace mizzen::apiserver
