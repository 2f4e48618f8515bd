// SPDX-License-Identifier: Apache-2.0
// Object: members in a sorted vector.
#include <algorithm>
#include <numeric>

#include "mizzen/json/value.hpp"

namespace mizzen::json {
namespace {

constexpr std::size_t few = 16;

bool before(const Member& m, std::string_view key) { return m.key < key; }

}  // namespace

Object::Object() = default;
Object::Object(const Object&) = default;
Object::Object(Object&&) noexcept = default;
Object& Object::operator=(const Object&) = default;
Object& Object::operator=(Object&&) noexcept = default;
Object::~Object() = default;

Object::Object(std::initializer_list<Member> members) : Object(std::vector<Member>(members)) {}

Object::Object(std::vector<Member> members) : members_(std::move(members)) {
    const auto out_of_order = [](const Member& a, const Member& b) { return !(a.key < b.key); };
    if (std::adjacent_find(members_.begin(), members_.end(), out_of_order) == members_.end()) return;
    // Sorts positions rather than members: they are cheap to move and break ties between equal keys.
    std::vector<std::size_t> order(members_.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
        const int c = members_[a].key.compare(members_[b].key);
        return c < 0 || (c == 0 && a < b);
    });
    std::vector<Member> sorted;
    sorted.reserve(members_.size());
    for (const std::size_t i : order) {
        if (!sorted.empty() && sorted.back().key == members_[i].key)
            sorted.back() = std::move(members_[i]);
        else
            sorted.push_back(std::move(members_[i]));
    }
    members_ = std::move(sorted);
}

std::size_t Object::size() const { return members_.size(); }
bool Object::empty() const { return members_.empty(); }

// Most objects are small, and most keys differ in their length.
const Value* Object::find(std::string_view key) const {
    if (members_.size() <= few) {
        for (const Member& m : members_)
            if (m.key.size() == key.size() && m.key == key) return &m.value;
        return nullptr;
    }
    const auto m = std::lower_bound(members_.begin(), members_.end(), key, before);
    return m != members_.end() && m->key == key ? &m->value : nullptr;
}
Value* Object::find(std::string_view key) { return const_cast<Value*>(std::as_const(*this).find(key)); }

Value& Object::operator[](std::string_view key) {
    auto m = std::lower_bound(members_.begin(), members_.end(), key, before);
    if (m == members_.end() || m->key != key) m = members_.insert(m, Member{std::string(key), Value()});
    return m->value;
}

void Object::set(std::string_view key, Value value) { (*this)[key] = std::move(value); }

bool Object::erase(std::string_view key) {
    const auto m = std::lower_bound(members_.begin(), members_.end(), key, before);
    if (m == members_.end() || m->key != key) return false;
    members_.erase(m);
    return true;
}

std::vector<Member>::iterator Object::begin() { return members_.begin(); }
std::vector<Member>::iterator Object::end() { return members_.end(); }
std::vector<Member>::const_iterator Object::begin() const { return members_.begin(); }
std::vector<Member>::const_iterator Object::end() const { return members_.end(); }
bool Object::operator==(const Object& other) const { return members_ == other.members_; }

}  // namespace mizzen::json
