// SPDX-License-Identifier: Apache-2.0
// resolve_field_path: names behind dots, or in brackets and single quotes with escapes. No indexes.
#include "mizzen/apiserver/crd/field_path.hpp"

#include "mizzen/apiserver/kinds/place.hpp"

namespace mizzen::apiserver {
namespace {

std::optional<std::string> unquoted(std::string_view text) {
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] != '\\') {
            out += text[i];
            continue;
        }
        constexpr std::string_view codes = "abfnrtv'\\", meanings = "\a\b\f\n\r\t\v'\\";
        auto code = ++i < text.size() ? codes.find(text[i]) : std::string_view::npos;
        if (code == std::string_view::npos) return std::nullopt;
        out += meanings[code];
    }
    return out;
}

// The name at the front of the path, which is moved behind it.
std::optional<std::string> take_name(std::string_view& path) {
    char first = path[0];
    path.remove_prefix(1);
    if (first == '.') {
        auto name = std::string(path.substr(0, path.find_first_of(".[]")));
        path.remove_prefix(name.size());
        return name.empty() ? std::nullopt : std::optional(name);
    }
    if (first != '[' || path.empty() || path[0] != '\'') return std::nullopt;
    std::size_t end = 1;
    while (end < path.size() && !(path[end] == '\'' && path[end - 1] != '\\')) ++end;
    if (end + 1 >= path.size() || path[end + 1] != ']') return std::nullopt;
    auto name = unquoted(path.substr(1, end - 1));
    path.remove_prefix(end + 2);
    return name;
}

}  // namespace

std::optional<std::string> resolve_field_path(std::string_view path, const JsonSchema& schema) {
    std::string out;
    for (auto* at = &schema; !path.empty();) {
        auto name = take_name(path);
        if (!name) return std::nullopt;
        if (!at->properties.empty()) {
            at = at->property(*name);
            out = child_path(out, *name);
        } else {
            at = at->additional.get();
            out = key_path(out, *name);
        }
        if (!at) return std::nullopt;
    }
    return out;
}

}  // namespace mizzen::apiserver
