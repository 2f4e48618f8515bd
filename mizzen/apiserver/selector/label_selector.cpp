// SPDX-License-Identifier: Apache-2.0
// Matching labels, and reading the structured form of a selector; label_parser.cpp reads the text form.
#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "mizzen/apiserver/selector/requirement.hpp"
#include "mizzen/apiserver/selector/selector.hpp"
#include "mizzen/apiserver/status.hpp"

namespace mizzen::apiserver {
namespace {

LabelOperator operator_of(std::string_view word) {
    if (word == "In") return LabelOperator::in;
    if (word == "NotIn") return LabelOperator::not_in;
    if (word == "Exists") return LabelOperator::exists;
    if (word == "DoesNotExist") return LabelOperator::absent;
    throw bad_request(fmt::format("{} is not a valid label selector operator", quoted(word)));
}

std::vector<std::string> texts_of(const json::Value* list) {
    std::vector<std::string> out;
    if (!list || !list->is_array()) return out;
    for (const auto& v : list->as_array()) {
        if (v.is_string()) out.push_back(v.as_string());
    }
    return out;
}

LabelRequirement checked(LabelRequirement requirement) {
    auto errors = requirement_errors(requirement);
    if (!errors.empty()) throw bad_request(joined(errors));
    return requirement;
}

}  // namespace

std::optional<std::int64_t> label_number(std::string_view text) {
    if (text.starts_with('+')) text.remove_prefix(1);
    std::int64_t n = 0;
    auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), n);
    if (error != std::errc() || end != text.data() + text.size() || text.empty()) return std::nullopt;
    return n;
}

bool LabelRequirement::matches(const json::Value* labels) const {
    const json::Value* label = labels ? labels->find(key) : nullptr;
    if (label && !label->is_string()) label = nullptr;
    switch (op) {
        case LabelOperator::exists:
            return label != nullptr;
        case LabelOperator::absent:
            return label == nullptr;
        case LabelOperator::in:
            return label && std::ranges::find(values, label->as_string()) != values.end();
        case LabelOperator::not_in:
            return !label || std::ranges::find(values, label->as_string()) == values.end();
        case LabelOperator::greater:
        case LabelOperator::less:
            break;
    }
    if (!label || values.size() != 1) return false;
    auto is = label_number(label->as_string()), bound = label_number(values[0]);
    return is && bound && (op == LabelOperator::greater ? *is > *bound : *is < *bound);
}

bool LabelSelector::matches(const json::Value* labels) const {
    return !nothing_ && std::ranges::all_of(requirements_, [&](const auto& r) { return r.matches(labels); });
}

LabelSelector LabelSelector::from_value(const json::Value& selector) {
    LabelSelector out;
    out.nothing_ = selector.is_null();
    if (const auto* equal = selector.find("matchLabels"); equal && equal->is_object()) {
        for (const auto& [key, value] : equal->as_object()) {
            out.requirements_.push_back(
                checked({key, LabelOperator::in, {value.is_string() ? value.as_string() : ""}}));
        }
    }
    if (const auto* expressions = selector.find("matchExpressions"); expressions && expressions->is_array()) {
        for (const auto& e : expressions->as_array()) {
            out.requirements_.push_back(
                checked({std::string(e.text("key")), operator_of(e.text("operator")), texts_of(e.find("values"))}));
        }
    }
    return out;
}

}  // namespace mizzen::apiserver
