// SPDX-License-Identifier: Apache-2.0
// Path elements: writing, reading, and finding the keys of a list element.
#include "mizzen/apiserver/apply/path_element.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "mizzen/apiserver/apply/node_type.hpp"
#include "mizzen/apiserver/status.hpp"
#include "mizzen/base/digits.hpp"
#include "mizzen/base/error.hpp"
#include "mizzen/json/json.hpp"

namespace mizzen::apiserver {
namespace {

using json::Value;
using kube::schema::Merge;
using kube::schema::Type;

// The default of the i-th key as JSON text, or "". Keys that Go always writes have their zero value.
std::string key_default(const Type& list, std::size_t i) {
    if (i < list.map_key_defaults.size() && !list.map_key_defaults[i].empty())
        return std::string(list.map_key_defaults[i]);
    const auto* field = item_type(list).find(list.map_keys[i]);
    if (field && !field->default_json.empty()) return std::string(field->default_json);
    const Value* implied = implied_value(item_type(list), list.map_keys[i]);
    return implied ? json::to_json(*implied) : "";
}

// Writes `"name":value` for the i-th key, unless it is neither there nor has a default; whether it did.
bool write_key(std::string& out, const Value& item, const Type& list, std::size_t i) {
    const Value* value = item.find(list.map_keys[i]);
    std::string otherwise = value ? "" : key_default(list, i);
    if (!value && otherwise.empty()) return false;
    if (out.back() != '{') out += ',';
    json::write_string(out, list.map_keys[i]);
    out += ':';
    if (value)
        json::write(out, *value);
    else
        out += otherwise;
    return true;
}

std::optional<std::string> keyed_element(const Value& item, const Type& list) {
    if (!item.is_object()) return std::nullopt;
    std::string out = "k:{";
    bool has_key = false;
    if (std::ranges::is_sorted(list.map_keys)) {
        for (std::size_t i = 0; i < list.map_keys.size(); ++i) has_key |= write_key(out, item, list, i);
    } else {
        std::vector<std::size_t> order(list.map_keys.size());
        for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
        std::ranges::sort(order, {}, [&](std::size_t i) { return list.map_keys[i]; });
        for (std::size_t i : order) has_key |= write_key(out, item, list, i);
    }
    if (!has_key) return std::nullopt;
    return out += '}';
}

std::optional<Value> parsed(std::string_view text) {
    try {
        return json::parse(text);
    } catch (const Error&) {
        return std::nullopt;
    }
}

// Takes `"text"` without escapes off the front; nothing if that is not what stands there.
std::optional<std::string_view> take_plain_text(std::string_view& json) {
    if (!json.starts_with('"')) return std::nullopt;
    std::size_t end = 1;
    while (end < json.size() && json[end] != '"' && json[end] != '\\' && json[end] >= ' ' && json[end] < 0x7f) ++end;
    if (end == json.size() || json[end] != '"') return std::nullopt;
    auto text = json.substr(1, end - 1);
    json.remove_prefix(end + 1);
    return text;
}

// Takes a text or a number of few digits, as it would be written here.
bool take_plain_value(std::string_view& json) {
    if (take_plain_text(json)) return true;
    std::size_t digits = 0;
    while (digits < json.size() && is_digit(json[digits])) ++digits;
    if (digits == 0 || digits > 15 || (digits > 1 && json[0] == '0')) return false;
    json.remove_prefix(digits);
    return json.empty() || json[0] == ',' || json[0] == '}';
}

// Text for which writing what was read would give the same text again, checked cheaply: plain values, keys in order.
bool is_surely_canonical(char kind, std::string_view json) {
    if (kind == 'v') return take_plain_value(json) && json.empty();
    if (!take_char(json, '{')) return false;
    std::string_view last;
    for (bool is_first = true;; is_first = false) {
        auto key = take_plain_text(json);
        if (!key || (!is_first && *key <= last) || !take_char(json, ':') || !take_plain_value(json)) return false;
        last = *key;
        if (!take_char(json, ',')) return json == "}";
    }
}

std::string readable_value(const Value& value) {
    return value.is_string() ? quoted(value.as_string()) : json::to_json(value);
}

}  // namespace

std::string field_element(std::string_view name) {
    std::string out;
    out.reserve(name.size() + 2);
    return out.append("f:").append(name);
}

std::optional<std::string> item_element(const Value& item, const Type& list) {
    if (list.merge == Merge::keyed) return keyed_element(item, list);
    if (item.is_null() || item.is_array() || item.is_object()) return std::nullopt;
    std::string out = "v:";
    json::write(out, item);
    return out;
}

std::string item_problem(const Value& item, const Type& list) {
    if (list.merge != Merge::keyed) {
        if (item.is_object()) return "associative list without keys has an element that's a map type";
        if (item.is_array()) return "not supported: associative list with lists as elements";
        return "associative list without keys has an element that's an explicit null";
    }
    if (item.is_null()) return "associative list with keys may not have a null element";
    if (!item.is_object()) return "associative list with keys may not have non-map elements";
    std::vector<std::string> keys;
    for (auto key : list.map_keys) keys.push_back(quoted(key));
    return fmt::format(
        "associative list with keys has an element that omits all key fields [{}] (and doesn't have default values for "
        "any key fields)",
        fmt::join(keys, " "));
}

std::optional<std::string> canonical_element(std::string_view written) {
    if (written.size() < 2 || written[1] != ':') return std::nullopt;
    auto rest = written.substr(2);
    switch (written[0]) {
        case 'f':
            return std::string(written);
        case 'i': {
            int index = 0;
            auto [end, error] = std::from_chars(rest.data(), rest.data() + rest.size(), index);
            if (error != std::errc() || end != rest.data() + rest.size()) return std::nullopt;
            return fmt::format("i:{}", index);
        }
        case 'k':
        case 'v':
            break;
        default:
            return "";
    }
    if (is_surely_canonical(written[0], rest)) return std::string(written);
    auto value = parsed(rest);
    if (!value || (written[0] == 'k' && !value->is_object())) return std::nullopt;
    return fmt::format("{}:{}", written[0], json::to_json(*value));
}

std::string readable_element(std::string_view element) {
    auto rest = element.substr(2);
    if (element[0] == 'f') return fmt::format(".{}", rest);
    if (element[0] == 'i') return fmt::format("[{}]", rest);
    auto value = parsed(rest).value_or(Value());
    if (element[0] == 'v') return fmt::format("[={}]", readable_value(value));
    std::string keys;
    if (value.is_object()) {
        for (const auto& [key, v] : value.as_object())
            keys += fmt::format("{}{}={}", keys.empty() ? "" : ",", key, readable_value(v));
    }
    return fmt::format("[{}]", keys);
}

}  // namespace mizzen::apiserver
