// SPDX-License-Identifier: Apache-2.0
// The functions of List and Boxed, for the files that instantiate them.
#pragma once
#include <utility>

#include "mizzen/kube/schema/boxed.hpp"
#include "mizzen/kube/schema/list.hpp"

namespace mizzen::kube {

template <class T>
List<T>::List() = default;
template <class T>
List<T>::List(std::initializer_list<T> items) : std::vector<T>(items) {}
template <class T>
List<T>::List(std::vector<T> items) : std::vector<T>(std::move(items)) {}
template <class T>
List<T>::List(const List&) = default;
template <class T>
List<T>::List(List&&) noexcept = default;
template <class T>
List<T>& List<T>::operator=(const List&) = default;
template <class T>
List<T>& List<T>::operator=(List&&) noexcept = default;
template <class T>
List<T>::~List() = default;
template <class T>
bool List<T>::equals(const List& other) const {
    return static_cast<const std::vector<T>&>(*this) == static_cast<const std::vector<T>&>(other);
}

template <class T>
Boxed<T>::Boxed(T value) : value_(new T(std::move(value))) {}
template <class T>
Boxed<T>::Boxed(std::optional<T> value) : value_(value ? new T(std::move(*value)) : nullptr) {}
template <class T>
Boxed<T>::Boxed(const Boxed& other) : value_(other.value_ ? new T(*other.value_) : nullptr) {}
template <class T>
Boxed<T>& Boxed<T>::operator=(const Boxed& other) {
    return *this = Boxed(other);
}
template <class T>
Boxed<T>& Boxed<T>::operator=(Boxed&& other) noexcept {
    if (this != &other) {
        delete value_;
        value_ = std::exchange(other.value_, nullptr);
    }
    return *this;
}
template <class T>
T Boxed<T>::value_or(T otherwise) const {
    return value_ ? *value_ : std::move(otherwise);
}
template <class T>
T& Boxed<T>::emplace() {
    reset();
    value_ = new T();
    return *value_;
}
template <class T>
void Boxed<T>::reset() {
    delete std::exchange(value_, nullptr);
}
template <class T>
bool Boxed<T>::operator==(const Boxed& other) const {
    return value_ && other.value_ ? *value_ == *other.value_ : !value_ && !other.value_;
}

}  // namespace mizzen::kube
