// SPDX-License-Identifier: Apache-2.0
// Selection: which objects of a collection a list, watch or deletecollection is about.
#pragma once
#include <optional>
#include <string>

#include "mizzen/apiserver/selector/selector.hpp"
#include "mizzen/apiserver/verbs/call.hpp"

namespace mizzen::apiserver {

// Decided by labels and fields that every record carries: no object is parsed.
class Selection {
  public:
    // From the path and from labelSelector and fieldSelector. Throws StatusError 400.
    static Selection of(const Call& call);

    // The keys of all that can match start with this.
    const std::string& prefix() const { return prefix_; }
    // The key, where only one object can match.
    const std::optional<std::string>& only() const { return only_; }
    bool has_selectors() const { return !labels_.empty() || !fields_.empty(); }
    bool matches(const Record& record) const;

  private:
    std::string prefix_;
    std::optional<std::string> only_;
    LabelSelector labels_;
    FieldSelector fields_;
    ServedPtr resource_;
};

}  // namespace mizzen::apiserver
