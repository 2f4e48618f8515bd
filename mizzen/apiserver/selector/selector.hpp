// SPDX-License-Identifier: Apache-2.0
// Label and field selectors, as in ?labelSelector= and ?fieldSelector= and in metav1.LabelSelector.
#pragma once
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "mizzen/json/value.hpp"

namespace mizzen::apiserver {

enum class LabelOperator { in, not_in, exists, absent, greater, less };

// One condition on one label. Equality is `in` of one value; a label that is not there is also not_in.
struct LabelRequirement {
    std::string key;
    LabelOperator op = LabelOperator::exists;
    std::vector<std::string> values;

    bool matches(const json::Value* labels) const;
};

class LabelSelector {
  public:
    LabelSelector() = default;  // matches everything
    // "a=b,c!=d,e in (f,g),h notin (i),j,!k,l>1,m<2". Throws StatusError 400 with kube-apiserver's words.
    static LabelSelector parse(std::string_view);
    // From a metav1.LabelSelector (matchLabels, matchExpressions). Null matches nothing, empty matches everything.
    // Throws StatusError 400.
    static LabelSelector from_value(const json::Value& selector);

    bool empty() const { return requirements_.empty() && !nothing_; }
    // `labels` is metadata.labels: an object of strings, or null for none.
    bool matches(const json::Value* labels) const;

  private:
    std::vector<LabelRequirement> requirements_;
    bool nothing_ = false;
};

class FieldSelector {
  public:
    FieldSelector() = default;  // matches everything
    // "metadata.name=a,status.phase!=Running" with '=' '==' '!=' and backslash escapes.
    // `is_supported` says which fields the kind can select by; others are 400 "field label not supported: …". Of a kind
    // that supports only metadata.name and metadata.namespace (`only_metadata`), kube-apiserver says `"x" is not a
    // known field selector: …`.
    static FieldSelector parse(std::string_view text, const std::function<bool(std::string_view field)>& is_supported,
                               bool only_metadata = false);

    bool empty() const { return terms_.empty(); }
    // `field_of` returns the text of a field of the object ("" if absent).
    bool matches(const std::function<std::string(std::string_view field)>& field_of) const;
    // The value that `field` must equal, if the selector demands one: lets a list of metadata.name=x become a lookup.
    std::optional<std::string_view> exact(std::string_view field) const;

  private:
    struct Term {
        std::string field, value;
        bool equal;
    };
    std::vector<Term> terms_;
};

}  // namespace mizzen::apiserver
