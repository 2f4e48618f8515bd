// SPDX-License-Identifier: Apache-2.0
// OTEL_TRACES_SAMPLER and its argument (OpenTelemetry specification, configuration/sdk-environment-variables).
#include <fmt/format.h>

#include <charconv>
#include <optional>

#include "mizzen/base/text.hpp"
#include "mizzen/telemetry/trace/sampler.hpp"

namespace mizzen::telemetry {
namespace {

std::optional<double> parse_ratio(std::string_view text) {
    double ratio = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), ratio);
    if (error != std::errc{} || end != text.data() + text.size() || !(ratio >= 0 && ratio <= 1)) return std::nullopt;
    return ratio;
}

double ratio_or_all(std::string_view argument, std::vector<std::string>& warnings) {
    if (argument.empty()) return 1;
    if (const auto ratio = parse_ratio(argument)) return *ratio;
    warnings.push_back(fmt::format(
        "OTEL_TRACES_SAMPLER_ARG: expected a number from 0 to 1 such as 0.25, got \"{}\"; 1 is used", argument));
    return 1;
}

}  // namespace

ConfiguredSampler configure_sampler(std::string_view name, std::string_view argument) {
    name = trim(name);
    argument = trim(argument);
    ConfiguredSampler out;
    if (name == "always_on") {
        out.sampler = always_on();
    } else if (name == "always_off") {
        out.sampler = always_off();
    } else if (name == "traceidratio") {
        out.sampler = trace_id_ratio(ratio_or_all(argument, out.warnings));
    } else if (name == "parentbased_always_off") {
        out.sampler = parent_based(always_off());
    } else if (name == "parentbased_traceidratio") {
        out.sampler = parent_based(trace_id_ratio(ratio_or_all(argument, out.warnings)));
    } else {
        if (!name.empty() && name != "parentbased_always_on") {
            out.warnings.push_back(
                fmt::format("OTEL_TRACES_SAMPLER: unknown sampler \"{}\"; parentbased_always_on is used. "
                            "There are always_on, always_off, traceidratio, parentbased_always_on, "
                            "parentbased_always_off, parentbased_traceidratio",
                            name));
        }
        out.sampler = parent_based(always_on());
    }
    return out;
}

}  // namespace mizzen::telemetry
