// SPDX-License-Identifier: Apache-2.0
// The string formats that custom resources can ask for, as kube-apiserver checks them.
#include <algorithm>
#include <array>
#include <functional>

#include "mizzen/apiserver/crd/json_schema.hpp"
#include "mizzen/apiserver/kinds/text_rules.hpp"
#include "mizzen/base/digits.hpp"
#include "mizzen/base/text.hpp"
#include "mizzen/base/time.hpp"

namespace mizzen::apiserver {
namespace {

bool is_hex(char c) { return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'); }

bool is_date(std::string_view text) {
    return text.size() == 10 && parse_rfc3339(std::string(text) + "T00:00:00Z").has_value();
}

// Looser than RFC 3339 about the offset's range, and without leap seconds.
bool is_date_time(std::string_view text) {
    auto t = text.find_first_of("tT");
    if (t == std::string_view::npos || !is_date(text.substr(0, t))) return false;
    auto rest = text.substr(t + 1);
    auto part = [&](int most, bool colon) {
        auto n = take_digits(rest, 2);
        return n && *n <= most && (!colon || take_char(rest, ':'));
    };
    if (!part(23, true) || !part(59, true) || !part(59, false)) return false;
    if (rest.size() > 1 && !is_digit(rest[0]) && is_digit(rest[1]) && rest[0] != '+' && rest[0] != '-') {
        rest.remove_prefix(1);
        while (!rest.empty() && is_digit(rest[0])) rest.remove_prefix(1);
    }
    if (rest == "z" || rest == "Z") return true;
    if (rest.empty() || (rest[0] != '+' && rest[0] != '-')) return false;
    rest.remove_prefix(1);
    return part(99, true) && part(99, false) && rest.empty();
}

bool is_base64(std::string_view text) {
    if (text.size() % 4 != 0) return false;
    auto end = text.find('=');
    auto body = text.substr(0, end);
    auto tail = end == std::string_view::npos ? std::string_view() : text.substr(end);
    bool well = std::all_of(body.begin(), body.end(), [](char c) {
        return is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '+' || c == '/';
    });
    return well && !text.empty() && (tail.empty() || tail == "=" || tail == "==");
}

// 8-4-4-4-12 hexadecimal digits, the dashes optional.
bool is_uuid(std::string_view text, char version) {
    std::string digits;
    constexpr std::array<std::size_t, 5> groups{8, 4, 4, 4, 12};
    for (std::size_t g = 0; g < groups.size(); ++g) {
        if (g > 0) take_char(text, '-');
        if (text.size() < groups[g]) return false;
        digits += text.substr(0, groups[g]);
        text.remove_prefix(groups[g]);
    }
    if (!text.empty() || !std::all_of(digits.begin(), digits.end(), is_hex)) return false;
    if (version == 0) return true;
    bool has_variant = std::string_view("89abAB").find(digits[16]) != std::string_view::npos;
    return digits[12] == version && (version == '3' || has_variant);
}

bool is_mac(std::string_view text) {
    auto groups_of = [&](std::size_t width, char separator) {
        std::size_t n = 0;
        for (auto rest = text; rest.size() >= width; ++n) {
            if (!std::all_of(rest.begin(), rest.begin() + static_cast<std::ptrdiff_t>(width), is_hex))
                return std::size_t{0};
            rest.remove_prefix(width);
            if (rest.empty()) return n + 1;
            if (!take_char(rest, separator)) return std::size_t{0};
        }
        return std::size_t{0};
    };
    auto is_count = [](std::size_t n, std::size_t unit) { return n == 6 / unit || n == 8 / unit || n == 20 / unit; };
    return is_count(groups_of(2, ':'), 1) || is_count(groups_of(2, '-'), 1) || is_count(groups_of(4, '.'), 2);
}

bool is_hostname(std::string_view text) {
    if (text.empty() || text.size() > 255) return false;
    auto is_letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c & 0x80) != 0; };
    bool has_dot = text.find('.') != std::string_view::npos;
    while (true) {
        auto dot = text.find('.');
        auto label = text.substr(0, dot);
        auto inner = [&](char c) { return is_letter(c) || is_digit(c) || c == '-'; };
        if (label.empty() || label.size() > 63 || !std::all_of(label.begin(), label.end(), inner)) return false;
        if (label.front() == '-' || label.back() == '-') return false;
        if (dot == std::string_view::npos) {
            return !has_dot || (label.size() >= 2 && std::all_of(label.begin(), label.end(), is_letter));
        }
        text.remove_prefix(dot + 1);
    }
}

bool is_email(std::string_view text) {
    if (text.ends_with('>')) {
        auto open = text.rfind('<');
        if (open == std::string_view::npos) return false;
        text = text.substr(open + 1, text.size() - open - 2);
    }
    auto at = text.rfind('@');
    if (at == std::string_view::npos || at == 0 || at + 1 == text.size()) return false;
    auto is_atom = [](std::string_view part) {
        auto fine = [](char c) {
            return static_cast<unsigned char>(c) > ' ' &&
                   std::string_view("()<>[]:;@\\,\"").find(c) == std::string_view::npos;
        };
        return std::all_of(part.begin(), part.end(), fine) && part.front() != '.' && part.back() != '.' &&
               part.find("..") == std::string_view::npos;
    };
    auto local = text.substr(0, at);
    bool is_quoted = local.size() > 2 && local.front() == '"' && local.back() == '"';
    return (is_quoted || is_atom(local)) && is_atom(text.substr(at + 1));
}

// An absolute URI or an absolute path.
bool is_request_uri(std::string_view text) {
    bool clean =
        std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) > ' ' && c != 0x7f; });
    if (text.empty() || !clean) return false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '%' && (i + 2 >= text.size() || !is_hex(text[i + 1]) || !is_hex(text[i + 2]))) return false;
    }
    if (text[0] == '/') return true;
    auto colon = text.find(':');
    if (colon == 0 || colon == std::string_view::npos) return false;
    auto scheme = text.substr(0, colon);
    auto is_scheme = [](char c) {
        return is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '+' || c == '-' || c == '.';
    };
    return std::all_of(scheme.begin(), scheme.end(), is_scheme) && !is_digit(scheme[0]);
}

