// SPDX-License-Identifier: Apache-2.0
// Implements simple_path.hpp.
#include "mizzen/apiserver/catalog/simple_path.hpp"

namespace mizzen::apiserver {

std::optional<std::vector<std::string>> parse_simple_path(std::string_view path) {
    std::vector<std::string> keys;
    while (!path.empty()) {
        std::size_t end;
        if (path.starts_with("['")) {
            end = path.find("']", 2);
            if (end == std::string_view::npos) return std::nullopt;
            keys.emplace_back(path.substr(2, end - 2));
            path.remove_prefix(end + 2);
            continue;
        }
        if (path[0] != '.') return std::nullopt;
        end = path.find_first_of(".[", 1);
        std::string_view key = path.substr(1, end == std::string_view::npos ? end : end - 1);
        if (key.empty()) return std::nullopt;
        keys.emplace_back(key);
        path.remove_prefix(key.size() + 1);
    }
    return keys;
}

const json::Value* value_at(const json::Value& object, std::string_view path) {
    std::optional<std::vector<std::string>> keys = parse_simple_path(path);
    const json::Value* here = keys && !keys->empty() ? &object : nullptr;
    for (std::size_t i = 0; here && i < keys->size(); ++i) here = here->find((*keys)[i]);
    return here;
}

void set_at(json::Value& object, std::string_view path, json::Value value) {
    std::optional<std::vector<std::string>> keys = parse_simple_path(path);
    if (!keys || keys->empty()) return;
    json::Value* here = &object;
    for (const std::string& key : *keys) {
        if (!here->is_object()) *here = json::Object{};
        here = &(*here)[key];
    }
    *here = std::move(value);
}

std::string selector_text(const json::Value* value) {
    if (!value) return "";
    if (value->is_string()) return value->as_string();
    if (value->is_integer()) return std::to_string(value->as_integer());
    if (value->is_bool()) return value->as_bool() ? "true" : "false";
    return "";
}

}  // namespace mizzen::apiserver
