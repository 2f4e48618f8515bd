// SPDX-License-Identifier: Apache-2.0
// NameClaims: which names are written already, so that none is written twice.
#pragma once
#include <set>
#include <string>

#include "mizzen/telemetry/exposition/escaping.hpp"
#include "mizzen/telemetry/metrics/snapshot.hpp"

namespace mizzen::telemetry {

// Readers refuse a page on which two families have one name, a series has two labels of one name, or anything has no
// name. The first two can come of escaping.
class NameClaims {
  public:
    explicit NameClaims(Escaping escaping) : escaping_(escaping) {}
    // Why this family cannot be written, for people; "" if it can: then its names are taken from now on.
    std::string claim(const Family& family);

  private:
    const Escaping escaping_;
    std::set<std::string> taken_;
};

}  // namespace mizzen::telemetry
