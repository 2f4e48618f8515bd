// SPDX-License-Identifier: Apache-2.0
// One signal's endpoint, protocol and headers, each from its own variable or from that of all signals.
#include "mizzen/telemetry/environment/detail/otlp_target.hpp"

#include <algorithm>

#include "mizzen/base/text.hpp"
#include "mizzen/telemetry/environment/endpoint.hpp"
#include "mizzen/telemetry/otlp/detail/exporter_request.hpp"

namespace mizzen::telemetry {
namespace {

using otlp::Protocol;
using otlp::Signal;

// Which variables are looked at for one signal.
struct Names {
    explicit Names(const Variables& variables, Signal signal)
        : variables(variables),
          own(signal == Signal::traces    ? "OTEL_EXPORTER_OTLP_TRACES_"
              : signal == Signal::metrics ? "OTEL_EXPORTER_OTLP_METRICS_"
                                          : "OTEL_EXPORTER_OTLP_LOGS_") {}
    bool has_own(std::string_view what) const { return variables.text(own + std::string(what)).has_value(); }
    std::string name(std::string_view what) const {
        return (has_own(what) ? own : "OTEL_EXPORTER_OTLP_") + std::string(what);
    }
    const Variables& variables;
    std::string own;
};

void read_options(const Names& names, otlp::ExporterOptions& options) {
    static constexpr std::pair<std::string_view, Protocol> protocols[] = {
        {"http/protobuf", Protocol::http_protobuf}, {"http/json", Protocol::http_json}, {"grpc", Protocol::grpc}};
    static constexpr std::pair<std::string_view, otlp::Compression> compressions[] = {
        {"none", otlp::Compression::none}, {"gzip", otlp::Compression::gzip}, {"zstd", otlp::Compression::zstd}};
    names.variables.read_enum(names.name("PROTOCOL"), protocols, options.protocol);
    names.variables.read_enum(names.name("COMPRESSION"), compressions, options.compression);
    names.variables.read_timeout(names.name("TIMEOUT"), options.timeout);
}

// Nothing of a value is shown: it is a key more often than not.
void read_headers(const Names& names, otlp::ExporterOptions& options) {
    const std::string name = names.name("HEADERS");
    const auto value = names.variables.text(name);
    if (!value) return;
    auto pairs = parse_pairs(*value);
    if (!pairs || !std::all_of(pairs->begin(), pairs->end(), can_be_sent)) {
        names.variables.warn(name, "expected name=value,name=value with percent-encoded values; no headers are sent");
        return;
    }
    options.headers = std::move(*pairs);
}

// For gRPC the path is the method, whatever the URL says.
std::string path_of(const Endpoint& endpoint, bool is_own, Signal signal, Protocol protocol) {
    if (protocol == Protocol::grpc) return "";
    if (is_own) return (endpoint.path.empty() ? "/" : endpoint.path) + endpoint.query;
    std::string path = endpoint.path;
    while (path.ends_with('/')) path.pop_back();
    path += otlp::default_path(signal, protocol);
    return path + endpoint.query;
}

// Two signals have had other names for it.
std::string insecure_name(const Names& names, Signal signal) {
    const char* const old = signal == Signal::traces    ? "OTEL_EXPORTER_OTLP_SPAN_INSECURE"
                            : signal == Signal::metrics ? "OTEL_EXPORTER_OTLP_METRIC_INSECURE"
                                                        : "";
    return !names.has_own("INSECURE") && names.variables.text(old) ? old : names.name("INSECURE");
}

void read_endpoint(const Names& names, Signal signal, OtlpTarget& target) {
    const bool is_grpc = target.options.protocol == Protocol::grpc;
    if (is_grpc) target.port = 4317;
    const std::string name = names.name("ENDPOINT");
    const auto value = names.variables.text(name);
    if (!value) return;
    const auto endpoint = parse_endpoint(*value);
    if (!endpoint || (!endpoint->tls && !is_grpc)) {
        // Not shown if it may hold a password.
        const bool is_showable = value->find('@') == std::string::npos;
        names.variables.warn(name, "expected a URL such as http://collector:4318" +
                                       (is_showable ? ", got \"" + *value + "\"" : ", without a user") +
                                       "; the default is used");
        return;
    }
    bool insecure = false;
    names.variables.read(insecure_name(names, signal), insecure);
    target.tls = endpoint->tls.value_or(!insecure);
    target.host = endpoint->host;
    target.port = endpoint->port.value_or(!endpoint->tls ? 4317 : target.tls ? 443 : 80);
    target.options.path = path_of(*endpoint, names.has_own("ENDPOINT"), signal, target.options.protocol);
}

}  // namespace

bool can_be_sent(const std::pair<std::string, std::string>& field) {
    const bool is_name = std::all_of(field.first.begin(), field.first.end(), [](char c) {
        return c > ' ' && c < 0x7f && std::string_view("\"(),/:;<=>?@[\\]{}").find(c) == std::string_view::npos;
    });
    return is_name && std::all_of(field.second.begin(), field.second.end(), [](char c) {
               return c == '\t' || (static_cast<unsigned char>(c) >= 0x20 && c != 0x7f);
           });
}

OtlpTarget read_otlp_target(const Variables& variables, Signal signal) {
    const Names names(variables, signal);
    OtlpTarget target;
    read_options(names, target.options);
    read_headers(names, target.options);
    read_endpoint(names, signal, target);
    variables.read(names.name("CERTIFICATE"), target.certificate_file);
    variables.read(names.name("CLIENT_KEY"), target.client_key_file);
    variables.read(names.name("CLIENT_CERTIFICATE"), target.client_certificate_file);
    return target;
}

void forget_repeated(std::vector<std::string>& warnings) {
    std::vector<std::string> once;
    for (std::string& warning : warnings)
        if (std::find(once.begin(), once.end(), warning) == once.end()) once.push_back(std::move(warning));
    warnings = std::move(once);
}

}  // namespace mizzen::telemetry
