// SPDX-License-Identifier: Apache-2.0
// Boxed<T>: an optional<T> that takes one pointer while it is empty. A Volume has thirty kinds of source, of which one
// is set.
#pragma once
#include <cassert>
#include <optional>

namespace mizzen::kube {

// Copies and compares by value, like std::optional; moving leaves the source empty. For the generated structs only, in
// whose library its functions are compiled; custom resources use std::optional.
template <class T>
class Boxed {
  public:
    Boxed() = default;
    Boxed(std::nullopt_t) {}
    Boxed(T value);
    Boxed(std::optional<T> value);
    Boxed(const Boxed&);
    Boxed(Boxed&& other) noexcept : value_(other.value_) { other.value_ = nullptr; }
    Boxed& operator=(const Boxed&);
    Boxed& operator=(Boxed&&) noexcept;
    ~Boxed() {
        if (value_) reset();
    }

    explicit operator bool() const { return value_ != nullptr; }
    bool has_value() const { return value_ != nullptr; }
    T& operator*() { return assert(value_), *value_; }
    const T& operator*() const { return assert(value_), *value_; }
    T* operator->() { return assert(value_), value_; }
    const T* operator->() const { return assert(value_), value_; }
    T value_or(T otherwise) const;

    // Replaces what is there by an empty T, which is returned.
    T& emplace();
    void reset();

    bool operator==(const Boxed& other) const;

  private:
    T* value_ = nullptr;
};

}  // namespace mizzen::kube
