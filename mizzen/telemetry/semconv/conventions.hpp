// SPDX-License-Identifier: Apache-2.0
// All semantic conventions, found by name; also while compiling: static_assert(find_attribute("http.route")).
#pragma once
#include <algorithm>

#include "mizzen/telemetry/semconv/container.hpp"
#include "mizzen/telemetry/semconv/db.hpp"
#include "mizzen/telemetry/semconv/error.hpp"
#include "mizzen/telemetry/semconv/faas.hpp"
#include "mizzen/telemetry/semconv/host.hpp"
#include "mizzen/telemetry/semconv/http.hpp"
#include "mizzen/telemetry/semconv/k8s.hpp"
#include "mizzen/telemetry/semconv/k8s_metrics.hpp"
#include "mizzen/telemetry/semconv/log.hpp"
#include "mizzen/telemetry/semconv/messaging.hpp"
#include "mizzen/telemetry/semconv/network.hpp"
#include "mizzen/telemetry/semconv/otel.hpp"
#include "mizzen/telemetry/semconv/process.hpp"
#include "mizzen/telemetry/semconv/rpc.hpp"
#include "mizzen/telemetry/semconv/service.hpp"
#include "mizzen/telemetry/semconv/system.hpp"
#include "mizzen/telemetry/semconv/system_metrics.hpp"

namespace mizzen::telemetry::semconv {

// One table for each namespace; the tables and what is in them are sorted by name.
inline constexpr std::span<const Attribute> attribute_tables[] = {
    client::attributes,    code::attributes,       container::attributes,   cpu::attributes,
    db::attributes,        deployment::attributes, destination::attributes, disk::attributes,
    error::attributes,     exception::attributes,  faas::attributes,        file::attributes,
    host::attributes,      http::attributes,       k8s::attributes,         log::attributes,
    messaging::attributes, network::attributes,    os::attributes,          otel::attributes,
    process::attributes,   rpc::attributes,        server::attributes,      service::attributes,
    source::attributes,    system::attributes,     telemetry::attributes,   thread::attributes,
    url::attributes,       user_agent::attributes};
inline constexpr std::span<const Metric> metric_tables[] = {
    container::metrics, db::metrics,   faas::metrics,    http::metrics, k8s::metrics,
    messaging::metrics, otel::metrics, process::metrics, rpc::metrics,  system::metrics};

namespace detail {
template <class Convention>
constexpr const Convention* find(std::span<const std::span<const Convention>> tables, std::string_view name) {
    for (const auto table : tables) {
        const auto found = std::ranges::lower_bound(table, name, {}, &Convention::name);
        if (found != table.end() && found->name == name) return &*found;
    }
    return nullptr;
}
}  // namespace detail

// The attribute of that name, or null. An attribute by key is found with and without its key.
constexpr const Attribute* find_attribute(std::string_view name) {
    if (const Attribute* found = detail::find<Attribute>(attribute_tables, name)) return found;
    for (std::size_t dot = name.rfind('.'); dot != name.npos && dot > 0; dot = name.rfind('.', dot - 1)) {
        const Attribute* found = detail::find<Attribute>(attribute_tables, name.substr(0, dot));
        if (found && (found->type == Type::text_by_key || found->type == Type::texts_by_key)) return found;
    }
    return nullptr;
}

// The metric of that name, or null.
constexpr const Metric* find_metric(std::string_view name) { return detail::find<Metric>(metric_tables, name); }

}  // namespace mizzen::telemetry::semconv
