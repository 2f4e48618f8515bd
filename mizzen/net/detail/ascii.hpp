// SPDX-License-Identifier: Apache-2.0
// The few rules about ASCII that HTTP needs (RFC 9110, section 5).
#pragma once
#include <algorithm>
#include <string>
#include <string_view>

namespace mizzen::net::detail {

constexpr char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; }

// Equal without regard to case.
inline bool same_name(std::string_view a, std::string_view b) {
    return a.size() == b.size() &&
           std::equal(a.begin(), a.end(), b.begin(), [](char x, char y) { return lower(x) == lower(y); });
}

inline std::string lowered(std::string_view text) {
    std::string out(text);
    for (char& c : out) c = lower(c);
    return out;
}

// A character of a token: what methods and field names are made of.
constexpr bool is_token(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           std::string_view("!#$%&'*+-.^_`|~").find(c) != std::string_view::npos;
}

inline bool is_token(std::string_view text) {
    return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) { return is_token(c); });
}

// What a request line can carry: visible characters, at least one.
inline bool is_target(std::string_view text) {
    return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) { return c > 0x20 && c < 0x7f; });
}

// A field value holds no control character but the tab.
inline bool is_field_value(std::string_view text) {
    return std::all_of(text.begin(), text.end(),
                       [](char c) { return c == '\t' || (static_cast<unsigned char>(c) >= 0x20 && c != 0x7f); });
}

inline std::string_view trimmed(std::string_view text) {
    while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
    while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
    return text;
}

// A weight (RFC 9110, 12.4.2) in thousandths: 500 for "0.5". What is none counts as 0, so that it is not taken by
// mistake.
inline int parse_weight(std::string_view text) {
    if (text.empty() || text.size() > 5 || (text[0] != '0' && text[0] != '1')) return 0;
    if (text.size() > 1 && text[1] != '.') return 0;
    int weight = text[0] == '1' ? 1000 : 0;
    int unit = 100;
    for (std::size_t i = 2; i < text.size(); ++i, unit /= 10) {
        if (text[i] < '0' || text[i] > '9') return 0;
        weight += unit * (text[i] - '0');
    }
    return weight <= 1000 ? weight : 0;
}

// The weight with which `list` ("gzip, deflate;q=0.5") names `item`, in thousandths; 0 if it does not.
inline int weight(std::string_view list, std::string_view item) {
    while (!list.empty()) {
        const auto comma = std::min(list.find(','), list.size());
        const std::string_view entry = list.substr(0, comma);
        list.remove_prefix(std::min(comma + 1, list.size()));
        const auto semicolon = std::min(entry.find(';'), entry.size());
        if (!same_name(trimmed(entry.substr(0, semicolon)), item)) continue;
        const std::string_view parameter = trimmed(entry.substr(std::min(semicolon + 1, entry.size())));
        return same_name(parameter.substr(0, 2), "q=") ? parse_weight(parameter.substr(2)) : 1000;
    }
    return 0;
}

// Whether `list` names `item` with a weight above zero.
inline bool lists(std::string_view list, std::string_view item) { return weight(list, item) > 0; }

}  // namespace mizzen::net::detail
