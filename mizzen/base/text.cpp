// SPDX-License-Identifier: Apache-2.0
// Splitting, joining, trimming, naming.
#include "mizzen/base/text.hpp"

#include <algorithm>

namespace mizzen {
namespace {

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }
bool is_alphanumeric(char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'); }

template <class Parts>
std::string join_all(const Parts& parts, std::string_view separator) {
    std::string out;
    for (const auto& p : parts) {
        if (&p != &parts.front()) out += separator;
        out += p;
    }
    return out;
}

bool is_label_of_any_length(std::string_view s) {
    const auto allowed = [](char c) { return is_alphanumeric(c) || c == '-'; };
    return !s.empty() && is_alphanumeric(s.front()) && is_alphanumeric(s.back()) &&
           std::all_of(s.begin(), s.end(), allowed);
}

}  // namespace

std::vector<std::string_view> split(std::string_view text, char separator) {
    std::vector<std::string_view> parts;
    for (;;) {
        const std::size_t at = text.find(separator);
        parts.push_back(text.substr(0, at));
        if (at == std::string_view::npos) return parts;
        text.remove_prefix(at + 1);
    }
}

std::string join(const std::vector<std::string>& parts, std::string_view separator) {
    return join_all(parts, separator);
}
std::string join(const std::vector<std::string_view>& parts, std::string_view separator) {
    return join_all(parts, separator);
}

std::string_view trim(std::string_view text) {
    constexpr std::string_view space = " \t\r\n";
    const std::size_t first = text.find_first_not_of(space);
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(space) - first + 1);
}

std::string to_lower(std::string_view text) {
    std::string out(text);
    std::transform(out.begin(), out.end(), out.begin(), lower);
    return out;
}

bool equal_ignoring_case(std::string_view a, std::string_view b) {
    return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](char x, char y) { return lower(x) == lower(y); });
}

bool is_dns1123_label(std::string_view name) { return name.size() <= 63 && is_label_of_any_length(name); }

bool is_dns1123_subdomain(std::string_view name) {
    if (name.size() > 253) return false;
    const auto labels = split(name, '.');
    return std::all_of(labels.begin(), labels.end(), is_label_of_any_length);
}

}  // namespace mizzen
