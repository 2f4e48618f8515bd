// SPDX-License-Identifier: Apache-2.0
// What a host has: processors, memory, disks: names as OpenTelemetry's semantic conventions 1.44 have them.
#pragma once
#include "mizzen/telemetry/semconv/convention.hpp"

namespace mizzen::telemetry::semconv {

namespace cpu {

inline constexpr std::string_view logical_number = "cpu.logical_number";
inline constexpr std::string_view mode = "cpu.mode";

inline constexpr Attribute attributes[] = {
    {logical_number, Type::integer, Stability::development, "The processor's number, from 0."},
    {mode, Type::text, Stability::candidate, "user, system, nice, idle, iowait, interrupt or steal."},
};

}  // namespace cpu

namespace disk {

inline constexpr std::string_view io_direction = "disk.io.direction";

inline constexpr Attribute attributes[] = {
    {io_direction, Type::text, Stability::candidate, "read or write."},
};

}  // namespace disk

namespace file {

inline constexpr std::string_view lock_mechanism = "file.lock.mechanism";
inline constexpr std::string_view lock_mode = "file.lock.mode";
inline constexpr std::string_view lock_type = "file.lock.type";

inline constexpr Attribute attributes[] = {
    {lock_mechanism, Type::text, Stability::development, "Which interface the lock was made by: posix, flock."},
    {lock_mode, Type::text, Stability::development, "How the lock was asked for, in the words of its mechanism."},
    {lock_type, Type::text, Stability::development, "read or write."},
};

}  // namespace file

namespace system {

inline constexpr std::string_view device = "system.device";
inline constexpr std::string_view filesystem_mode = "system.filesystem.mode";
inline constexpr std::string_view filesystem_mountpoint = "system.filesystem.mountpoint";
inline constexpr std::string_view filesystem_state = "system.filesystem.state";
inline constexpr std::string_view filesystem_type = "system.filesystem.type";
inline constexpr std::string_view memory_linux_hugepages_state = "system.memory.linux.hugepages.state";
inline constexpr std::string_view memory_linux_slab_state = "system.memory.linux.slab.state";
inline constexpr std::string_view memory_state = "system.memory.state";
inline constexpr std::string_view paging_direction = "system.paging.direction";
inline constexpr std::string_view paging_fault_type = "system.paging.fault.type";
inline constexpr std::string_view paging_state = "system.paging.state";

inline constexpr Attribute attributes[] = {
    {device, Type::text, Stability::development, "The device: /dev/sda1."},
    {filesystem_mode, Type::text, Stability::development, "rw or ro, as it was mounted."},
    {filesystem_mountpoint, Type::text, Stability::development, "Where it is mounted."},
    {filesystem_state, Type::text, Stability::development, "used, free or reserved."},
    {filesystem_type, Type::text, Stability::development, "ext4, ntfs and so on."},
    {memory_linux_hugepages_state, Type::text, Stability::development, "free or used."},
    {memory_linux_slab_state, Type::text, Stability::development, "reclaimable or unreclaimable."},
    {memory_state, Type::text, Stability::development, "used, free, buffers or cached."},
    {paging_direction, Type::text, Stability::development, "in or out."},
    {paging_fault_type, Type::text, Stability::candidate, "major or minor."},
    {paging_state, Type::text, Stability::development, "used or free."},
};

}  // namespace system

}  // namespace mizzen::telemetry::semconv
