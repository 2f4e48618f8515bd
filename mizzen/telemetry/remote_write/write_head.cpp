// SPDX-License-Identifier: Apache-2.0
// Headers and compression.
#include "mizzen/telemetry/remote_write/detail/write_head.hpp"

#include <snappy.h>

namespace mizzen::telemetry::remote_write {

net::Headers write_head(Version version, const RemoteWriterOptions& options) {
    net::Headers headers;
    for (const auto& [name, value] : options.headers) headers.add(name, value);
    const auto theirs = headers.find("user-agent");
    headers.set("user-agent", theirs && !theirs->empty() ? std::string(*theirs) + " " + std::string(write_agent)
                                                         : std::string(write_agent));
    const bool is_v2 = version == Version::v2;
    headers.set("content-type",
                is_v2 ? "application/x-protobuf;proto=io.prometheus.write.v2.Request" : "application/x-protobuf");
    headers.set("content-encoding", "snappy");
    headers.set("x-prometheus-remote-write-version", is_v2 ? "2.0.0" : "0.1.0");
    headers.remove("content-length");
    headers.set("accept-encoding", "identity");
    return headers;
}

std::string snappy_block(std::string_view message) {
    std::string packed;
    snappy::Compress(message.data(), message.size(), &packed);
    return packed;
}

}  // namespace mizzen::telemetry::remote_write
