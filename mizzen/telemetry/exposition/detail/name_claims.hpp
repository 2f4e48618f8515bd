// SPDX-License-Identifier: Apache-2.0
// NameClaims: which names are written already, so that none is written twice.
#pragma once
#include <set>
#include <string>

#include "mizzen/telemetry/exposition/escaping.hpp"
#include "mizzen/telemetry/metrics/snapshot.hpp"

namespace mizzen::telemetry {

// Readers refuse a page on which two families have one name, or a series has two labels of one name. Both can come of
// escaping.
class NameClaims {
  public:
    explicit NameClaims(Escaping escaping) : escaping_(escaping) {}
    // The name that is in the way of writing this family; "" if there is none: then its names are taken from now on.
    std::string claim(const Family& family);

  private:
    const Escaping escaping_;
    std::set<std::string> taken_;
};

}  // namespace mizzen::telemetry