// Go's durations, or Scala's: "22 ns", "3 weeks".
bool is_duration(std::string_view text) {
    if (parse_duration(text)) return true;
    constexpr std::array<std::string_view, 9> exact{"ns", "us", "ms", "s", "m", "h", "d", "w", "µs"};
    constexpr std::array<std::string_view, 10> begun{"nano", "micro", "milli", "sec", "min",
                                                     "hour", "day",   "week",  "hr",  "wk"};
    auto digit = std::find_if(text.begin(), text.end(), is_digit);
    auto rest = text.substr(static_cast<std::size_t>(digit - text.begin()));
    while (!rest.empty() && is_digit(rest[0])) rest.remove_prefix(1);
    if (digit == text.end()) return false;
    while (!rest.empty() && rest[0] == ' ') rest.remove_prefix(1);
    auto unit = to_lower(rest);
    return std::find(exact.begin(), exact.end(), unit) != exact.end() ||
           std::any_of(begun.begin(), begun.end(), [&](auto word) { return unit.starts_with(word); });
}

std::string only_digits(std::string_view text) {
    std::string out;
    std::copy_if(text.begin(), text.end(), std::back_inserter(out), is_digit);
    return out;
}

bool is_isbn10(std::string_view text) {
    std::string body;
    for (char c : text) {
        if (c != '-' && c != ' ') body += c;
    }
    if (body.size() != 10) return false;
    int sum = 0;
    for (int i = 0; i < 10; ++i) {
        bool is_x = i == 9 && body[i] == 'X';
        if (!is_x && !is_digit(body[i])) return false;
        sum += (10 - i) * (is_x ? 10 : body[i] - '0');
    }
    return sum % 11 == 0;
}

bool is_isbn13(std::string_view text) {
    std::string body;
    for (char c : text) {
        if (c != '-' && c != ' ') body += c;
    }
    if (body.size() != 13 || !std::all_of(body.begin(), body.end(), is_digit)) return false;
    int sum = 0;
    for (int i = 0; i < 13; ++i) sum += (i % 2 == 0 ? 1 : 3) * (body[i] - '0');
    return sum % 10 == 0;
}

