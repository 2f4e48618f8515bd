// SPDX-License-Identifier: Apache-2.0
// Place: walking an object and saying what is wrong where.
#include "mizzen/apiserver/kinds/place.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace mizzen::apiserver {
namespace {

const json::Value nothing;

}  // namespace

std::string child_path(std::string_view parent, std::string_view name) {
    if (parent.empty()) return std::string(name);
    // Validation makes one for each field it looks at.
    std::string out;
    out.reserve(parent.size() + 1 + name.size());
    out.append(parent).append(1, '.').append(name);
    return out;
}

std::string index_path(std::string_view parent, std::size_t index) { return fmt::format("{}[{}]", parent, index); }

std::string key_path(std::string_view parent, std::string_view key) { return fmt::format("{}[{}]", parent, key); }

Place Place::at(std::string_view member) const {
    return {value_ ? value_->find(member) : nullptr, child_path(path_, member), *errors_};
}

Place Place::at(std::initializer_list<std::string_view> members) const {
    auto path = path_;
    for (auto member : members) path = child_path(path, member);
    return {value_ ? value_->find_path(members) : nullptr, std::move(path), *errors_};
}

Place Place::item(std::size_t index) const {
    bool there = value_ && value_->is_array() && index < value_->as_array().size();
    return {there ? &value_->as_array()[index] : nullptr, index_path(path_, index), *errors_};
}

std::vector<Place> Place::items() const {
    std::vector<Place> out;
    out.reserve(size());
    if (value_ && value_->is_array()) {
        for (std::size_t i = 0; i < value_->as_array().size(); ++i) out.push_back(item(i));
    }
    return out;
}

std::vector<Place> Place::entries() const {
    std::vector<Place> out;
    if (!value_ || !value_->is_object()) return out;
    for (auto& member : value_->as_object()) {
        out.emplace_back(&member.value, key_path(path_, member.key), *errors_);
        out.back().name_ = member.key;
    }
    return out;
}

bool Place::filled() const { return !is_empty(value_); }

std::string_view Place::text() const {
    return value_ && value_->is_string() ? value_->as_string() : std::string_view();
}

std::int64_t Place::integer(std::int64_t otherwise) const {
    return value_ && value_->is_integer() ? value_->as_integer() : otherwise;
}

std::size_t Place::size() const {
    if (!value_) return 0;
    if (value_->is_array()) return value_->as_array().size();
    return value_->is_object() ? value_->as_object().size() : 0;
}

const json::Value& Place::value() const { return value_ ? *value_ : nothing; }

void Place::invalid(const json::Value& shown, std::string detail) const {
    errors_->push_back(invalid_value(path_, shown, std::move(detail)));
}

void Place::unsupported(const std::vector<std::string_view>& known) const {
    errors_->push_back(not_supported(path_, value_ ? *value_ : json::Value(""), known));
}

void Place::must_be(Complaints (*rule)(std::string_view)) const { complain(rule(text())); }

void Place::complain(const Complaints& complaints) const {
    for (auto& complaint : complaints) invalid(value_ ? *value_ : json::Value(""), complaint);
}

void Place::one_of(const std::vector<std::string_view>& known, bool is_required) const {
    if (text().empty()) {
        if (is_required) required();
    } else if (!contains(known, text())) {
        unsupported(known);
    }
}

void Place::not_negative() const {
    if (integer() < 0) invalid("must be greater than or equal to 0");
}

void Place::positive() const {
    if (integer() <= 0) invalid(value_ ? *value_ : json::Value(0), "must be greater than zero");
}

void Place::immutable(const json::Value* old, std::string_view sentence) const {
    if (!same(value_, old)) invalid(std::string(sentence));
}

bool is_empty(const json::Value* value) {
    if (!value || value->is_null()) return true;
    if (value->is_string()) return value->as_string().empty();
    if (value->is_array()) return value->as_array().empty();
    return value->is_object() && value->as_object().empty();
}

bool same(const json::Value* a, const json::Value* b) {
    if (is_empty(a) || is_empty(b)) return is_empty(a) && is_empty(b);
    if (a->is_object() && b->is_object()) {
        for (auto& m : a->as_object()) {
            if (!same(&m.value, b->find(m.key))) return false;
        }
        return std::all_of(b->as_object().begin(), b->as_object().end(),
                           [&](auto& m) { return a->find(m.key) || is_empty(&m.value); });
    }
    if (a->is_array() && b->is_array()) {
        auto& left = a->as_array();
        auto& right = b->as_array();
        return std::equal(left.begin(), left.end(), right.begin(), right.end(),
                          [](auto& x, auto& y) { return same(&x, &y); });
    }
    return *a == *b;
}

bool contains(const std::vector<std::string_view>& words, std::string_view word) {
    return std::find(words.begin(), words.end(), word) != words.end();
}

}  // namespace mizzen::apiserver
