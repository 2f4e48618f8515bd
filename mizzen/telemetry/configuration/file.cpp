// SPDX-License-Identifier: Apache-2.0
// The top of a configuration file.
#include "mizzen/telemetry/configuration/file.hpp"

#include "mizzen/base/error.hpp"
#include "mizzen/telemetry/configuration/detail/resource_section.hpp"
#include "mizzen/telemetry/configuration/detail/sections.hpp"

namespace mizzen::telemetry {
namespace {

void check_format(const Node& root) {
    const Node format = root.get("file_format");
    const std::string text = format.value().is_string() ? format.text() : "";
    if (text == "1.0" || text == "1.1") return;
    format.fail("expected \"1.0\" or \"1.1\", got " + format.shown() +
                (format.value().is_number() ? "; put quotes around it" : ""));
}

// Of "info2" and its like there is one level.
std::optional<Severity> read_level(const Node& node) {
    std::string text = node.text();
    if (text.size() > 1 && text.back() >= '2' && text.back() <= '4') text.pop_back();
    for (const Severity level :
         {Severity::trace, Severity::debug, Severity::info, Severity::warn, Severity::error, Severity::fatal})
        if (text == to_string(level)) return level;
    node.fail("expected one of trace, debug, info, warn, error, fatal, or such a level with 2, 3 or 4, got " +
              node.shown());
}

void read_limits(const Node& root, Configuration& out) {
    const auto limits = root.find("attribute_limits");
    if (!limits) return;
    limits->expect_members({"attribute_value_length_limit", "attribute_value_depth_limit", "attribute_count_limit"});
    read_attribute_limits(*limits, out.span_limits.attributes);
    out.log_limits = out.span_limits.attributes;
}

}  // namespace

Configuration read_configuration(std::string_view text, std::string_view name, const Environment& environment,
                                 const Machine& machine) {
    ConfigurationDocument document = parse_document(text, name, environment);
    const Node root(document, document.yaml.value, "");
    root.expect_members({"file_format", "disabled", "log_level", "attribute_limits", "resource", "propagator",
                         "tracer_provider", "meter_provider", "logger_provider", "instrumentation/development",
                         "distribution"});
    check_format(root);
    Configuration out{.propagators = "none", .traces = {}, .metrics = {}, .logs = {}};
    if (const auto disabled = root.find("disabled")) out.disabled = disabled->flag();
    if (const auto level = root.find("log_level")) out.log_level = read_level(*level);
    read_limits(root, out);
    const auto resource = root.find("resource");
    out.resource = read_resource_section(resource ? &*resource : nullptr, environment, machine);
    if (const auto propagator = root.find("propagator")) out.propagators = read_propagator(*propagator);
    if (const auto tracers = root.find("tracer_provider")) read_tracer_provider(*tracers, out);
    if (const auto meters = root.find("meter_provider")) read_meter_provider(*meters, out);
    if (const auto loggers = root.find("logger_provider")) read_logger_provider(*loggers, out);
    for (const std::string_view other : {"instrumentation/development", "distribution"})
        if (const auto node = root.find(other)) node->warn("nothing here reads it");
    out.warnings = std::move(document.warnings);
    return out;
}

Configuration read_configuration_file(std::string_view variable, const std::string& path,
                                      const Environment& environment, const Machine& machine) {
    const auto text = machine.read(path);
    if (!text)
        throw Error(ErrorKind::invalid, std::string(variable) + ": cannot read " + path +
                                            "; name a file in YAML that can be read, or do not set the variable");
    return read_configuration(*text, path, environment, machine);
}

}  // namespace mizzen::telemetry
