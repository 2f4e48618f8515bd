// SPDX-License-Identifier: Apache-2.0
// Containers: names as OpenTelemetry's semantic conventions 1.44 have them.
#pragma once
#include "mizzen/telemetry/semconv/convention.hpp"
#include "mizzen/telemetry/semconv/network.hpp"
#include "mizzen/telemetry/semconv/system.hpp"

namespace mizzen::telemetry::semconv {

namespace container {

inline constexpr std::string_view command = "container.command";
inline constexpr std::string_view command_args = "container.command_args";
inline constexpr std::string_view command_line = "container.command_line";
inline constexpr std::string_view csi_plugin_name = "container.csi.plugin.name";
inline constexpr std::string_view csi_volume_id = "container.csi.volume.id";
inline constexpr std::string_view id = "container.id";
inline constexpr std::string_view image_id = "container.image.id";
inline constexpr std::string_view image_name = "container.image.name";
inline constexpr std::string_view image_repo_digests = "container.image.repo_digests";
inline constexpr std::string_view image_tags = "container.image.tags";
inline constexpr std::string_view label = "container.label";
inline constexpr std::string_view name = "container.name";
inline constexpr std::string_view runtime_description = "container.runtime.description";
inline constexpr std::string_view runtime_name = "container.runtime.name";
inline constexpr std::string_view runtime_version = "container.runtime.version";

inline constexpr Attribute attributes[] = {
    {command, Type::text, Stability::development, "The command that was run, argument zero."},
    {command_args, Type::texts, Stability::development, "All arguments, the command first."},
    {command_line, Type::text, Stability::development, "All arguments as one text."},
    {csi_plugin_name, Type::text, Stability::development, "The CSI driver of the volume."},
    {csi_volume_id, Type::text, Stability::development, "The volume's id at its driver."},
    {id, Type::text, Stability::stable, "Names the container."},
    {image_id, Type::text, Stability::development, "The runtime's id of the image."},
    {image_name, Type::text, Stability::stable, "The image, without tag."},
    {image_repo_digests, Type::texts, Stability::stable, "Digests under which registries know the image."},
    {image_tags, Type::texts, Stability::stable, "Tags of the image."},
    {label, Type::text_by_key, Stability::development, "Value of one label."},
    {name, Type::text, Stability::development, "Name of the container at its runtime."},
    {runtime_description, Type::text, Stability::development, "More about the runtime: the API version."},
    {runtime_name, Type::text, Stability::development, "docker, containerd, cri-o."},
    {runtime_version, Type::text, Stability::development, "The runtime's version."},
};

inline constexpr MetricAttribute of_cpu_time[] = {
    {cpu::mode, Requirement::conditional},
};
inline constexpr MetricAttribute of_disk_io[] = {
    {disk::io_direction, Requirement::recommended},
    {system::device, Requirement::recommended},
};
inline constexpr MetricAttribute of_network_io[] = {
    {network::interface_name, Requirement::recommended},
    {network::io_direction, Requirement::recommended},
};
inline constexpr MetricAttribute of_paging_faults[] = {
    {system::paging_fault_type, Requirement::recommended},
};

inline constexpr Metric metrics[] = {
    {"container.cpu.time", MetricType::counter, "s", Stability::candidate, of_cpu_time},
    {"container.cpu.usage", MetricType::gauge, "{cpu}", Stability::development, of_cpu_time},
    {"container.disk.io", MetricType::counter, "By", Stability::development, of_disk_io},
    {"container.filesystem.available", MetricType::up_down_counter, "By", Stability::development},
    {"container.filesystem.capacity", MetricType::up_down_counter, "By", Stability::development},
    {"container.filesystem.usage", MetricType::up_down_counter, "By", Stability::development},
    {"container.memory.available", MetricType::up_down_counter, "By", Stability::candidate},
    {"container.memory.rss", MetricType::up_down_counter, "By", Stability::candidate},
    {"container.memory.usage", MetricType::up_down_counter, "By", Stability::candidate},
    {"container.memory.working_set", MetricType::up_down_counter, "By", Stability::candidate},
    {"container.network.io", MetricType::counter, "By", Stability::development, of_network_io},
    {"container.paging.faults", MetricType::counter, "{fault}", Stability::development, of_paging_faults},
    {"container.uptime", MetricType::gauge, "s", Stability::development},
};

}  // namespace container

}  // namespace mizzen::telemetry::semconv
