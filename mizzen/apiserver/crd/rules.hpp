// SPDX-License-Identifier: Apache-2.0
// The validation rules of a schema (x-kubernetes-validations), compiled once and evaluated on every write.
// Source: Kubernetes documentation, "Validation rules".
#pragma once
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "mizzen/apiserver/crd/json_schema.hpp"
#include "mizzen/apiserver/status.hpp"
#include "mizzen/cel/program.hpp"

namespace mizzen::apiserver {

struct CompiledRule {
    ValidationRule rule;
    std::string problem;          // "compilation failed: …"; "" if there is none
    std::string message_problem;  // the same of messageExpression
    std::shared_ptr<const cel::Program> program;
    std::shared_ptr<const cel::Program> message;
    bool uses_old_self = false;
    std::string field_path;       // as errors name it
    std::uint64_t most_cost = 0;  // estimated
    std::uint64_t most_message_cost = 0;
};

// The rules that stand at `node`, whose data has the shape; their costs are estimated only if asked for.
std::vector<CompiledRule> compile_rules(const std::vector<ValidationRule>& rules, const JsonSchema& node,
                                        const std::shared_ptr<const cel::Shape>& shape, bool estimates);

// The rules of a schema and of what is below it.
class RuleTree {
  public:
    // Null if the schema has no rules.
    static std::shared_ptr<const RuleTree> build(const JsonSchema& schema, bool is_resource);

    // With `old`, transition rules apply, and what is wrong in a part that did not change is let through.
    std::vector<FieldError> check(const json::Value& object, const json::Value* old) const;
    // Of a default, which is its own old value; errors are about `path`.
    std::vector<FieldError> check_default(const json::Value& value, std::string_view path) const;

  private:
    friend class RuleCheck;
    static std::unique_ptr<RuleTree> build(const JsonSchema& schema, std::shared_ptr<const cel::Shape> shape);

    std::shared_ptr<const cel::Shape> shape_;
    std::string type_;
    std::vector<CompiledRule> rules_;
    std::unique_ptr<RuleTree> items_, additional_;
    std::map<std::string, std::unique_ptr<RuleTree>, std::less<>> properties_;
    std::vector<std::string> list_keys_;  // of a keyed list
};

}  // namespace mizzen::apiserver
