// SPDX-License-Identifier: Apache-2.0
// otlp_http, otlp_grpc, otlp_file/development and console.
#include <algorithm>

#include "mizzen/base/text.hpp"
#include "mizzen/net/http.hpp"
#include "mizzen/telemetry/configuration/detail/sections.hpp"
#include "mizzen/telemetry/environment/detail/otlp_target.hpp"
#include "mizzen/telemetry/environment/endpoint.hpp"

namespace mizzen::telemetry {
namespace {

using otlp::Signal;

// Nothing of a value is shown.
void read_headers(const Node& node, std::vector<std::pair<std::string, std::string>>& headers) {
    const auto set = [&](std::string name, std::string value, const Node& at) {
        if (!can_be_sent({name, value})) at.fail("this cannot be sent as a header; check its name and line breaks");
        std::erase_if(headers, [&](const auto& known) { return equal_ignoring_case(known.first, name); });
        headers.emplace_back(std::move(name), std::move(value));
    };
    if (const auto list = node.find("headers_list")) {
        const auto pairs = parse_pairs(list->text());
        if (!pairs) list->fail("expected name=value,name=value with percent-encoded values");
        for (const auto& [name, value] : *pairs) set(name, value, *list);
    }
    if (const auto all = node.find("headers")) {
        for (const Node& each : all->items()) {
            each.expect_members({"name", "value"});
            std::string name = each.get("name").text();
            if (!each.has("value")) each.fail("expected the key value");
            const auto value = each.find("value");
            if (!value) continue;
            if (!value->value().is_string()) value->fail("expected a text; put quotes around it");
            set(std::move(name), value->text(), each);
        }
    }
}

void read_tls(const Node& node, OtlpTarget& target, bool is_grpc) {
    if (is_grpc)
        node.expect_members({"ca_file", "key_file", "cert_file", "insecure"});
    else
        node.expect_members({"ca_file", "key_file", "cert_file"});
    if (const auto file = node.find("ca_file")) target.certificate_file = file->text();
    if (const auto file = node.find("key_file")) target.client_key_file = file->text();
    if (const auto file = node.find("cert_file")) target.client_certificate_file = file->text();
    if (target.client_key_file.empty() != target.client_certificate_file.empty())
        node.fail("a client has both key_file and cert_file, or none");
}

void read_endpoint(const Node& node, OtlpTarget& target, bool is_insecure) {
    const bool is_grpc = target.options.protocol == otlp::Protocol::grpc;
    const auto endpoint = parse_endpoint(node.text());
    if (!endpoint || (!endpoint->tls && !is_grpc)) {
        const bool is_showable = node.text().find('@') == std::string::npos;
        node.fail(std::string("expected a URL such as http://collector:4318/v1/traces, without a user") +
                  (is_showable ? ", got " + node.shown() : ""));
    }
    target.tls = endpoint->tls.value_or(!is_insecure);
    target.host = endpoint->host;
    target.port = endpoint->port.value_or(!endpoint->tls ? 4317 : target.tls ? 443 : 80);
    if (!is_grpc) target.options.path = (endpoint->path.empty() ? "/" : endpoint->path) + endpoint->query;
}

OtlpTarget read_otlp(const Node& node, bool is_grpc) {
    static constexpr std::pair<std::string_view, otlp::Protocol> encodings[] = {
        {"protobuf", otlp::Protocol::http_protobuf}, {"json", otlp::Protocol::http_json}};
    static constexpr std::pair<std::string_view, otlp::Compression> compressions[] = {
        {"none", otlp::Compression::none}, {"gzip", otlp::Compression::gzip}, {"zstd", otlp::Compression::zstd}};
    OtlpTarget target;
    if (is_grpc) {
        target.options.protocol = otlp::Protocol::grpc;
        target.port = 4317;
    } else if (const auto encoding = node.find("encoding")) {
        target.options.protocol = encoding->choice(encodings);
    }
    bool is_insecure = false;
    if (const auto tls = node.find("tls")) {
        read_tls(*tls, target, is_grpc);
        if (const auto insecure = tls->find("insecure")) is_insecure = insecure->flag();
    }
    if (const auto endpoint = node.find("endpoint")) read_endpoint(*endpoint, target, is_insecure);
    if (const auto compression = node.find("compression"))
        target.options.compression = compression->choice(compressions);
    if (const auto timeout = node.find("timeout")) target.options.timeout = timeout->timeout();
    read_headers(node, target.options.headers);
    if (const auto size = node.find("max_request_size")) target.options.most_request = size->number(0);
    if (const auto size = node.find("max_response_size")) target.options.most_answer = size->number(1);
    return target;
}

// "stdout", or "file:///var/log/spans.jsonl".
std::string read_stream(const Node& node) {
    const std::string text = node.text();
    if (text == "stdout") return "";
    constexpr std::string_view scheme = "file://";
    auto path = text.starts_with("file:///") ? net::percent_decode(text.substr(scheme.size())) : std::nullopt;
    if (!path || path->find('\0') != std::string::npos)
        node.fail("expected stdout or a file such as file:///var/log/spans.jsonl, got " + node.shown());
    return std::move(*path);
}

void read_metric_options(const Node& node, Output& output) {
    static constexpr std::pair<std::string_view, TemporalityPreference> preferences[] = {
        {"cumulative", TemporalityPreference::cumulative},
        {"delta", TemporalityPreference::delta},
        {"low_memory", TemporalityPreference::low_memory}};
    if (const auto preference = node.find("temporality_preference")) {
        output.reader.temporality = preference->choice(preferences);
        if (output.kind == ExporterKind::console && output.reader.temporality != TemporalityPreference::cumulative)
            preference->fail("not supported here: the console shows totals; leave it out");
    }
}

}  // namespace

Output read_exporter(const Node& node, Signal signal) {
    const auto [kind, options] = node.only({"otlp_http", "otlp_grpc", "otlp_file/development", "console"});
    const bool is_metrics = signal == Signal::metrics;
    Output output;
    if (kind == "otlp_http" || kind == "otlp_grpc") {
        const bool is_grpc = kind == "otlp_grpc";
        std::vector<std::string_view> known = {"endpoint",    "tls",     "headers",          "headers_list",
                                               "compression", "timeout", "max_request_size", "max_response_size"};
        if (!is_grpc) known.push_back("encoding");
        if (is_metrics) known.insert(known.end(), {"temporality_preference", "default_histogram_aggregation"});
        options.expect_members(known);
        output.otlp = read_otlp(options, is_grpc);
    } else if (kind == "console") {
        output.kind = ExporterKind::console;
        if (is_metrics)
            options.expect_members({"temporality_preference", "default_histogram_aggregation"});
        else
            options.expect_members({});
    } else {
        output.kind = ExporterKind::file;
        if (is_metrics)
            options.expect_members({"output_stream", "temporality_preference", "default_histogram_aggregation"});
        else
            options.expect_members({"output_stream"});
        if (const auto stream = options.find("output_stream")) output.file = read_stream(*stream);
    }
    if (is_metrics) read_metric_options(options, output);
    return output;
}

}  // namespace mizzen::telemetry
