// SPDX-License-Identifier: Apache-2.0
// Place: a value in an object together with its path, so that rules read as sentences:
// `port.at("name").must_be(port_name)`.
#pragma once
#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

#include "mizzen/apiserver/kinds/text_rules.hpp"
#include "mizzen/apiserver/status.hpp"
#include "mizzen/json/value.hpp"

namespace mizzen::apiserver {

// Paths as kube-apiserver writes them: "spec.ports[0].name", "metadata.labels[a/b]".
std::string child_path(std::string_view parent, std::string_view name);
std::string index_path(std::string_view parent, std::size_t index);
std::string key_path(std::string_view parent, std::string_view key);

// Where a rule stands. The value may be missing; complaints go to the list it was made with, which must outlive it.
class Place {
  public:
    Place(const json::Value* value, std::string path, std::vector<FieldError>& errors)
        : value_(value && !value->is_null() ? value : nullptr), path_(std::move(path)), errors_(&errors) {}

    // A member, an element, a map entry. The path follows.
    Place at(std::string_view member) const;
    Place at(std::initializer_list<std::string_view> members) const;
    Place item(std::size_t index) const;
    std::vector<Place> items() const;
    // The entries of a map, with paths "parent[key]"; the key is name().
    std::vector<Place> entries() const;

    bool present() const { return value_ != nullptr; }
    explicit operator bool() const { return present(); }
    // Present and neither "" nor [] nor {}.
    bool filled() const;
    bool is_true() const { return value_ && value_->is_bool() && value_->as_bool(); }
    // The text, or "" if there is none.
    std::string_view text() const;
    std::int64_t integer(std::int64_t otherwise = 0) const;
    std::size_t size() const;
    // The value; null if there is none.
    const json::Value& value() const;
    const json::Value* find() const { return value_; }
    const std::string& path() const { return path_; }
    // Of an entry: its key.
    std::string_view name() const { return name_; }
    std::vector<FieldError>& errors() const { return *errors_; }

    void required(std::string detail = "") const { errors_->push_back(required_value(path_, std::move(detail))); }
    void invalid(std::string detail) const { errors_->push_back(invalid_value(path_, value(), std::move(detail))); }
    void invalid(const json::Value& shown, std::string detail) const;
    void forbid(std::string detail) const { errors_->push_back(forbidden(path_, std::move(detail))); }
    void duplicate() const { errors_->push_back(duplicate_value(path_, value())); }
    void unsupported(const std::vector<std::string_view>& known) const;
    void not_there() const { errors_->push_back(value_not_found(path_, value())); }

    // One complaint for each thing that is wrong with the text.
    void must_be(Complaints (*rule)(std::string_view)) const;
    void complain(const Complaints& complaints) const;
    // The text must be one of `known`; an empty one is required if `is_required`, else fine.
    void one_of(const std::vector<std::string_view>& known, bool is_required = true) const;
    // "must be greater than or equal to 0".
    void not_negative() const;
    // "must be greater than zero".
    void positive() const;
    // "field is immutable" if it differs from `old`.
    void immutable(const json::Value* old, std::string_view sentence = "field is immutable") const;

  private:
    const json::Value* value_;
    std::string path_;
    std::string_view name_;
    std::vector<FieldError>* errors_;
};

// Null, "", [], {} and absence are the same to Go's semantic comparison.
bool same(const json::Value* a, const json::Value* b);
bool is_empty(const json::Value* value);
bool contains(const std::vector<std::string_view>& words, std::string_view word);

}  // namespace mizzen::apiserver
