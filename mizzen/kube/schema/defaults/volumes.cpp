// SPDX-License-Identifier: Apache-2.0
// Defaults of volumes, claims and storage classes.
#include "mizzen/kube/schema/defaults/image_tag.hpp"
#include "mizzen/kube/schema/defaults/rules.hpp"

namespace mizzen::kube::schema::defaults {
namespace {

using json::Value;

void default_volume(Value& volume) {
    bool has_source = false;
    for (const json::Member& m : volume.as_object()) has_source = has_source || (m.key != "name" && !m.value.is_null());
    if (!has_source) volume["emptyDir"] = json::Object();
}

void default_image_volume(Value& image) {
    fill(image, "pullPolicy", image_tag(image.text("reference")) == "latest" ? "Always" : "IfNotPresent");
}

constexpr Constant mode[] = {{"defaultMode", "420"}};  // 0644
constexpr Constant token[] = {{"expirationSeconds", "3600"}};
constexpr Constant host_path[] = {{"type", "\"\""}};
constexpr Constant volume_spec[] = {{"persistentVolumeReclaimPolicy", "\"Retain\""}, {"volumeMode", "\"Filesystem\""}};
constexpr Constant claim_spec[] = {{"volumeMode", "\"Filesystem\""}};
constexpr Constant pending[] = {{"phase", "\"Pending\""}};
constexpr Constant storage_class[] = {{"reclaimPolicy", "\"Delete\""}, {"volumeBindingMode", "\"Immediate\""}};
constexpr Constant csi_driver[] = {{"attachRequired", "true"},
                                   {"podInfoOnMount", "false"},
                                   {"storageCapacity", "false"},
                                   {"fsGroupPolicy", "\"ReadWriteOnceWithFSType\""},
                                   {"volumeLifecycleModes", "[\"Persistent\"]"},
                                   {"requiresRepublish", "false"},
                                   {"seLinuxMount", "false"},
                                   {"preventPodSchedulingIfMissing", "false"}};

constexpr TypeDefaults table[] = {
    {&tables::core_v1_Volume, {}, default_volume},
    {&tables::core_v1_ImageVolumeSource, {}, default_image_volume},
    {&tables::core_v1_SecretVolumeSource, mode},
    {&tables::core_v1_ConfigMapVolumeSource, mode},
    {&tables::core_v1_DownwardAPIVolumeSource, mode},
    {&tables::core_v1_ProjectedVolumeSource, mode},
    {&tables::core_v1_ServiceAccountTokenProjection, token},
    {&tables::core_v1_HostPathVolumeSource, host_path},
    {&tables::core_v1_PersistentVolumeSpec, volume_spec},
    {&tables::core_v1_PersistentVolumeStatus, pending},
    {&tables::core_v1_PersistentVolumeClaimSpec, claim_spec},
    {&tables::core_v1_PersistentVolumeClaimStatus, pending},
    {&tables::storage_v1_StorageClass, storage_class},
    {&tables::storage_v1_CSIDriverSpec, csi_driver},
};

}  // namespace

std::span<const TypeDefaults> volumes() { return table; }

}  // namespace mizzen::kube::schema::defaults
