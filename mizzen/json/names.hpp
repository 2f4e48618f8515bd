// SPDX-License-Identifier: Apache-2.0
// Names of members, types and enumerators, from what Clang prints of them.
#pragma once
#include <array>
#include <cstddef>
#include <string_view>
#include <type_traits>
#include <utility>

#include "mizzen/json/generated/tie.hpp"

namespace mizzen::json::detail {

template <auto V>
consteval std::string_view printed() {
    return __PRETTY_FUNCTION__;
}
template <class T>
consteval std::string_view printed_type() {
    return __PRETTY_FUNCTION__;
}

// Never defined: only addresses of its members are looked at.
template <class T>
struct Wrapper {
    T value;
};
// A struct without linkage (in an unnamed namespace) makes it internal, which is as good.
#pragma clang diagnostic push
#pragma clang diagnostic ignored "-Wundefined-internal"
#pragma clang diagnostic ignored "-Wundefined-var-template"
template <class T>
extern const Wrapper<T> fake;

template <class T, std::size_t N, std::size_t I>
consteval std::string_view member_name() {
    std::string_view s = printed<std::get<I>(Tie<N>::members(fake<T>.value))>();
    while (s.back() == ']' || s.back() == ')') s.remove_suffix(1);
    return s.substr(s.find_last_of(".:") + 1);
}
#pragma clang diagnostic pop

template <class T>
consteval std::string_view type_name() {
    std::string_view s = printed_type<T>();
    s = s.substr(s.find("T = ") + 4);
    s.remove_suffix(1);
    const std::size_t scope = s.rfind("::");
    return scope == s.npos ? s : s.substr(scope + 2);
}

// "" for a value that no enumerator has. A trailing underscore keeps a name apart from a keyword and is not part of it:
// delete_.
template <auto V>
consteval std::string_view enumerator_name() {
    std::string_view s = printed<V>();
    s.remove_suffix(1);
    s = s.substr(s.find_last_of(" :") + 1);
    if (s.find(')') != s.npos) return "";
    if (s.ends_with('_')) s.remove_suffix(1);
    return s;
}

// Enumerators with values from 0 to 31; the table ends with the last one there is.
template <class E>
struct Enumerators {
    static_assert(!std::is_convertible_v<E, std::underlying_type_t<E>>, "write enum class: others have no names here");
    static constexpr auto all = []<std::size_t... I>(std::index_sequence<I...>) {
        return std::array<std::string_view, sizeof...(I)>{enumerator_name<static_cast<E>(I)>()...};
    }(std::make_index_sequence<32>{});
    static constexpr std::size_t count = [] {
        std::size_t n = all.size();
        while (n > 0 && all[n - 1].empty()) --n;
        return n;
    }();
};

struct Any {
    template <class T>
    operator T() const {
        __builtin_unreachable();
    }
};
template <class T, std::size_t... I>
constexpr bool is_buildable(std::index_sequence<I...>) {
    return requires { T{((void)I, Any{})...}; };
}
template <class T, std::size_t N = 0>
consteval std::size_t member_count() {
    if constexpr (is_buildable<T>(std::make_index_sequence<N>{}) && !is_buildable<T>(std::make_index_sequence<N + 1>{}))
        return N;
    else
        return member_count<T, N + 1>();
}

}  // namespace mizzen::json::detail
