// SPDX-License-Identifier: Apache-2.0
// URLs.
#include "mizzen/cel/url.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "mizzen/base/digits.hpp"
#include "mizzen/base/text.hpp"
#include "mizzen/cel/address.hpp"
#include "mizzen/cel/go_text.hpp"

namespace mizzen::cel {
namespace {

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool is_unreserved(char c) { return is_letter(c) || is_digit(c) || c == '-' || c == '_' || c == '.' || c == '~'; }
bool is_one_of(char c, std::string_view set) { return c != '\0' && set.find(c) != std::string_view::npos; }
int hex(char c) {
    if (is_digit(c)) return c - '0';
    char lower = static_cast<char>(c | 0x20);
    return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

enum class Part { path, host, query };

// Decoded, or what is wrong in `problem`.
std::string decode(std::string_view text, Part part, std::string& problem) {
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        char c = text[i];
        if (c == '%') {
            bool is_code = i + 2 < text.size() && hex(text[i + 1]) >= 0 && hex(text[i + 2]) >= 0;
            if (!is_code) {
                problem = fmt::format("invalid URL escape {}", go_quote(text.substr(i, 3)));
                return "";
            }
            auto byte = hex(text[i + 1]) << 4 | hex(text[i + 2]);
            if (part == Part::host && byte < 0x80 && text.substr(i, 3) != "%25") {
                problem = fmt::format("invalid URL escape {}", go_quote(text.substr(i, 3)));
                return "";
            }
            out += static_cast<char>(byte);
            i += 2;
            continue;
        }
        bool is_bad = part == Part::host && static_cast<unsigned char>(c) < 0x80 && !is_unreserved(c) &&
                      !is_one_of(c, "!$&'()*+,;=:[]<>\"");
        if (is_bad) {
            problem = fmt::format("invalid character {} in host name", go_quote(std::string_view(&c, 1)));
            return "";
        }
        out += part == Part::query && c == '+' ? ' ' : c;
    }
    return out;
}

bool is_encoded_path(std::string_view path) {
    return std::all_of(path.begin(), path.end(),
                       [](char c) { return is_unreserved(c) || is_one_of(c, "!$&'()*+,;=:@[]%/"); });
}

std::string encode_path(std::string_view path) {
    std::string out;
    for (char c : path) {
        if (is_unreserved(c) || is_one_of(c, "$&+,/:;=@"))
            out += c;
        else
            out += fmt::format("%{:02X}", static_cast<unsigned char>(c));
    }
    return out;
}

bool is_port(std::string_view text) {
    return text.empty() || (text[0] == ':' && std::all_of(text.begin() + 1, text.end(), is_digit));
}

struct Reader {
    Url url;
    std::string problem;

    void fail(std::string why) {
        if (problem.empty()) problem = std::move(why);
    }

    void read(std::string_view text) {
        bool has_control = std::any_of(text.begin(), text.end(),
                                       [](char c) { return static_cast<unsigned char>(c) < ' ' || c == 0x7f; });
        if (has_control) return fail("net/url: invalid control character in URL");
        if (text.empty()) return fail("empty url");
        if (text == "*") return void(url.path = "*");
        auto rest = take_scheme(text);
        if (auto mark = rest.find('?'); mark != std::string_view::npos) {
            url.query = rest.substr(mark + 1);
            rest = rest.substr(0, mark);
        }
        if (!rest.starts_with('/')) {
            if (url.scheme.empty()) fail("invalid URI for request");
            return;
        }
        if (!url.scheme.empty() && rest.starts_with("//")) {
            auto authority = rest.substr(2, rest.find('/', 2) - 2);
            rest.remove_prefix(2 + authority.size());
            read_authority(authority);
        }
        std::string why;
        auto plain = decode(rest, Part::path, why);
        if (!why.empty()) return fail(std::move(why));
        url.path = is_encoded_path(rest) ? std::string(rest) : encode_path(plain);
    }

    std::string_view take_scheme(std::string_view text) {
        std::size_t end = 0;
        while (end < text.size() &&
               (is_letter(text[end]) || (end > 0 && (is_digit(text[end]) || is_one_of(text[end], "+-.")))))
            ++end;
        if (end == text.size() || text[end] != ':') return text;
        if (end == 0) fail("missing protocol scheme");
        url.scheme = to_lower(text.substr(0, end));
        return text.substr(end + 1);
    }

    void read_authority(std::string_view text) {
        if (auto at = text.rfind('@'); at != std::string_view::npos) {
            auto user = text.substr(0, at);
            bool is_well = std::all_of(user.begin(), user.end(),
                                       [](char c) { return is_unreserved(c) || is_one_of(c, ":!$&'()*+,;=%@"); });
            if (!is_well) return fail("net/url: invalid userinfo");
            decode(user, Part::path, problem);
            text.remove_prefix(at + 1);
        }
        auto open = text.rfind('[');
        if (open != std::string_view::npos && open > 0) return fail("invalid IP-literal");
        if (open == 0) return read_literal(text);
        auto colon = text.find(':');
        bool is_web = url.scheme == "http" || url.scheme == "https";
        if (colon != std::string_view::npos && !is_web) colon = text.rfind(':');
        if (colon != std::string_view::npos && !is_port(text.substr(colon)))
            return fail(fmt::format("invalid port {} after host", go_quote(text.substr(colon))));
        url.host = decode(text, Part::host, problem);
    }

    void read_literal(std::string_view text) {
        auto close = text.rfind(']');
        if (close == std::string_view::npos) return fail("missing ']' in host");
        auto port = text.substr(close + 1);
        if (!is_port(port)) return fail(fmt::format("invalid port {} after host", go_quote(port)));
        auto name = decode(text.substr(1, close - 1), Part::host, problem);
        auto address = parse_address(name);
        if (!address.address) return fail("invalid host: " + address.problem);
        if (!address.address->is_v6) return fail("invalid IP-literal");
        url.host = fmt::format("[{}]{}", name, port);
    }
};

UrlText read(std::string_view text) {
    Reader reader;
    reader.read(text);
    if (!reader.problem.empty()) return {std::nullopt, fmt::format("parse {}: {}", go_quote(text), reader.problem)};
    reader.url.text = text;
    return {std::move(reader.url), ""};
}

}  // namespace

std::string Url::hostname() const {
    if (host.starts_with('[')) return host.substr(1, host.find(']') - 1);
    return host.substr(0, host.rfind(':'));
}

std::string Url::port() const {
    auto colon = host.rfind(':');
    bool is_inside = host.starts_with('[') && colon < host.find(']');
    return colon == std::string::npos || is_inside ? "" : host.substr(colon + 1);
}

std::map<std::string, std::vector<std::string>> Url::parameters() const {
    std::map<std::string, std::vector<std::string>> out;
    for (auto part : split(query, '&')) {
        if (part.empty() || part.find(';') != std::string_view::npos) continue;
        auto equals = std::min(part.find('='), part.size());
        std::string problem;
        auto key = decode(part.substr(0, equals), Part::query, problem);
        auto value = decode(part.substr(std::min(equals + 1, part.size())), Part::query, problem);
        if (problem.empty()) out[key].push_back(std::move(value));
    }
    return out;
}

std::string request_uri_problem(std::string_view text) { return read(text).problem; }

UrlText parse_url(std::string_view text) {
    if (auto problem = request_uri_problem(text); !problem.empty()) return {std::nullopt, problem};
    auto out = read(text.substr(0, text.find('#')));
    if (out.url) out.url->text = text;
    return out;
}

}  // namespace mizzen::cel
