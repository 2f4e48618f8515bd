// SPDX-License-Identifier: Apache-2.0
// RuleTree::check: evaluates the rules along an object, with a budget for all of them together.
#include <fmt/format.h>

#include <algorithm>

#include "mizzen/apiserver/crd/rules.hpp"
#include "mizzen/apiserver/kinds/place.hpp"
#include "mizzen/base/text.hpp"

namespace mizzen::apiserver {
namespace {

constexpr std::uint64_t most_per_call = 1'000'000;
constexpr std::int64_t budget_per_object = 10'000'000;
constexpr std::size_t longest_message = 5 * 1024;

constexpr std::string_view out_of_budget =
    "validation failed due to running out of cost budget, no further validation rules will be run";

// Where the check stands; written out only for an error.
struct Path {
    const Path* parent = nullptr;
    enum class Step : std::uint8_t { root, member, key, index } step = Step::root;
    std::string_view name = {};
    std::size_t index = 0;

    std::string text() const {
        switch (step) {
            case Step::root:
                return std::string(name);
            case Step::member:
                return child_path(parent->text(), name);
            case Step::key:
                return key_path(parent->text(), name);
            case Step::index:
                return index_path(parent->text(), index);
        }
        return "";
    }
};

// The values to compare for whether a part changed: its own if it can be found in the old object, else those of the
// nearest part around it that can.
struct Correlation {
    const json::Value* now = nullptr;
    const json::Value* before = nullptr;
    bool own = false;

    bool is_unchanged() const { return now && before && *now == *before; }
};

std::string_view shown_rule(const ValidationRule& rule) {
    return rule.message.empty() ? trim(rule.rule) : trim(rule.message);
}

}  // namespace

class RuleCheck {
  public:
    std::vector<FieldError> errors;

    void run(const RuleTree& tree, const json::Value& value, const json::Value* old, const Path& at,
             const Correlation& correlation) {
        if (value.is_null() || stopped_) return;
        check_rules(tree, value, old && !old->is_null() ? old : nullptr, at, correlation);
        if (stopped_) return;
        if (value.is_array() && tree.items_) check_items(tree, value, old, at, correlation);
        if (value.is_object()) check_members(tree, value, old, at, correlation);
    }

  private:
    void check_items(const RuleTree& tree, const json::Value& value, const json::Value* old, const Path& at,
                     const Correlation& correlation) {
        auto& items = value.as_array();
        for (std::size_t i = 0; i < items.size() && !stopped_; ++i) {
            auto* before = old_item(tree, items[i], old);
            Path below{&at, Path::Step::index, {}, i};
            descend(*tree.items_, items[i], before, below, correlation, before);
        }
    }

    void check_members(const RuleTree& tree, const json::Value& value, const json::Value* old, const Path& at,
                       const Correlation& correlation) {
        for (auto& m : value.as_object()) {
            auto found = tree.properties_.find(m.key);
            auto* below = found != tree.properties_.end() ? found->second.get() : tree.additional_.get();
            if (!below || stopped_) continue;
            auto* before = old ? old->find(m.key) : nullptr;
            auto step = below == tree.additional_.get() ? Path::Step::key : Path::Step::member;
            bool is_type_meta = at.step == Path::Step::root && (m.key == "apiVersion" || m.key == "kind");
            descend(*below, m.value, before, {&at, step, m.key, 0}, is_type_meta ? Correlation() : correlation,
                    is_type_meta ? nullptr : before);
        }
    }

    void descend(const RuleTree& tree, const json::Value& value, const json::Value* old, const Path& at,
                 const Correlation& outer, const json::Value* correlated) {
        auto inner = outer;
        auto around = around_;
        if (outer.own) {
            around_ = {outer.now, outer.before, false};
            inner = correlated ? Correlation{&value, correlated, true} : around_;
        }
        run(tree, value, old, at, inner);
        around_ = around;
    }

    static const json::Value* old_item(const RuleTree& tree, const json::Value& item, const json::Value* old) {
        if (tree.list_keys_.empty() || !old || !old->is_array()) return nullptr;
        for (auto& candidate : old->as_array()) {
            bool same = std::all_of(tree.list_keys_.begin(), tree.list_keys_.end(), [&](auto& key) {
                auto *a = item.find(key), *b = candidate.find(key);
                return a && b ? *a == *b : !a && !b;
            });
            if (same) return &candidate;
        }
        return nullptr;
    }

    void stop(const RuleTree& tree, const Path& at, std::string detail) {
        errors.push_back(invalid_value(field(at), tree.type_, std::move(detail)));
        stopped_ = true;
    }
    static std::string field(const Path& at, std::string_view below = "") {
        auto text = at.text();
        if (!below.empty()) text = child_path(text, below);
        return text.empty() ? "<nil>" : text;
    }