bool is_credit_card(std::string_view text) {
    static const Regex form(
        R"(^(?:4[0-9]{12}(?:[0-9]{3})?|5[1-5][0-9]{14}|6(?:011|5[0-9][0-9])[0-9]{12}|3[47][0-9]{13}|3(?:0[0-5]|[68][0-9])[0-9]{11}|(?:2131|1800|35\d{3})\d{11})$)");
    auto digits = only_digits(text);
    int sum = 0;
    for (std::size_t i = 0; i < digits.size(); ++i) {
        int n = digits[digits.size() - 1 - i] - '0';
        if (i % 2 == 1) n = n * 2 > 9 ? n * 2 - 9 : n * 2;
        sum += n;
    }
    return form.search(digits) && sum % 10 == 0;
}

bool is_rgb(std::string_view text) {
    static const Regex form(
        R"(^rgb\(\s*(0|[1-9]\d?|1\d\d?|2[0-4]\d|25[0-5])\s*,\s*(0|[1-9]\d?|1\d\d?|2[0-4]\d|25[0-5])\s*,\s*(0|[1-9]\d?|1\d\d?|2[0-4]\d|25[0-5])\s*\)$)");
    return form.search(text);
}

bool is_hex_color(std::string_view text) {
    take_char(text, '#');
    return (text.size() == 3 || text.size() == 6) && std::all_of(text.begin(), text.end(), is_hex);
}

bool is_ssn(std::string_view text) {
    static const Regex form(R"(^\d{3}[- ]?\d{2}[- ]?\d{4}$)");
    return form.search(text);
}

bool is_object_id(std::string_view text) { return text.size() == 24 && std::all_of(text.begin(), text.end(), is_hex); }

struct NamedFormat {
    std::string_view name;  // without dashes: "datetime" is "date-time"
    bool (*check)(std::string_view);
};

constexpr std::array<NamedFormat, 26> formats{{
    {"bsonobjectid", is_object_id},
    {"byte", is_base64},
    {"cidr", [](std::string_view t) { return cidr(t, false).empty(); }},
    {"creditcard", is_credit_card},
    {"date", is_date},
    {"datetime", is_date_time},
    {"duration", is_duration},
    {"email", is_email},
    {"hexcolor", is_hex_color},
    {"hostname", is_hostname},
    {"ipv4", [](std::string_view t) { return is_ipv4(t) && t.find(':') == std::string_view::npos; }},
    {"ipv6", [](std::string_view t) { return ip_address(t, false).empty() && t.find(':') != std::string_view::npos; }},
    {"isbn", [](std::string_view t) { return is_isbn10(t) || is_isbn13(t); }},
    {"isbn10", is_isbn10},
    {"isbn13", is_isbn13},
    {"k8slongname", [](std::string_view t) { return dns1123_subdomain(t).empty(); }},
    {"k8sshortname", [](std::string_view t) { return dns1123_label(t).empty(); }},
    {"mac", is_mac},
    {"password", [](std::string_view) { return true; }},
    {"rgbcolor", is_rgb},
    {"ssn", is_ssn},
    {"uri", is_request_uri},
    {"uuid", [](std::string_view t) { return is_uuid(t, 0); }},
    {"uuid3", [](std::string_view t) { return is_uuid(t, '3'); }},
    {"uuid4", [](std::string_view t) { return is_uuid(t, '4'); }},
    {"uuid5", [](std::string_view t) { return is_uuid(t, '5'); }},
}};

const NamedFormat* find_format(std::string_view format) {
    std::string name;
    std::copy_if(format.begin(), format.end(), std::back_inserter(name), [](char c) { return c != '-'; });
    auto found = std::find_if(formats.begin(), formats.end(), [&](auto& f) { return f.name == name; });
    return name.empty() || found == formats.end() ? nullptr : &*found;
}

}  // namespace

bool is_known_format(std::string_view format) { return find_format(format) != nullptr; }

bool has_format(std::string_view text, std::string_view format) {
    auto* found = find_format(format);
    return !found || found->check(text);
}

}  // namespace mizzen::apiserver
