// SPDX-License-Identifier: Apache-2.0
// One message of remote write as the HTTP request that carries it. Pure.
#pragma once
#include <string_view>

#include "mizzen/net/http.hpp"
#include "mizzen/telemetry/remote_write/remote_writer.hpp"

namespace mizzen::telemetry::remote_write {

// How we call ourselves (RFC 9110, 10.1.5); what the user says goes before it.
constexpr std::string_view write_agent = "Mizzen/0.1.0";

// The user's headers come first; those that say what the body is are ours. Source: Prometheus remote write
// specifications 1.0 and 2.0, Protocol.
net::Headers write_head(Version version, const RemoteWriterOptions& options);
// In the block format of snappy.
std::string snappy_block(std::string_view message);

}  // namespace mizzen::telemetry::remote_write
