// SPDX-License-Identifier: Apache-2.0
// Unifier: which types may stand for which, and what the type variables stand for.
#pragma once
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "mizzen/cel/type.hpp"

namespace mizzen::cel {

class Unifier {
  public:
    Type fresh();
    // Whether a value of type `from` may be used as `to`; then the variables of both are bound accordingly.
    bool assign(const Type& from, const Type& to);
    bool assign(const std::vector<Type>& from, const std::vector<Type>& to);
    // With the bound variables replaced; the unbound ones become dynamic if `close`.
    Type resolve(const Type& type, bool close = false) const;
    // With each variable replaced by a fresh one, the same for all types.
    std::vector<Type> instantiate(const std::vector<Type>& types);

  private:
    using Bindings = std::unordered_map<std::string, Type>;
    const Type* bound(const Type& variable) const;
    bool assignable(const Type& from, const Type& to);
    bool substitute(const Type& type, const Type& variable, bool& was_bound);
    bool occurs(const Type& variable, const Type& type) const;
    bool all_assignable(const std::vector<Type>& from, const std::vector<Type>& to);

    Bindings bindings_;
    int next_ = 0;
};

// Of two types that unify, the one that says less.
const Type& most_general(const Type& a, const Type& b);

}  // namespace mizzen::cel
