// SPDX-License-Identifier: Apache-2.0
// Program: a checked expression, ready to be evaluated as often as wanted.
#pragma once
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "mizzen/cel/checker.hpp"

namespace mizzen::cel {

struct Node;

class Program {
  public:
    struct Outcome {
        Value value;             // may be a failure
        std::uint64_t cost = 0;  // in the units of Kubernetes' budgets
        bool exceeded = false;   // the limit was reached; the value is a failure that says so
    };
    // `variables` in the order in which the environment got them; what is not used may be null. The data behind them
    // must outlive the outcome. Evaluates nothing further once the cost is above `limit`.
    Outcome run(std::span<const Value> variables, std::uint64_t limit) const;

    Program(Program&&) noexcept;
    Program& operator=(Program&&) noexcept;
    ~Program();

  private:
    friend struct Compiled;
    friend struct Compiled compile(std::string_view, const Environment&);
    Program();
    std::unique_ptr<const Node> root_;
    std::size_t locals_ = 0;
};

// The way from a text to a program.
struct Compiled {
    Checked checked;
    std::string issues;   // what the text is refused for, as to_string(issues) writes it; "" if it is not
    std::string problem;  // what the program is refused for: a constant that cannot be converted
    std::shared_ptr<const Program> program;

    bool well() const { return program != nullptr; }
    const Type& type() const { return checked.type_of(checked.root); }
};
Compiled compile(std::string_view text, const Environment& environment);

}  // namespace mizzen::cel
