// SPDX-License-Identifier: Apache-2.0
// Implements json_text.hpp with a scanner that only tells strings from structure.
#include "mizzen/apiserver/store/json_text.hpp"

#include <cstddef>

namespace mizzen::apiserver {
namespace {

// Past the string that starts at `at` (a quote).
std::size_t skip_string(std::string_view json, std::size_t at) {
    for (++at; at < json.size(); ++at) {
        if (json[at] == '\\')
            ++at;
        else if (json[at] == '"')
            return at + 1;
    }
    return json.size();
}

// Past the value that starts at `at`.
std::size_t skip_value(std::string_view json, std::size_t at) {
    int depth = 0;
    while (at < json.size()) {
        char c = json[at];
        if (c == '"') {
            at = skip_string(json, at);
            if (depth == 0) return at;
            continue;
        }
        if (c == '{' || c == '[') ++depth;
        if (c == '}' || c == ']') {
            if (depth == 0) return at;  // the end of what contains a scalar
            if (--depth == 0) return at + 1;
        }
        if (c == ',' && depth == 0) return at;
        ++at;
    }
    return at;
}

std::optional<std::string_view> member_of(std::string_view object, std::string_view key) {
    if (object.empty() || object[0] != '{') return std::nullopt;
    std::size_t at = 1;
    while (at < object.size() && object[at] == '"') {
        std::size_t key_end = skip_string(object, at);
        std::string_view found = object.substr(at + 1, key_end - at - 2);
        std::size_t value_end = skip_value(object, key_end + 1);
        if (found == key) return object.substr(key_end + 1, value_end - key_end - 1);
        at = value_end + 1;
    }
    return std::nullopt;
}

}  // namespace

std::optional<std::string_view> member_text(std::string_view json, std::initializer_list<std::string_view> path) {
    std::optional<std::string_view> here = json;
    for (std::string_view key : path) {
        here = member_of(*here, key);
        if (!here) return std::nullopt;
    }
    return here;
}

std::string with_member(std::string_view json, std::initializer_list<std::string_view> path, std::string_view text) {
    std::optional<std::string_view> old = member_text(json, path);
    if (!old) return std::string(json);
    auto start = static_cast<std::size_t>(old->data() - json.data());
    std::string out;
    out.reserve(json.size() + text.size());
    out.append(json.substr(0, start)).append(text).append(json.substr(start + old->size()));
    return out;
}

std::string with_revision(std::string_view json, std::uint64_t revision) {
    std::string text = "\"" + std::to_string(revision) + "\"";
    return with_member(json, {"metadata", "resourceVersion"}, text);
}

}  // namespace mizzen::apiserver
