// SPDX-License-Identifier: Apache-2.0
// Levels by module: reading them, and which one counts.
#include "mizzen/telemetry/logs/log_levels.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "mizzen/base/error.hpp"
#include "mizzen/base/text.hpp"
#include "mizzen/base/utf8.hpp"

namespace mizzen::telemetry {
namespace {

constexpr std::array<std::string_view, 7> names = {"trace", "debug", "info", "warn", "error", "fatal", "off"};

[[noreturn]] void refuse(std::string_view levels, std::string_view problem) {
    throw Error(ErrorKind::invalid, fmt::format("log levels \"{}\": {}; write levels such as \"kube=debug,info\"",
                                                to_valid_utf8(levels), to_valid_utf8(problem)));
}

bool is_module_name(std::string_view name) {
    for (const std::string_view part : split(name, '.'))
        if (part.empty() || part.find_first_of(" \t\r\n\"") != std::string_view::npos) return false;
    return true;
}

}  // namespace

std::string_view to_string(Severity severity) {
    const auto number = static_cast<unsigned>(severity);
    return names[number == 0 ? 0 : std::min<std::size_t>((number - 1) / 4, names.size() - 1)];
}

std::optional<Severity> parse_severity(std::string_view name) {
    for (std::size_t i = 0; i < names.size(); ++i)
        if (equal_ignoring_case(name, names[i])) return static_cast<Severity>(1 + 4 * i);
    return std::nullopt;
}

LogLevels::Rules LogLevels::parse(std::string_view levels) {
    Rules rules;
    if (trim(levels).empty()) return rules;
    bool has_others = false;
    for (const std::string_view entry : split(levels, ',')) {
        const std::size_t equals = entry.find('=');
        const bool is_for_others = equals == std::string_view::npos;
        const std::string_view name = is_for_others ? std::string_view() : trim(entry.substr(0, equals));
        const std::string_view level = trim(is_for_others ? entry : entry.substr(equals + 1));
        if (level.empty() && name.empty()) refuse(levels, "there is a comma with nothing before or after it");
        if (!is_for_others && !is_module_name(name)) refuse(levels, fmt::format("\"{}\" is not a module", name));
        const auto severity = parse_severity(level);
        if (!severity)
            refuse(levels,
                   fmt::format("\"{}\" is not a level, which are trace, debug, info, warn, error, fatal, off", level));
        if (is_for_others ? has_others : rules.modules.contains(name))
            refuse(levels,
                   is_for_others ? "two levels are for all other modules" : fmt::format("\"{}\" has two levels", name));
        if (is_for_others) {
            rules.others = *severity;
            has_others = true;
        } else {
            rules.modules.emplace(name, *severity);
        }
    }
    return rules;
}

Severity LogLevels::Rules::level_of(std::string_view module) const {
    for (std::string_view name = module;; name = name.substr(0, name.rfind('.'))) {
        if (const auto found = modules.find(name); found != modules.end()) return found->second;
        if (name.rfind('.') == std::string_view::npos) return others;
    }
}

void LogLevels::set(std::string_view levels) {
    Rules rules = parse(levels);
    const std::lock_guard lock(mutex_);
    rules_ = std::move(rules);
    for (auto& [name, module] : modules_) module.level.store(rules_.level_of(name), std::memory_order_relaxed);
}

std::string LogLevels::text() const {
    const std::lock_guard lock(mutex_);
    std::string text;
    for (const auto& [name, level] : rules_.modules) text.append(name).append("=").append(to_string(level)).append(",");
    return text.append(to_string(rules_.others));
}

Severity LogLevels::level_of(std::string_view module) const {
    const std::lock_guard lock(mutex_);
    return rules_.level_of(module);
}

LogModule& LogLevels::module(std::string_view name) {
    const std::lock_guard lock(mutex_);
    const auto [found, is_new] = modules_.try_emplace(std::string(name));
    LogModule& module = found->second;
    if (is_new) {
        module.level.store(rules_.level_of(name), std::memory_order_relaxed);
        module.scope = std::make_shared<const InstrumentationScope>(InstrumentationScope{.name = std::string(name)});
    }
    return module;
}

}  // namespace mizzen::telemetry
