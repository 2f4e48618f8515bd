// SPDX-License-Identifier: Apache-2.0
// From what counts least to what counts most.
#include "mizzen/telemetry/environment/detail/resource_variables.hpp"

#include <algorithm>

#include "mizzen/base/text.hpp"
#include "mizzen/base/utf8.hpp"
#include "mizzen/telemetry/environment/detail/entities.hpp"
#include "mizzen/telemetry/otlp/detail/exporter_request.hpp"

namespace mizzen::telemetry {
namespace {

constexpr std::string_view detectors_variable = "OTEL_EXPERIMENTAL_RESOURCE_DETECTORS";

std::vector<Detector> read_detectors(const Variables& variables) {
    const std::vector<Detector> all(std::begin(all_detectors), std::end(all_detectors));
    const auto text = variables.text(std::string(detectors_variable));
    if (!text) return all;
    std::vector<Detector> out;
    for (const std::string_view part : split(*text, ',')) {
        const std::string name = to_lower(trim(part));
        if (name == "all" || name == "*") return all;
        if (const auto detector = parse_detector(name)) {
            if (std::ranges::find(out, *detector) == out.end()) out.push_back(*detector);
        } else if (name != "none" && name != "otel" && name != "env" && !name.empty()) {
            variables.warn(std::string(detectors_variable),
                           "unknown detector \"" + name +
                               "\" is left out. There are process, host, os, container, kubernetes, all, none");
        }
    }
    return out;
}

void add(Attributes& to, const Attributes& from) {
    for (const Attribute& each : from) to.set(each.key, each.value);
}

}  // namespace

Attributes default_attributes(const Machine& machine) {
    Attributes out;
    out.set("telemetry.sdk.language", "cpp");
    out.set("telemetry.sdk.name", "mizzen");
    out.set("telemetry.sdk.version", otlp::user_agent.substr(otlp::user_agent.find('/') + 1));
    const std::string name = machine.executable.substr(machine.executable.rfind('/') + 1);
    out.set("service.name", name.empty() ? "unknown_service" : "unknown_service:" + to_valid_utf8(name));
    return out;
}

std::optional<Pairs> parse_resource_attributes(std::string_view text) {
    auto pairs = parse_pairs(text);
    const bool is_good = pairs && std::ranges::all_of(*pairs, [](const auto& pair) {
                             return is_utf8(pair.first) && is_utf8(pair.second);
                         });
    if (!is_good) pairs.reset();
    return pairs;
}

Resource read_resource(const Variables& variables, const Environment& environment, const Machine& machine) {
    Resource resource{.attributes = default_attributes(machine)};
    add(resource.attributes, detect(read_detectors(variables), machine, environment));
    if (const auto text = variables.text("OTEL_ENTITIES")) {
        ParsedEntities parsed = parse_entities(*text);
        for (const std::string& problem : parsed.problems) variables.warn("OTEL_ENTITIES", problem);
        add(resource.attributes, parsed.attributes);
        resource.entities = std::move(parsed.entities);
    }
    if (const auto text = variables.text("OTEL_RESOURCE_ATTRIBUTES")) {
        if (const auto pairs = parse_resource_attributes(*text)) {
            for (const auto& [key, value] : *pairs) resource.attributes.set(key, value);
        } else {
            variables.warn("OTEL_RESOURCE_ATTRIBUTES",
                           "expected name=value,name=value with percent-encoded values, got \"" + *text +
                               "\"; all of it is left out");
        }
    }
    if (const auto name = variables.text("OTEL_SERVICE_NAME"))
        resource.attributes.set("service.name", to_valid_utf8(*name));
    return resource;
}

}  // namespace mizzen::telemetry
