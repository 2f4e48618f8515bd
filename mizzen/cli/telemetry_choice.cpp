// SPDX-License-Identifier: Apache-2.0
#include "mizzen/cli/telemetry_choice.hpp"

#include <utility>

#include "mizzen/base/error.hpp"
#include "mizzen/telemetry/environment/endpoint.hpp"

namespace mizzen::cli {
namespace {

constexpr std::string_view endpoint = "OTEL_EXPORTER_OTLP_ENDPOINT";
constexpr std::string_view signals[] = {"TRACES", "METRICS", "LOGS"};

std::string endpoint_of(std::string_view signal) { return "OTEL_EXPORTER_OTLP_" + std::string(signal) + "_ENDPOINT"; }

// The signal whose variable with this beginning and end `name` is; "" if it is none.
std::string_view signal_in(std::string_view name, std::string_view begin, std::string_view end) {
    for (const std::string_view signal : signals)
        if (name == std::string(begin) + std::string(signal) + std::string(end)) return signal;
    return {};
}

class Choice {
  public:
    Choice(telemetry::Environment environment, std::string otlp, std::string service)
        : environment_(std::move(environment)), otlp_(std::move(otlp)), service_(std::move(service)) {}

    std::optional<std::string> operator()(std::string_view name) const {
        if (!otlp_.empty()) {
            if (name == endpoint) return otlp_;
            if (name == "OTEL_CONFIG_FILE" || !signal_in(name, "OTEL_EXPORTER_OTLP_", "_ENDPOINT").empty()) return {};
        }
        std::optional<std::string> value = environment_(name);
        if (value && !value->empty()) return value;
        if (name == "OTEL_SERVICE_NAME" && !names_a_service()) return service_;
        const std::string_view signal = signal_in(name, "OTEL_", "_EXPORTER");
        if (!signal.empty() && !is_set(endpoint) && !is_set(endpoint_of(signal))) return "none";
        return value;
    }

  private:
    bool is_set(std::string_view name) const {
        const auto value = (*this)(name);
        return value && !value->empty();
    }
    bool names_a_service() const {
        return environment_("OTEL_RESOURCE_ATTRIBUTES").value_or("").find("service.name=") != std::string::npos;
    }

    telemetry::Environment environment_;
    std::string otlp_;
    std::string service_;
};

}  // namespace

telemetry::Environment command_environment(telemetry::Environment environment, std::string otlp, std::string service) {
    return Choice(std::move(environment), std::move(otlp), std::move(service));
}

void check_otlp(std::string_view otlp) {
    const auto parsed = telemetry::parse_endpoint(otlp);
    if (parsed && parsed->tls && !parsed->host.empty()) return;
    // What has an '@' may have a password before it.
    const bool is_shown = otlp.find('@') == std::string_view::npos;
    throw Error(ErrorKind::invalid,
                "--otlp: expected the URL of a receiver, like http://localhost:4318" +
                    (is_shown ? ", got \"" + std::string(otlp) + '"' : "; keys go into OTEL_EXPORTER_OTLP_HEADERS"));
}

}  // namespace mizzen::cli
