// SPDX-License-Identifier: Apache-2.0
// Metrics about hosts: names as OpenTelemetry's semantic conventions 1.44 have them.
#pragma once
#include "mizzen/telemetry/semconv/convention.hpp"
#include "mizzen/telemetry/semconv/network.hpp"
#include "mizzen/telemetry/semconv/process.hpp"
#include "mizzen/telemetry/semconv/system.hpp"

namespace mizzen::telemetry::semconv {

namespace system {

inline constexpr MetricAttribute of_cpu_frequency[] = {
    {cpu::logical_number, Requirement::recommended},
};
inline constexpr MetricAttribute of_cpu_time[] = {
    {cpu::logical_number, Requirement::opt_in},
    {cpu::mode, Requirement::recommended},
};
inline constexpr MetricAttribute of_disk_operations[] = {
    {disk::io_direction, Requirement::recommended},
    {device, Requirement::recommended},
};
inline constexpr MetricAttribute of_disks[] = {
    {device, Requirement::recommended},
};
inline constexpr MetricAttribute of_filesystem_limit[] = {
    {device, Requirement::recommended},
    {filesystem_mode, Requirement::recommended},
    {filesystem_mountpoint, Requirement::recommended},
    {filesystem_type, Requirement::recommended},
};
inline constexpr MetricAttribute of_filesystem_lock_count[] = {
    {file::lock_mechanism, Requirement::recommended},
    {file::lock_mode, Requirement::recommended},
    {file::lock_type, Requirement::recommended},
    {device, Requirement::recommended},
};
inline constexpr MetricAttribute of_filesystem_usage[] = {
    {device, Requirement::recommended},
    {filesystem_mode, Requirement::recommended},
    {filesystem_mountpoint, Requirement::recommended},
    {filesystem_state, Requirement::recommended},
    {filesystem_type, Requirement::recommended},
};
inline constexpr MetricAttribute of_memory_linux_hugepages_usage[] = {
    {memory_linux_hugepages_state, Requirement::recommended},
};
inline constexpr MetricAttribute of_memory_linux_slab_usage[] = {
    {memory_linux_slab_state, Requirement::recommended},
};
inline constexpr MetricAttribute of_memory_usage[] = {
    {memory_state, Requirement::recommended},
};
inline constexpr MetricAttribute of_network_connection_count[] = {
    {network::connection_state, Requirement::recommended},
    {network::interface_name, Requirement::recommended},
    {network::transport, Requirement::recommended},
};
inline constexpr MetricAttribute of_interfaces[] = {
    {network::interface_name, Requirement::recommended},
    {network::io_direction, Requirement::recommended},
};
inline constexpr MetricAttribute of_network_packet_count[] = {
    {network::io_direction, Requirement::recommended},
    {device, Requirement::recommended},
};
inline constexpr MetricAttribute of_paging_faults[] = {
    {paging_fault_type, Requirement::recommended},
};
inline constexpr MetricAttribute of_paging_operations[] = {
    {paging_direction, Requirement::recommended},
    {paging_fault_type, Requirement::recommended},
};
inline constexpr MetricAttribute of_paging_usage[] = {
    {device, Requirement::recommended},
    {paging_state, Requirement::recommended},
};
inline constexpr MetricAttribute of_process_count[] = {
    {process::state, Requirement::recommended},
};

inline constexpr Metric metrics[] = {
    {"system.cpu.frequency", MetricType::gauge, "Hz", Stability::development, of_cpu_frequency},
    {"system.cpu.logical.count", MetricType::up_down_counter, "{cpu}", Stability::development},
    {"system.cpu.physical.count", MetricType::up_down_counter, "{cpu}", Stability::development},
    {"system.cpu.time", MetricType::counter, "s", Stability::development, of_cpu_time},
    {"system.cpu.utilization", MetricType::gauge, "1", Stability::development, of_cpu_time},
    {"system.disk.io", MetricType::counter, "By", Stability::development, of_disk_operations},
    {"system.disk.io_time", MetricType::counter, "s", Stability::development, of_disks},
    {"system.disk.limit", MetricType::up_down_counter, "By", Stability::development, of_disks},
    {"system.disk.merged", MetricType::counter, "{operation}", Stability::development, of_disk_operations},
    {"system.disk.operation_time", MetricType::counter, "s", Stability::development, of_disk_operations},
    {"system.disk.operations", MetricType::counter, "{operation}", Stability::development, of_disk_operations},
    {"system.filesystem.limit", MetricType::up_down_counter, "By", Stability::development, of_filesystem_limit},
    {"system.filesystem.lock.count", MetricType::up_down_counter, "{lock}", Stability::development,
     of_filesystem_lock_count},
    {"system.filesystem.usage", MetricType::up_down_counter, "By", Stability::development, of_filesystem_usage},
    {"system.filesystem.utilization", MetricType::gauge, "1", Stability::development, of_filesystem_usage},
    {"system.memory.limit", MetricType::up_down_counter, "By", Stability::development},
    {"system.memory.linux.available", MetricType::up_down_counter, "By", Stability::development},
    {"system.memory.linux.hugepages.limit", MetricType::up_down_counter, "{page}", Stability::development},
    {"system.memory.linux.hugepages.page_size", MetricType::up_down_counter, "By", Stability::development},
    {"system.memory.linux.hugepages.reserved", MetricType::up_down_counter, "{page}", Stability::development},
    {"system.memory.linux.hugepages.surplus", MetricType::up_down_counter, "{page}", Stability::development},
    {"system.memory.linux.hugepages.usage", MetricType::up_down_counter, "{page}", Stability::development,
     of_memory_linux_hugepages_usage},
    {"system.memory.linux.hugepages.utilization", MetricType::gauge, "1", Stability::development,
     of_memory_linux_hugepages_usage},
    {"system.memory.linux.shared", MetricType::up_down_counter, "By", Stability::development},
    {"system.memory.linux.slab.usage", MetricType::up_down_counter, "By", Stability::development,
     of_memory_linux_slab_usage},
    {"system.memory.usage", MetricType::up_down_counter, "By", Stability::development, of_memory_usage},
    {"system.memory.utilization", MetricType::gauge, "1", Stability::development, of_memory_usage},
    {"system.network.connection.count", MetricType::up_down_counter, "{connection}", Stability::development,
     of_network_connection_count},
    {"system.network.errors", MetricType::counter, "{error}", Stability::development, of_interfaces},
    {"system.network.io", MetricType::counter, "By", Stability::development, of_interfaces},
    {"system.network.packet.count", MetricType::counter, "{packet}", Stability::development, of_network_packet_count},
    {"system.network.packet.dropped", MetricType::counter, "{packet}", Stability::development, of_interfaces},
    {"system.paging.faults", MetricType::counter, "{fault}", Stability::development, of_paging_faults},
    {"system.paging.operations", MetricType::counter, "{operation}", Stability::development, of_paging_operations},
    {"system.paging.usage", MetricType::up_down_counter, "By", Stability::development, of_paging_usage},
    {"system.paging.utilization", MetricType::gauge, "1", Stability::development, of_paging_usage},
    {"system.process.count", MetricType::up_down_counter, "{process}", Stability::development, of_process_count},
    {"system.process.created", MetricType::counter, "{process}", Stability::development},
    {"system.process.limit", MetricType::up_down_counter, "{thread}", Stability::development},
    {"system.uptime", MetricType::gauge, "s", Stability::development},
};

}  // namespace system

}  // namespace mizzen::telemetry::semconv