    void check_rules(const RuleTree& tree, const json::Value& value, const json::Value* old, const Path& at,
                     const Correlation& correlation) {
        if (tree.rules_.empty()) return;
        if (budget_ <= 0) return stop(tree, at, std::string(out_of_budget));
        auto self = cel::read(value, *tree.shape_);
        auto before = old ? cel::read(*old, *tree.shape_) : cel::Value();
        for (auto& rule : tree.rules_) {
            if (stopped_) return;
            if (!rule.problem.empty()) {
                errors.push_back(invalid_value(field(at), tree.type_, "rule compile error: " + rule.problem));
                continue;
            }
            bool optional = rule.rule.optional_old_self.value_or(false);
            if (!rule.program || (rule.uses_old_self && !old && !optional)) continue;
            std::array<cel::Value, 2> variables{self, before};
            if (optional) variables[1] = old ? cel::some(before) : cel::none();
            check_rule(tree, rule, value, variables, at, correlation);
        }
    }

    void check_rule(const RuleTree& tree, const CompiledRule& rule, const json::Value& value,
                    std::span<const cel::Value> variables, const Path& at, const Correlation& correlation) {
        auto outcome = rule.program->run(variables, most_per_call);
        if (static_cast<std::int64_t>(outcome.cost) > budget_) return stop(tree, at, std::string(out_of_budget));
        budget_ -= static_cast<std::int64_t>(outcome.cost);
        if (outcome.value.failed()) return failed(tree, rule, outcome, at);
        if (outcome.value.is_true()) return;
        std::string detail;
        bool well = true;
        if (rule.message) well = message(rule, variables, detail);
        bool lets_through = !rule.uses_old_self && correlation.is_unchanged();
        if (!well) {
            if (!lets_through) errors.push_back(invalid_value(field(at, rule.field_path), tree.type_, detail));
            stopped_ = true;
            return;
        }
        if (detail.empty()) {
            detail = rule.rule.message.empty() ? fmt::format("failed rule: {}", shown_rule(rule.rule))
                                               : std::string(trim(rule.rule.message));
        }
        if (!lets_through) errors.push_back(complaint(tree, rule, value, field(at, rule.field_path), detail));
    }

    void failed(const RuleTree& tree, const CompiledRule& rule, const cel::Program::Outcome& outcome, const Path& at) {
        auto& why = outcome.value.message();
        auto shown = shown_rule(rule.rule);
        if (outcome.exceeded) {
            return stop(tree, at,
                        fmt::format("'{}': no further validation rules will be run due to call cost exceeds limit for "
                                    "rule: {}",
                                    why, shown));
        }
        bool is_overload = why.starts_with("no such overload");
        auto detail = is_overload ? fmt::format(
                                        "'{}': call arguments did not match a supported operator, function or "
                                        "macro signature for rule: {}",
                                        why, shown)
                                  : fmt::format("{} evaluating rule: {}", why, shown);
        errors.push_back(invalid_value(field(at), tree.type_, detail));
    }

    // What messageExpression says, or "" if it says nothing that can be shown. False where the budget is gone.
    bool message(const CompiledRule& rule, std::span<const cel::Value> variables, std::string& detail) {
        auto outcome = rule.message->run(variables, most_per_call);
        if (static_cast<std::int64_t>(outcome.cost) > budget_) {
            detail =
                "messageExpression evaluation failed due to running out of cost budget, no further validation "
                "rules will be run";
            return false;
        }
        if (outcome.exceeded) {
            detail = fmt::format(
                "no further validation rules will be run due to call cost exceeds limit for "
                "messageExpression: {}",
                quoted(rule.rule.message_expression));
            return false;
        }
        budget_ -= static_cast<std::int64_t>(outcome.cost);
        if (!outcome.value.is(cel::Value::Kind::string)) return true;
        auto text = trim(outcome.value.string());
        if (text.size() <= longest_message && text.find('\n') == std::string_view::npos) detail = text;
        return true;
    }

    static FieldError complaint(const RuleTree& tree, const CompiledRule& rule, const json::Value& value,
                                std::string field, const std::string& detail) {
        bool hides_value = tree.type_ == "object" || tree.type_ == "array";
        auto& reason = rule.rule.reason;
        if (reason == "FieldValueForbidden") return forbidden(std::move(field), detail);
        if (reason == "FieldValueRequired") return required_value(std::move(field), detail);
        if (reason == "FieldValueDuplicate") {
            if (hides_value) return {"FieldValueDuplicate", std::move(field), "Duplicate value"};
            return duplicate_value(std::move(field), value);
        }
        if (hides_value) return {"FieldValueInvalid", std::move(field), "Invalid value: " + detail};
        return invalid_value(std::move(field), value, detail);
    }

    std::int64_t budget_ = budget_per_object;
    bool stopped_ = false;
    Correlation around_;
};

std::vector<FieldError> RuleTree::check(const json::Value& object, const json::Value* old) const {
    RuleCheck check;
    check.run(*this, object, old, {}, old ? Correlation{&object, old, true} : Correlation());
    return std::move(check.errors);
}

std::vector<FieldError> RuleTree::check_default(const json::Value& value, std::string_view path) const {
    RuleCheck check;
    check.run(*this, value, &value, {.name = path}, Correlation());
    return std::move(check.errors);
}

}  // namespace mizzen::apiserver
