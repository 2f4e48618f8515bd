// SPDX-License-Identifier: Apache-2.0
// LabelSet<L>: the labels that a type stands for. An enumeration is one label; a struct has one for each member.
#pragma once
#include <array>
#include <charconv>
#include <concepts>
#include <cstdint>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "mizzen/json/names.hpp"
#include "mizzen/telemetry/metrics/names.hpp"

namespace mizzen::telemetry {

// The label set of an instrument that has none.
struct NoLabels {};

namespace detail {

// The values of one label that are known while compiling: of an enumeration or a bool.
template <class T>
struct Closed {
    static constexpr std::size_t count = json::detail::Enumerators<T>::count;
    static constexpr std::string_view text(std::size_t i) { return json::detail::Enumerators<T>::all[i]; }
};
template <>
struct Closed<bool> {
    static constexpr std::size_t count = 2;
    static constexpr std::string_view text(std::size_t i) { return i == 0 ? "false" : "true"; }
};

template <class T>
inline constexpr bool is_closed = std::is_enum_v<T> || std::same_as<T, bool>;
template <class T>
inline constexpr bool is_label = is_closed<T> || std::integral<T> || std::same_as<T, std::string_view>;

using Scratch = std::array<char, 24>;
template <class T>
std::string_view label_text(const T& value, Scratch& scratch) {
    if constexpr (std::same_as<T, std::string_view>) {
        return value;
    } else if constexpr (is_closed<T>) {
        const auto i = static_cast<std::size_t>(value);
        return i < Closed<T>::count ? Closed<T>::text(i) : std::string_view("");
    } else {
        const auto end = std::to_chars(scratch.data(), scratch.data() + scratch.size(), value).ptr;
        return {scratch.data(), static_cast<std::size_t>(end - scratch.data())};
    }
}

// "HttpMethod" as "http_method".
template <class T>
inline constexpr auto snake_name = [] {
    struct {
        std::array<char, 128> text = {};
        std::size_t size = 0;
        constexpr std::string_view view() const { return {text.data(), size}; }
    } out;
    for (const char c : json::detail::type_name<T>()) {
        const bool upper = c >= 'A' && c <= 'Z';
        if (upper && out.size > 0) out.text[out.size++] = '_';
        out.text[out.size++] = upper ? static_cast<char>(c - 'A' + 'a') : c;
    }
    return out;
}();

template <class L>
struct Members {
    static constexpr std::size_t count = json::detail::member_count<L>();
    static auto of(const L& labels) { return json::detail::Tie<count>::members(labels); }
    using Pointers = decltype(json::detail::Tie<count>::members(std::declval<const L&>()));
    template <std::size_t I>
    using Type = std::remove_cvref_t<decltype(*std::get<I>(std::declval<Pointers>()))>;
    template <std::size_t I>
    static constexpr std::string_view name = json::detail::member_name<L, count, I>();
};

}  // namespace detail

// Members may be enumerations, bools, integers and std::string_view. If all are enumerations or bools, the set is
// closed: all its series exist from the start and one is found by arithmetic. Otherwise series are made as values turn
// up.
template <class L>
struct LabelSet {
    using Members = detail::Members<L>;
    static constexpr std::size_t size = Members::count;

    template <class Fn>
    static constexpr void each(Fn&& fn) {
        [&]<std::size_t... I>(std::index_sequence<I...>) {
            (fn(std::integral_constant<std::size_t, I>{}), ...);
        }(std::make_index_sequence<size>{});
    }
    static constexpr bool is_closed = [] {
        bool all = true;
        each([&](auto i) { all = all && detail::is_closed<typename Members::template Type<i()>>; });
        return all;
    }();
    // How many series a closed set has.
    static constexpr std::size_t combinations = [] {
        std::size_t n = 1;
        if constexpr (is_closed)
            each([&](auto i) { n *= detail::Closed<typename Members::template Type<i()>>::count; });
        return n;
    }();
    static constexpr bool is_well_named = [] {
        bool all = true;
        each([&](auto i) { all = all && label_name_problem(Members::template name<i()>).empty(); });
        return all;
    }();
    static constexpr bool has_label_types = [] {
        bool all = true;
        each([&](auto i) { all = all && detail::is_label<typename Members::template Type<i()>>; });
        return all;
    }();
    static_assert(has_label_types, "a label is an enumeration, a bool, an integer or a std::string_view");
    static_assert(is_well_named, "labels are named in snake_case; le and quantile are reserved");
    static_assert(combinations <= 65536, "a closed label set has at most 65536 series");

    static std::vector<std::string> names() {
        std::vector<std::string> out;
        each([&](auto i) { out.emplace_back(Members::template name<i()>); });
        return out;
    }
    // Which series of a closed set; `combinations` if a value is no enumerator.
    static std::size_t index(const L& labels) {
        std::size_t at = 0;
        bool is_known = true;
        const auto members = Members::of(labels);
        each([&](auto i) {
            using Label = detail::Closed<typename Members::template Type<i()>>;
            const auto value = static_cast<std::size_t>(*std::get<i()>(members));
            is_known = is_known && value < Label::count;
            at = at * Label::count + value;
        });
        return is_known ? at : combinations;
    }
    // Calls `add(text)` for each label of series `index`.
    template <class Add>
    static void values(std::size_t index, Add&& add) {
        std::size_t rest = combinations;
        each([&](auto i) {
            using Label = detail::Closed<typename Members::template Type<i()>>;
            rest /= Label::count;
            add(Label::text(index / rest));
            index %= rest;
        });
    }
    // Calls `fn(span of texts)`.
    template <class Fn>
    static decltype(auto) with_texts(const L& labels, Fn&& fn) {
        std::array<detail::Scratch, size> scratch;
        std::array<std::string_view, size> texts;
        const auto members = Members::of(labels);
        each([&](auto i) { texts[i()] = detail::label_text(*std::get<i()>(members), scratch[i()]); });
        return fn(texts);
    }
};

template <class E>
    requires std::is_enum_v<E>
struct LabelSet<E> {
    static constexpr std::size_t size = 1;
    static constexpr bool is_closed = true;
    static constexpr std::size_t combinations = detail::Closed<E>::count;
    static_assert(combinations > 0, "the enumeration needs enumerators from 0 on");
    static_assert(label_name_problem(detail::snake_name<E>.view()).empty(), "le and quantile are reserved labels");

    static std::vector<std::string> names() { return {std::string(detail::snake_name<E>.view())}; }
    static std::size_t index(const E& value) {
        const auto i = static_cast<std::size_t>(value);
        return i < combinations ? i : combinations;
    }
    template <class Add>
    static void values(std::size_t index, Add&& add) {
        add(detail::Closed<E>::text(index));
    }
    template <class Fn>
    static decltype(auto) with_texts(const E& value, Fn&& fn) {
        detail::Scratch scratch;
        std::array<std::string_view, 1> texts = {detail::label_text(value, scratch)};
        return fn(texts);
    }
};

template <>
struct LabelSet<NoLabels> {
    static constexpr std::size_t size = 0;
    static constexpr bool is_closed = true;
    static constexpr std::size_t combinations = 1;
    static std::vector<std::string> names() { return {}; }
    static std::size_t index(const NoLabels&) { return 0; }
    template <class Add>
    static void values(std::size_t, Add&&) {}
    template <class Fn>
    static decltype(auto) with_texts(const NoLabels&, Fn&& fn) {
        return fn(std::array<std::string_view, 0>{});
    }
};

}  // namespace mizzen::telemetry
