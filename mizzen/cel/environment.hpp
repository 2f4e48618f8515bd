// SPDX-License-Identifier: Apache-2.0
// Environment: the functions and variables an expression may use.
#pragma once
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "mizzen/cel/function.hpp"

namespace mizzen::cel {

// All signatures, by the name of the function.
class Library {
  public:
    // What CRD validation rules may use in Kubernetes 1.37: the standard functions, strings, lists, sets, regex, urls,
    // quantities, addresses, formats, semver, optionals. Made once, shared by all.
    static const Library& kubernetes();

    explicit Library(Overloads overloads);
    const std::vector<const Overload*>* find(std::string_view function) const;

  private:
    Overloads overloads_;
    std::map<std::string, std::vector<const Overload*>, std::less<>> by_name_;
};

class Environment {
  public:
    explicit Environment(const Library& library = Library::kubernetes()) : library_(&library) {}

    // Its number is the place of its value when the expression is evaluated.
    std::size_t add_variable(std::string name, Type type);

    struct Variable {
        std::string name;
        Type type;
    };
    const std::vector<Variable>& variables() const { return variables_; }
    const Library& library() const { return *library_; }
    // The type that a name such as `int` or `google.protobuf.Timestamp` names; nullptr if none.
    static const Type* named_type(std::string_view name);

  private:
    const Library* library_;
    std::vector<Variable> variables_;
};

}  // namespace mizzen::cel
