// SPDX-License-Identifier: Apache-2.0
// Implements row.hpp.
#include "mizzen/apiserver/table/row.hpp"

#include <fmt/format.h>
#include <algorithm>
#include <map>

#include "mizzen/base/quantity.hpp"
#include "mizzen/base/text.hpp"

namespace mizzen::apiserver {
namespace {

std::string expression(std::string_view key, const json::Value& item) {
    std::string_view op = item.text("operator");
    std::vector<std::string> values;
    for (const json::Value& value : items_of(item.find("values"))) {
        if (value.is_string()) values.push_back(value.as_string());
    }
    std::ranges::sort(values);
    if (op == "In") return fmt::format("{} in ({})", key, join(values, ","));
    if (op == "NotIn") return fmt::format("{} notin ({})", key, join(values, ","));
    if (op == "DoesNotExist") return fmt::format("!{}", key);
    return std::string(key);
}

}  // namespace

const json::Array& items_of(const json::Value* list) {
    static const json::Array none;
    return list && list->is_array() ? list->as_array() : none;
}

std::int64_t size_of(const json::Value* value) {
    if (!value) return 0;
    if (value->is_array()) return static_cast<std::int64_t>(value->as_array().size());
    if (value->is_object()) return static_cast<std::int64_t>(value->as_object().size());
    return 0;
}

std::string since(std::string_view time, WallTime now) {
    auto then = parse_rfc3339(time);
    return then ? to_age(now - *then) : "<unknown>";
}

std::string labels_text(const json::Value* labels) {
    if (size_of(labels) == 0 || !labels->is_object()) return "<none>";
    std::vector<std::string> pairs;
    for (const auto& [key, value] : labels->as_object())
        pairs.push_back(fmt::format("{}={}", key, value.is_string() ? value.as_string() : ""));
    std::ranges::sort(pairs);
    return join(pairs, ",");
}

std::string selector_text_of(const json::Value* selector, std::string_view none) {
    std::multimap<std::string_view, std::string> requirements;  // by key; those of one key stay in order
    const json::Value* labels = selector ? selector->find("matchLabels") : nullptr;
    if (labels && labels->is_object()) {
        for (const auto& [key, value] : labels->as_object())
            requirements.emplace(key, fmt::format("{}={}", key, value.is_string() ? value.as_string() : ""));
    }
    for (const json::Value& item : items_of(selector ? selector->find("matchExpressions") : nullptr)) {
        requirements.emplace(item.text("key"), expression(item.text("key"), item));
    }
    std::vector<std::string> texts;
    for (auto& [key, text] : requirements) texts.push_back(std::move(text));
    return texts.empty() ? std::string(none) : join(texts, ",");
}

std::string shortened(const std::vector<std::string>& all, std::size_t most, std::string_view separator) {
    if (all.size() <= most) return join(all, separator);
    std::vector<std::string> first(all.begin(), all.begin() + static_cast<std::ptrdiff_t>(most));
    return fmt::format("{} + {} more...", join(first, separator), all.size() - most);
}

std::string quantity_text(const json::Value* quantity) {
    if (!quantity) return "0";
    if (quantity->is_integer()) return std::to_string(quantity->as_integer());
    if (!quantity->is_string()) return "0";
    auto parsed = parse_quantity(quantity->as_string());
    return parsed ? to_string(*parsed) : quantity->as_string();
}

std::string_view Row::text_or(Keys path, std::string_view otherwise) const {
    std::string_view found = text(path);
    return found.empty() ? otherwise : found;
}

bool Row::is_true(Keys path) const {
    const json::Value* value = find(path);
    return value && value->is_bool() && value->as_bool();
}

std::string Row::containers(Keys pod_spec, std::string_view member) const {
    std::vector<std::string_view> parts;
    const json::Value* spec = find(pod_spec);
    for (const json::Value& container : items_of(spec ? spec->find("containers") : nullptr))
        parts.push_back(container.text(member));
    return join(parts, ",");
}

const json::Value* item_of_type(const json::Array& list, std::string_view type) {
    auto found = std::ranges::find_if(list, [&](const json::Value& item) { return item.text("type") == type; });
    return found == list.end() ? nullptr : &*found;
}

bool has_condition(const json::Array& conditions, std::string_view type) {
    const json::Value* condition = item_of_type(conditions, type);
    return condition && condition->text("status") == "True";
}

}  // namespace mizzen::apiserver
