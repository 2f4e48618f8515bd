// SPDX-License-Identifier: Apache-2.0
// Reading Accept, and which families were asked for by name.
#include <algorithm>
#include <charconv>
#include <vector>

#include "mizzen/base/text.hpp"
#include "mizzen/telemetry/exposition/exposition.hpp"

namespace mizzen::telemetry {
namespace {

constexpr std::string_view protobuf_type = "application/vnd.google.protobuf";
constexpr std::string_view protobuf_message = "io.prometheus.client.MetricFamily";

struct MediaRange {
    std::string type;
    std::vector<std::pair<std::string, std::string_view>> parameters;
    double q = 1;

    std::string_view parameter(std::string_view name) const {
        for (const auto& [key, value] : parameters)
            if (key == name) return value;
        return "";
    }
};

// From 0 to 1; what is no number counts as 0, so that it is not taken by mistake.
double parse_q(std::string_view text) {
    double q = 0;
    const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), q, std::chars_format::fixed);
    return problem == std::errc() && end == text.data() + text.size() && q >= 0 && q <= 1 ? q : 0;
}

MediaRange parse_range(std::string_view text) {
    MediaRange range;
    const std::vector<std::string_view> parts = split(text, ';');
    range.type = to_lower(trim(parts[0]));
    for (std::size_t i = 1; i < parts.size(); ++i) {
        const std::size_t equals = parts[i].find('=');
        if (equals == parts[i].npos) continue;
        const std::string name = to_lower(trim(parts[i].substr(0, equals)));
        std::string_view value = trim(parts[i].substr(equals + 1));
        if (value.size() >= 2 && value.front() == '"' && value.back() == '"') value = value.substr(1, value.size() - 2);
        if (name == "q")
            range.q = parse_q(value);
        else
            range.parameters.emplace_back(name, value);
    }
    return range;
}

std::optional<Format> format_of(const MediaRange& range) {
    const std::string_view version = range.parameter("version");
    if (range.type == protobuf_type && range.parameter("proto") == protobuf_message &&
        range.parameter("encoding") == "delimited")
        return Format::protobuf;
    if (range.type == "application/openmetrics-text") {
        if (version == "2.0.0") return Format::openmetrics_2_0_0;
        if (version == "1.0.0") return Format::openmetrics_1_0_0;
        if (version == "0.0.1" || version.empty()) return Format::openmetrics_0_0_1;
    }
    if (range.type == "text/plain") {
        if (version == "1.0.0") return Format::text_1_0_0;
        if (version == "0.0.4" || version.empty()) return Format::text_0_0_4;
    }
    if (range.type == "*/*" || range.type == "text/*") return Format::text_0_0_4;
    return std::nullopt;
}

bool is_named(const Family& family, std::string_view name) {
    if (name == family.name) return true;
    const std::string_view suffix = family.type == MetricType::counter ? "_total" : "_info";
    const bool has_suffix = family.type == MetricType::counter || family.type == MetricType::info;
    return has_suffix && name.ends_with(suffix) && name.substr(0, name.size() - suffix.size()) == family.name;
}

}  // namespace

Exposition negotiate(std::string_view accept) {
    Exposition best;
    double best_q = 0;
    for (const std::string_view part : split(accept, ',')) {
        const MediaRange range = parse_range(part);
        const std::optional<Format> format = format_of(range);
        if (!format || range.q <= best_q) continue;
        best_q = range.q;
        best = {*format, parse_escaping(range.parameter("escaping")).value_or(Escaping::underscores)};
    }
    return best;
}

std::string content_type(const Exposition& exposition) {
    std::string type;
    switch (exposition.format) {
        case Format::text_0_0_4:
            type = "text/plain; version=0.0.4; charset=utf-8";
            break;
        case Format::text_1_0_0:
            type = "text/plain; version=1.0.0; charset=utf-8";
            break;
        case Format::openmetrics_0_0_1:
            type = "application/openmetrics-text; version=0.0.1; charset=utf-8";
            break;
        case Format::openmetrics_1_0_0:
            type = "application/openmetrics-text; version=1.0.0; charset=utf-8";
            break;
        case Format::openmetrics_2_0_0:
            type = "application/openmetrics-text; version=2.0.0; charset=utf-8";
            break;
        case Format::protobuf:
            type = std::string(protobuf_type) + "; proto=" + std::string(protobuf_message) + "; encoding=delimited";
            break;
    }
    return type + "; escaping=" + std::string(to_string(exposition.escaping));
}

std::string expose(const Snapshot& snapshot, const Exposition& exposition, const ExpositionOptions& options) {
    switch (exposition.format) {
        case Format::openmetrics_0_0_1:
        case Format::openmetrics_1_0_0:
            return to_openmetrics(snapshot, exposition.escaping, options);
        case Format::openmetrics_2_0_0:
            return to_openmetrics_2(snapshot, exposition.escaping);
        case Format::protobuf:
            return to_prometheus_protobuf(snapshot, exposition.escaping);
        case Format::text_0_0_4:
        case Format::text_1_0_0:
            break;
    }
    return to_prometheus_text(snapshot, exposition.escaping);
}

Snapshot only_named(Snapshot snapshot, std::span<const std::string> names) {
    if (names.empty()) return snapshot;
    std::erase_if(snapshot.families, [&](const Family& family) {
        return std::none_of(names.begin(), names.end(),
                            [&](const std::string& name) { return is_named(family, name); });
    });
    return snapshot;
}

}  // namespace mizzen::telemetry
