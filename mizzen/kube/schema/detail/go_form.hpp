// SPDX-License-Identifier: Apache-2.0
// The form that Go's encoder gives to a built-in object: zero values are shown or left out as each field's declaration
// says.
#pragma once
#include <cstddef>

#include "mizzen/json/value.hpp"
#include "mizzen/kube/schema/type.hpp"

namespace mizzen::kube::schema::detail {

// How many values may still be made; a bound for what a hostile body can expand to.
class ValueBudget {
  public:
    explicit ValueBudget(std::size_t most) : left_(most) {}
    // Throws Error(invalid) when there is none left.
    void take();

  private:
    std::size_t left_;
};

// Whether Go declares the type as a struct, which is a message in protobuf and which omitempty never leaves out.
bool is_go_struct(const Type&);

// Adds what Go shows although it was not set and drops what Go hides although it was. Members are taken to be in this
// form already.
void show_like_go(json::Value& object, const Type&, ValueBudget&);
// What Go shows for a value that was never set.
json::Value unset_in_go(const Type&, ValueBudget&);

}  // namespace mizzen::kube::schema::detail
