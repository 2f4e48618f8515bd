// SPDX-License-Identifier: Apache-2.0
// Selector: which labels an object must have. Reads both forms of Kubernetes: text ("app=shop,tier in (web)") and
// LabelSelector objects. Source: Kubernetes documentation, "Labels and Selectors".
#pragma once
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "mizzen/kube/schema/kinds/meta.hpp"

namespace mizzen::kube {

using Labels = std::map<std::string, std::string>;

class Selector {
  public:
    enum class Operator { in, not_in, exists, does_not_exist, greater, less };
    struct Requirement {
        std::string key;
        Operator op = Operator::exists;
        std::vector<std::string> values;
        bool matches(const Labels&) const;
    };

    // Matches everything.
    Selector() = default;
    // Matches objects that have all of `labels`.
    explicit Selector(const Labels& labels);
    // Throws Error(invalid) with the place.
    static Selector parse(std::string_view text);
    // An empty LabelSelector matches everything; an absent one, nothing (that is the caller's to know). Throws
    // Error(invalid).
    static Selector from(const LabelSelector&);

    bool matches(const Labels&) const;
    bool matches_all() const { return requirements_.empty(); }
    const std::vector<Requirement>& requirements() const { return requirements_; }

  private:
    std::vector<Requirement> requirements_;
};

// As a query parameter spells it.
std::string to_string(const Selector&);

}  // namespace mizzen::kube
