// SPDX-License-Identifier: Apache-2.0
// Texts, booleans, numbers, times and pairs as the environment has them.
#include "mizzen/telemetry/environment/detail/values.hpp"

#include <fmt/format.h>

#include <charconv>

#include "mizzen/base/text.hpp"
#include "mizzen/net/http.hpp"
#include "mizzen/telemetry/otlp/detail/answer_message.hpp"

namespace mizzen::telemetry {
namespace {

constexpr std::chrono::milliseconds no_limit = std::chrono::hours(24 * 365 * 100);

}  // namespace

bool Variables::is_same(std::string_view a, std::string_view b) { return equal_ignoring_case(a, b); }

void Variables::warn(const std::string& name, std::string_view what) const {
    warnings_.push_back(otlp::one_line(name + ": " + std::string(what)));
}

std::optional<std::string> Variables::text(const std::string& name) const {
    const auto value = environment_(name);
    if (!value || trim(*value).empty()) return std::nullopt;
    return std::string(trim(*value));
}

void Variables::read(const std::string& name, std::string& into) const {
    if (auto value = text(name)) into = std::move(*value);
}

void Variables::read(const std::string& name, bool& into) const {
    const auto value = text(name);
    if (!value) return;
    into = is_same(*value, "true");
    if (!into && !is_same(*value, "false"))
        warn(name, fmt::format("expected true or false, got \"{}\"; that counts as false", *value));
}

std::optional<std::uint64_t> Variables::number(const std::string& name, std::uint64_t most) const {
    const auto value = text(name);
    if (!value) return std::nullopt;
    std::uint64_t number = 0;
    const char* const end = value->data() + value->size();
    const auto [stop, error] = std::from_chars(value->data(), end, number);
    if (error == std::errc{} && stop == end && number <= most) return number;
    warn(name, fmt::format("expected a whole number from 0 to {}, got \"{}\"; the default is used", most, *value));
    return std::nullopt;
}

void Variables::read(const std::string& name, std::size_t& into) const {
    constexpr std::uint64_t most = 2'147'483'647;  // what all implementations can hold
    if (const auto value = number(name, most)) into = *value;
}

void Variables::read_port(const std::string& name, int& into) const {
    if (const auto value = number(name, 65535)) into = static_cast<int>(*value);
}

void Variables::read(const std::string& name, Duration& into) const {
    if (const auto value = number(name, static_cast<std::uint64_t>(no_limit.count())))
        into = std::chrono::milliseconds(*value);
}

void Variables::read_timeout(const std::string& name, Duration& into) const {
    read(name, into);
    if (into == Duration::zero()) into = no_limit;
}

std::optional<Pairs> parse_pairs(std::string_view text) {
    Pairs pairs;
    for (const std::string_view entry : split(text, ',')) {
        if (trim(entry).empty()) continue;
        const std::size_t equals = entry.find('=');
        if (equals == std::string_view::npos) return std::nullopt;
        auto name = net::percent_decode(trim(entry.substr(0, equals)));
        auto value = net::percent_decode(trim(entry.substr(equals + 1)));
        if (!name || name->empty() || !value) return std::nullopt;
        pairs.emplace_back(std::move(*name), std::move(*value));
    }
    return pairs;
}

}  // namespace mizzen::telemetry
