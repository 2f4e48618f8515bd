// SPDX-License-Identifier: Apache-2.0
// Implements selector_text.hpp.
#include "mizzen/apiserver/verbs/selector_text.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <utility>
#include <vector>

namespace mizzen::apiserver {
namespace {

using Terms = std::vector<std::pair<std::string, std::string>>;  // key, text

void add_labels(Terms& terms, const json::Value* labels) {
    if (!labels || !labels->is_object()) return;
    for (const json::Member& m : labels->as_object())
        if (m.value.is_string()) terms.emplace_back(m.key, m.key + "=" + m.value.as_string());
}

std::string expression_text(const json::Value& e) {
    std::vector<std::string> values;
    if (const json::Value* list = e.find("values"); list && list->is_array())
        for (const json::Value& v : list->as_array())
            if (v.is_string()) values.push_back(v.as_string());
    std::sort(values.begin(), values.end());
    std::string_view key = e.text("key"), op = e.text("operator");
    if (op == "In") return fmt::format("{} in ({})", key, fmt::join(values, ","));
    if (op == "NotIn") return fmt::format("{} notin ({})", key, fmt::join(values, ","));
    return op == "Exists" ? std::string(key) : "!" + std::string(key);
}

}  // namespace

std::string label_selector_text(const json::Value& selector) {
    Terms terms;
    const json::Value *labels = selector.find("matchLabels"), *expressions = selector.find("matchExpressions");
    if (labels || expressions)
        add_labels(terms, labels);
    else
        add_labels(terms, &selector);
    if (expressions && expressions->is_array())
        for (const json::Value& e : expressions->as_array())
            terms.emplace_back(std::string(e.text("key")), expression_text(e));
    std::sort(terms.begin(), terms.end());
    std::string out;
    for (const auto& [key, text] : terms) out += (out.empty() ? "" : ",") + text;
    return out;
}

}  // namespace mizzen::apiserver
