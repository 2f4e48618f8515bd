// SPDX-License-Identifier: Apache-2.0
// Who tells: service, deployment and SDK (resource attributes): names as OpenTelemetry's semantic conventions 1.44 have
// them.
#pragma once
#include "mizzen/telemetry/semconv/convention.hpp"

namespace mizzen::telemetry::semconv {

namespace service {

inline constexpr std::string_view criticality = "service.criticality";
inline constexpr std::string_view instance_id = "service.instance.id";
inline constexpr std::string_view name = "service.name";
inline constexpr std::string_view namespace_ = "service.namespace";
inline constexpr std::string_view peer_name = "service.peer.name";
inline constexpr std::string_view peer_namespace = "service.peer.namespace";
inline constexpr std::string_view version = "service.version";

inline constexpr Attribute attributes[] = {
    {criticality, Type::text, Stability::development, "How much depends on it: critical, high, medium or low."},
    {instance_id, Type::text, Stability::stable, "Names one running copy of the service, for good."},
    {name, Type::text, Stability::stable, "What the service is called; the same for all its copies."},
    {namespace_, Type::text, Stability::stable, "The group in which service.name is unique."},
    {peer_name, Type::text, Stability::development, "The service.name of the other side."},
    {peer_namespace, Type::text, Stability::development, "The service.namespace of the other side."},
    {version, Type::text, Stability::stable, "The version of the service."},
};

}  // namespace service

namespace deployment {

inline constexpr std::string_view environment_name = "deployment.environment.name";
inline constexpr std::string_view id = "deployment.id";
inline constexpr std::string_view name = "deployment.name";
inline constexpr std::string_view status = "deployment.status";

inline constexpr Attribute attributes[] = {
    {environment_name, Type::text, Stability::stable, "production, staging, test or development."},
    {id, Type::text, Stability::development, "Names one deployment."},
    {name, Type::text, Stability::development, "What the deployment is called."},
    {status, Type::text, Stability::development, "failed or succeeded."},
};

}  // namespace deployment

namespace telemetry {

inline constexpr std::string_view distro_name = "telemetry.distro.name";
inline constexpr std::string_view distro_version = "telemetry.distro.version";
inline constexpr std::string_view sdk_language = "telemetry.sdk.language";
inline constexpr std::string_view sdk_name = "telemetry.sdk.name";
inline constexpr std::string_view sdk_version = "telemetry.sdk.version";

inline constexpr Attribute attributes[] = {
    {distro_name, Type::text, Stability::stable, "The agent or distribution that brings the SDK."},
    {distro_version, Type::text, Stability::stable, "That distribution's version."},
    {sdk_language, Type::text, Stability::stable, "cpp, here."},
    {sdk_name, Type::text, Stability::stable, "Who wrote the SDK: opentelemetry, or another name."},
    {sdk_version, Type::text, Stability::stable, "The SDK's version."},
};

}  // namespace telemetry

}  // namespace mizzen::telemetry::semconv
