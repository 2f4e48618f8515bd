// SPDX-License-Identifier: Apache-2.0
// Devices that Pods can claim (resource.k8s.io).
#include "mizzen/apiserver/table/layouts.hpp"
#include "mizzen/base/text.hpp"

namespace mizzen::apiserver {
namespace {

json::Array name_and_age(const Row& row) { return {row.name(), row.age()}; }

json::Array taint_rule_cells(const Row& row) {
    std::string added = row.find({"spec", "taint", "timeAdded"}) ? row.since({"spec", "taint", "timeAdded"}) : "";
    return {row.name(),
            row.text({"spec", "taint", "key"}),
            row.text({"spec", "taint", "value"}),
            row.text({"spec", "taint", "effect"}),
            added,
            row.age()};
}

json::Array claim_cells(const Row& row) {
    std::vector<std::string> states;
    if (row.terminating()) states.emplace_back("deleted");
    if (row.find({"status", "allocation"})) {
        states.emplace_back("allocated");
        if (size_of(row.find({"status", "reservedFor"})) > 0) states.emplace_back("reserved");
    } else if (!row.terminating()) {
        states.emplace_back("pending");
    }
    return {row.name(), join(states, ","), row.age()};
}

json::Array slice_cells(const Row& row) {
    return {row.name(), row.text({"spec", "nodeName"}), row.text({"spec", "driver"}),
            row.text({"spec", "pool", "name"}), row.age()};
}

constexpr std::string_view group = "resource.k8s.io";

constexpr LayoutEntry layouts[] = {
    {group, "DeviceClass", "Name | Age", name_and_age},
    {group, "DeviceTaintRule", "Name | Key | Value | Effect | TimeAdded | Age", taint_rule_cells},
    {group, "ResourceClaim", "Name | State | Age", claim_cells},
    {group, "ResourceClaimTemplate", "Name | Age", name_and_age},
    {group, "ResourceSlice", "Name | Node | Driver | Pool | Age", slice_cells},
};

}  // namespace

std::span<const LayoutEntry> device_layouts() { return layouts; }

}  // namespace mizzen::apiserver
