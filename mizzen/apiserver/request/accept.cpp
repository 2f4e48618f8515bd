// SPDX-License-Identifier: Apache-2.0
// Implements accept.hpp.
#include "mizzen/apiserver/request/accept.hpp"

#include <algorithm>
#include <cstdlib>
#include <optional>

#include "mizzen/apiserver/status.hpp"

namespace mizzen::apiserver {
namespace {

std::string_view trim(std::string_view text) {
    while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
    while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
    return text;
}

std::string_view take_until(std::string_view& text, char end) {
    std::size_t at = text.find(end);
    std::string_view part = text.substr(0, at);
    text = at == std::string_view::npos ? std::string_view() : text.substr(at + 1);
    return trim(part);
}

double parse_quality(std::string_view text) {
    std::string copy(text);
    char* end = nullptr;
    double q = std::strtod(copy.c_str(), &end);
    return end == copy.c_str() || !(q >= 0) ? 1 : std::min(q, 1.0);
}

std::optional<MediaRange> parse_range(std::string_view text) {
    MediaRange range;
    std::string_view name = take_until(text, ';');
    std::size_t slash = name.find('/');
    if (slash == std::string_view::npos) return std::nullopt;
    range.type = name.substr(0, slash);
    range.subtype = name.substr(slash + 1);
    while (!text.empty()) {
        std::string_view parameter = take_until(text, ';');
        std::string_view key = take_until(parameter, '=');
        if (parameter.size() > 1 && parameter.front() == '"' && parameter.back() == '"')
            parameter = parameter.substr(1, parameter.size() - 2);
        if (key == "q")
            range.quality = parse_quality(parameter);
        else if (!key.empty())
            range.parameters.emplace(key, parameter);
    }
    return range;
}

int specificity(const MediaRange& r) { return (r.type != "*") + (r.subtype != "*"); }

bool is_better(const MediaRange& a, const MediaRange& b) {
    return a.quality != b.quality ? a.quality > b.quality : specificity(a) > specificity(b);
}

bool give(const MediaRange& range, const Offers& offers, Accepted& out) {
    if (range.covers("application", "json"))
        out.yaml = false;
    else if (range.covers("application", "yaml") && !offers.streaming)
        out.yaml = true;
    else
        return false;
    if (std::string_view stream = range.parameter("stream");
        !stream.empty() && !(offers.streaming && stream == "watch"))
        return false;
    out.pretty = range.parameter("pretty") == "1";

    std::string_view as = range.parameter("as");
    if (as.empty()) return true;
    if (range.parameter("g") != "meta.k8s.io") return false;
    out.version = range.parameter("v");
    if (out.version != "v1" && out.version != "v1beta1") return false;
    if (as == "Table" && offers.table)
        out.form = Form::table;
    else if (as == (offers.list ? "PartialObjectMetadataList" : "PartialObjectMetadata") && offers.metadata)
        out.form = Form::metadata;
    else
        return false;
    return true;
}

}  // namespace

bool MediaRange::covers(std::string_view media_type, std::string_view media_subtype) const {
    return (type == "*" || type == media_type) && (subtype == "*" || subtype == media_subtype);
}

std::string_view MediaRange::parameter(std::string_view name) const {
    auto it = parameters.find(name);
    return it == parameters.end() ? std::string_view() : std::string_view(it->second);
}

std::vector<MediaRange> parse_accept(std::string_view header) {
    std::vector<MediaRange> ranges;
    while (!header.empty()) {
        auto range = parse_range(take_until(header, ','));
        if (!range) continue;
        // Behind all that are at least as good: equals keep their order.
        auto at = std::find_if(ranges.begin(), ranges.end(),
                               [&](const MediaRange& other) { return is_better(*range, other); });
        ranges.insert(at, std::move(*range));
    }
    return ranges;
}

Accepted negotiate(std::string_view accept_header, const Offers& offers) {
    if (trim(accept_header).empty()) return {};
    for (const MediaRange& range : parse_accept(accept_header)) {
        Accepted out;
        if (range.quality > 0 && give(range, offers, out)) return out;
    }
    if (offers.streaming) throw not_acceptable({"application/json;stream=watch"});
    StatusError refused = not_acceptable({"application/json", "application/yaml"});
    refused.message =
        "406: Not Acceptable\n\nAvailable representations: application/json, application/yaml, "
        "application/vnd.kubernetes.protobuf";
    throw refused;
}

}  // namespace mizzen::apiserver
