// SPDX-License-Identifier: Apache-2.0
// The rules for one label requirement: how many values its operator takes, and how key and values are written.
#include "mizzen/apiserver/selector/requirement.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "mizzen/apiserver/selector/names.hpp"

namespace mizzen::apiserver {
namespace {

json::Value list_of(const std::vector<std::string>& texts) {
    if (texts.empty()) return nullptr;
    return json::Array(texts.begin(), texts.end());
}

void check_count(const LabelRequirement& r, std::vector<FieldError>& errors) {
    auto complain = [&](const char* why) { errors.push_back(invalid_value("values", list_of(r.values), why)); };
    switch (r.op) {
        case LabelOperator::in:
        case LabelOperator::not_in:
            if (r.values.empty()) complain("for 'in', 'notin' operators, values set can't be empty");
            return;
        case LabelOperator::exists:
        case LabelOperator::absent:
            if (!r.values.empty()) complain("values set must be empty for exists and does not exist");
            return;
        case LabelOperator::greater:
        case LabelOperator::less:
            break;
    }
    if (r.values.size() != 1) complain("for 'Gt', 'Lt' operators, exactly one value is required");
    for (std::size_t i = 0; i < r.values.size(); ++i) {
        if (!label_number(r.values[i])) {
            errors.push_back(invalid_value(fmt::format("values[{}]", i), r.values[i],
                                           "for 'Gt', 'Lt' operators, the value must be an integer"));
        }
    }
}

}  // namespace

std::vector<FieldError> requirement_errors(const LabelRequirement& r) {
    std::vector<FieldError> errors;
    if (auto problems = label_key_problems(r.key); !problems.empty()) {
        errors.push_back(invalid_value("key", r.key, fmt::format("{}", fmt::join(problems, "; "))));
    }
    check_count(r, errors);
    for (std::size_t i = 0; i < r.values.size(); ++i) {
        if (auto problems = label_value_problems(r.values[i]); !problems.empty()) {
            errors.push_back(invalid_value(fmt::format("values[{}][{}]", i, r.key), r.values[i],
                                           fmt::format("{}", fmt::join(problems, "; "))));
        }
    }
    return errors;
}

std::string joined(const std::vector<FieldError>& errors) {
    std::vector<std::string> lines;
    for (const auto& e : errors) {
        auto line = fmt::format("{}: {}", e.field, e.message);
        if (std::ranges::find(lines, line) == lines.end()) lines.push_back(std::move(line));
    }
    return lines.size() == 1 ? lines[0] : fmt::format("[{}]", fmt::join(lines, ", "));
}

}  // namespace mizzen::apiserver
