// SPDX-License-Identifier: Apache-2.0
// The forms of names, written as plain loops: they run for every write.
#include "mizzen/apiserver/kinds/text_rules.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "mizzen/apiserver/selector/names.hpp"

namespace mizzen::apiserver {
namespace {

bool is_lower(char c) { return c >= 'a' && c <= 'z'; }
bool is_decimal(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) { return is_lower(c) || (c >= 'A' && c <= 'Z'); }
bool is_alnum(char c) { return is_letter(c) || is_decimal(c); }
bool is_dns(char c) { return is_lower(c) || is_decimal(c) || c == '-'; }

bool all(std::string_view text, bool (*fn)(char)) { return std::all_of(text.begin(), text.end(), fn); }

// [a-z0-9]([-a-z0-9]*[a-z0-9])? without a limit on the length.
bool looks_like_label(std::string_view text) {
    return !text.empty() && all(text, is_dns) && text.front() != '-' && text.back() != '-';
}

bool looks_like_subdomain(std::string_view text) {
    while (true) {
        auto dot = text.find('.');
        if (!looks_like_label(text.substr(0, dot))) return false;
        if (dot == std::string_view::npos) return true;
        text.remove_prefix(dot + 1);
    }
}

std::string regex_complaint(std::string_view what, std::string_view regex,
                            std::initializer_list<std::string_view> examples) {
    std::string out(what);
    if (examples.size() == 0) return out + fmt::format(" (regex used for validation is '{}')", regex);
    out += " (e.g. ";
    for (auto example : examples) out += fmt::format("{}'{}', ", example == *examples.begin() ? "" : " or ", example);
    return out + fmt::format("regex used for validation is '{}')", regex);
}

constexpr std::string_view label_regex = "[a-z0-9]([-a-z0-9]*[a-z0-9])?";
constexpr std::string_view subdomain_regex = R"([a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*)";
void add_length(Complaints& out, std::string_view text, std::size_t limit) {
    if (text.size() > limit) out.push_back(max_length(limit));
}

void add_parent_dir(Complaints& out, std::string_view text) {
    if (text == "." || text == "..")
        out.push_back(fmt::format("must not be '{}'", text));
    else if (text.starts_with(".."))
        out.emplace_back("must not start with '..'");
}

}  // namespace

std::string max_length(std::size_t limit) { return fmt::format("must be no more than {} characters", limit); }

std::string joined(const Complaints& complaints, std::string_view separator) {
    return fmt::format("{}", fmt::join(complaints, separator));
}

Complaints dns1123_label(std::string_view text) {
    Complaints out;
    add_length(out, text, 63);
    if (looks_like_label(text)) return out;
    if (looks_like_subdomain(text)) {
        out.emplace_back("must not contain dots");
    } else {
        out.push_back(
            regex_complaint("a lowercase RFC 1123 label must consist of lower case alphanumeric characters or "
                            "'-', and must start and end with an alphanumeric character",
                            label_regex, {"my-name", "123-abc"}));
    }
    return out;
}

Complaints dns1123_subdomain(std::string_view text) {
    Complaints out;
    add_length(out, text, 253);
    if (!looks_like_subdomain(text)) {
        out.push_back(
            regex_complaint("a lowercase RFC 1123 subdomain must consist of lower case alphanumeric "
                            "characters, '-' or '.', and must start and end with an alphanumeric character",
                            subdomain_regex, {"example.com"}));
    }
    return out;
}

Complaints wildcard_subdomain(std::string_view text) {
    Complaints out;
    add_length(out, text, 253);
    if (!text.starts_with("*.") || !looks_like_subdomain(text.substr(2))) {
        out.push_back(
            regex_complaint("a wildcard DNS-1123 subdomain must start with '*.', followed by a valid DNS "
                            "subdomain, which must consist of lower case alphanumeric characters, '-' or '.' "
                            "and end with an alphanumeric character",
                            fmt::format(R"(\*\.{})", subdomain_regex), {"*.example.com"}));
    }
    return out;
}

Complaints dns1035_label(std::string_view text) {
    Complaints out;
    add_length(out, text, 63);
    if (!looks_like_label(text) || !is_lower(text.front())) {
        out.push_back(
            regex_complaint("a DNS-1035 label must consist of lower case alphanumeric characters or '-', "
                            "start with an alphabetic character, and end with an alphanumeric character",
                            "[a-z]([-a-z0-9]*[a-z0-9])?", {"my-name", "abc-123"}));
    }
    return out;
}

Complaints label_key(std::string_view text) { return label_key_problems(text); }
Complaints label_value(std::string_view text) { return label_value_problems(text); }

Complaints config_map_key(std::string_view text) {
    Complaints out;
    add_length(out, text, 253);
    auto allowed = [](char c) { return is_alnum(c) || c == '-' || c == '_' || c == '.'; };
    if (text.empty() || !all(text, allowed)) {
        out.push_back(regex_complaint("a valid config key must consist of alphanumeric characters, '-', '_' or '.'",
                                      "[-._a-zA-Z0-9]+", {"key.name", "KEY_NAME", "key-name"}));
    }
    add_parent_dir(out, text);
    return out;
}

Complaints env_var_name(std::string_view text) {
    Complaints out;
    if (text.empty()) out.emplace_back("environment variable name must be non-empty");
    if (!all(text, [](char c) { return c >= ' ' && c <= '~' && c != '='; })) {
        out.emplace_back(
            "a valid environment variable name must consist only of printable ASCII characters other than '='");
    }
    return out;
}

Complaints port_name(std::string_view text) {
    Complaints out;
    add_length(out, text, 15);
    if (text.empty() || !all(text, is_dns)) {
        out.emplace_back("must contain only alpha-numeric characters (a-z, 0-9), and hyphens (-)");
    }
    if (std::none_of(text.begin(), text.end(), is_lower)) out.emplace_back("must contain at least one letter (a-z)");
    if (text.find("--") != std::string_view::npos) out.emplace_back("must not contain consecutive hyphens");
    if (!text.empty() && (text.front() == '-' || text.back() == '-')) {
        out.emplace_back("must not begin or end with a hyphen");
    }
    return out;
}

Complaints http_header_name(std::string_view text) {
    if (!text.empty() && all(text, [](char c) { return is_alnum(c) || c == '-'; })) return {};
    return {regex_complaint("a valid HTTP header must consist of alphanumeric characters or '-'", "[-A-Za-z0-9]+",
                            {"X-Header-Name"})};
}

Complaints c_identifier(std::string_view text) {
    bool well = !text.empty() && !is_decimal(text[0]) && all(text, [](char c) { return is_alnum(c) || c == '_'; });
    if (well) return {};
    return {
        regex_complaint("a valid C identifier must start with alphabetic character or '_', followed by a string of "
                        "alphanumeric characters or '_'",
                        "[A-Za-z_][A-Za-z0-9_]*", {"my_name", "MY_NAME", "MyName"})};
}

Complaints percent(std::string_view text) {
    if (text.size() >= 2 && text.back() == '%' && all(text.substr(0, text.size() - 1), is_decimal)) return {};
    return {regex_complaint("a valid percent string must be a numeric string followed by an ending '%'", "[0-9]+%",
                            {"1%", "93%"})};
}

Complaints path_segment(std::string_view text) {
    if (text == "." || text == "..") return {fmt::format("may not be '{}'", text)};
    Complaints out;
    for (char c : {'/', '%'}) {
        if (text.find(c) != std::string_view::npos) out.push_back(fmt::format("may not contain '{}'", c));
    }
    return out;
}

Complaints in_range(long long value, long long least, long long most) {
    if (value >= least && value <= most) return {};
    return {fmt::format("must be between {} and {}, inclusive", least, most)};
}

Complaints port_number(long long port) { return in_range(port, 1, 65535); }

Complaints object_name(std::string_view text, std::string_view name_form) {
    if (name_form == "path") return path_segment(text);
    if (name_form == "label" || name_form == "service") return dns1123_label(text);
    return dns1123_subdomain(text);
}

}  // namespace mizzen::apiserver
