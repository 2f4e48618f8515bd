// SPDX-License-Identifier: Apache-2.0
// Hosts and operating systems (resource attributes): names as OpenTelemetry's semantic conventions 1.44 have them.
#pragma once
#include "mizzen/telemetry/semconv/convention.hpp"

namespace mizzen::telemetry::semconv {

namespace host {

inline constexpr std::string_view arch = "host.arch";
inline constexpr std::string_view cpu_cache_l2_size = "host.cpu.cache.l2.size";
inline constexpr std::string_view cpu_family = "host.cpu.family";
inline constexpr std::string_view cpu_model_id = "host.cpu.model.id";
inline constexpr std::string_view cpu_model_name = "host.cpu.model.name";
inline constexpr std::string_view cpu_stepping = "host.cpu.stepping";
inline constexpr std::string_view cpu_vendor_id = "host.cpu.vendor.id";
inline constexpr std::string_view id = "host.id";
inline constexpr std::string_view image_id = "host.image.id";
inline constexpr std::string_view image_name = "host.image.name";
inline constexpr std::string_view image_version = "host.image.version";
inline constexpr std::string_view ip = "host.ip";
inline constexpr std::string_view mac = "host.mac";
inline constexpr std::string_view name = "host.name";
inline constexpr std::string_view type = "host.type";

inline constexpr Attribute attributes[] = {
    {arch, Type::text, Stability::development, "amd64, arm64, ppc64 and so on."},
    {cpu_cache_l2_size, Type::integer, Stability::development, "Bytes of level 2 cache."},
    {cpu_family, Type::text, Stability::development, "Family of the processor."},
    {cpu_model_id, Type::text, Stability::development, "Model number of the processor."},
    {cpu_model_name, Type::text, Stability::development, "Model name of the processor."},
    {cpu_stepping, Type::text, Stability::development, "Stepping of the processor."},
    {cpu_vendor_id, Type::text, Stability::development, "Vendor of the processor: GenuineIntel."},
    {id, Type::text, Stability::development, "Names the host for good: the cloud's instance id, or machine-id."},
    {image_id, Type::text, Stability::development, "Id of the image that the host was made from."},
    {image_name, Type::text, Stability::development, "Name of that image."},
    {image_version, Type::text, Stability::development, "Version of that image."},
    {ip, Type::texts, Stability::development, "Its IP addresses, loopback left out."},
    {mac, Type::texts, Stability::development, "Its MAC addresses, as AC-DE-48-23-45-67."},
    {name, Type::text, Stability::development, "The host name."},
    {type, Type::text, Stability::development, "Type of the machine: n1-standard-1."},
};

}  // namespace host

namespace os {

inline constexpr std::string_view build_id = "os.build_id";
inline constexpr std::string_view description = "os.description";
inline constexpr std::string_view name = "os.name";
inline constexpr std::string_view type = "os.type";
inline constexpr std::string_view version = "os.version";

inline constexpr Attribute attributes[] = {
    {build_id, Type::text, Stability::development, "Id of one build of the system."},
    {description, Type::text, Stability::development, "The system in words for people."},
    {name, Type::text, Stability::development, "The system's name: Debian GNU/Linux."},
    {type, Type::text, Stability::development, "linux, windows, darwin and so on."},
    {version, Type::text, Stability::development, "The system's version."},
};

}  // namespace os

}  // namespace mizzen::telemetry::semconv
