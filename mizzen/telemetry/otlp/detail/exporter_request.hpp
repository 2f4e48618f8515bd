// SPDX-License-Identifier: Apache-2.0
// ExportRequest: one batch as the request that is sent, once or several times. Pure.
#pragma once
#include <optional>
#include <string>

#include "mizzen/base/bytes.hpp"
#include "mizzen/net/http.hpp"
#include "mizzen/telemetry/otlp/exporter.hpp"

namespace mizzen::telemetry::otlp {

// How we call ourselves (RFC 9110, 10.1.5); what the user says goes before it.
constexpr std::string_view user_agent = "OTel-OTLP-Exporter-Mizzen/0.1.0";

class ExportRequest {
  public:
    // `body` is framed and compressed once, here.
    ExportRequest(Signal signal, const ExporterOptions& options, std::string body);

    // For one attempt, which may take `left`. The user's headers come first; those that say what the body is are ours.
    net::Request attempt(Duration left) const;

  private:
    std::string target_;
    net::Headers headers_;
    Bytes body_;
    bool is_grpc_;
};

// "/v1/traces", or the method of the collector's service.
std::string_view default_path(Signal signal, Protocol protocol);

}  // namespace mizzen::telemetry::otlp
