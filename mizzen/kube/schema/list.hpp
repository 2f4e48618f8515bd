// SPDX-License-Identifier: Apache-2.0
// List<T>: a std::vector<T> of a generated struct, whose copying, destroying and comparing are compiled once, inside
// this library.
//
// It is a std::vector and converts from one; code that uses it needs nothing else. Without it, every file that copies a
// Deployment would compile the copying of the two hundred structs below it. Lists of other types are std::vector.
#pragma once
#include <concepts>
#include <initializer_list>
#include <vector>

namespace mizzen::kube {

template <class T>
class List : public std::vector<T> {
  public:
    List();
    List(std::initializer_list<T>);
    List(std::vector<T>);
    List(const List&);
    List(List&&) noexcept;
    List& operator=(const List&);
    List& operator=(List&&) noexcept;
    ~List();

    template <std::same_as<List> Other>
    bool operator==(const Other& other) const {
        return equals(other);
    }

  private:
    bool equals(const List&) const;
};

}  // namespace mizzen::kube
