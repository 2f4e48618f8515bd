// SPDX-License-Identifier: Apache-2.0
// LogFormat: the text of a log call, checked against its arguments while compiling, and where the call stands.
#pragma once
#include <fmt/core.h>

#include <cstddef>
#include <source_location>
#include <string_view>
#include <type_traits>
#include <utility>

#include "mizzen/telemetry/logs/log_field.hpp"

namespace mizzen::telemetry {
namespace detail {

// Empty if `text` has one "{}" or "{:…}" for each of `arguments`. Positions and names ("{0}", "{name}") and widths from
// arguments ("{:{}}") are refused: with them an argument could be forgotten.
constexpr std::string_view format_problem(std::string_view text, std::size_t arguments) {
    std::size_t places = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (c == '\0') return "the text of a log call holds a zero byte";
        if (c != '{' && c != '}') continue;
        const char next = i + 1 < text.size() ? text[i + 1] : '\0';
        if (next == c) {
            ++i;
            continue;
        }
        if (c == '}') return "a single } in the text of a log call; write }}";
        if (next != '}' && next != ':') return "a log call takes {} and {:…} only, neither positions nor names";
        for (++i; i < text.size() && text[i] != '}'; ++i)
            if (text[i] == '{') return "a log call takes no width or precision from an argument";
        if (i == text.size()) return "a { without its } in the text of a log call; write {{ for one of its own";
        ++places;
    }
    if (places < arguments) return "a log call has more arguments than {} in its text; name the others with field()";
    if (places > arguments) return "a log call has more {} in its text than arguments";
    return {};
}

template <class... T>
struct Types {};
// As fmt sees what travelled.
template <class Stored>
struct FormattedAs {
    using type =
        std::conditional_t<kind_of<Stored>() == ArgumentKind::text || kind_of<Stored>() == ArgumentKind::duration ||
                               kind_of<Stored>() == ArgumentKind::time,
                           std::string_view, Stored>;
};

template <class... Done>
consteval void check_format(std::string_view text, Types<Done...>, Types<>) {
    refuse_if_any(format_problem(text, sizeof...(Done)));
    [[maybe_unused]] const fmt::format_string<typename FormattedAs<Done>::type...> checked(text);
}
template <class... Done, class First, class... Rest>
consteval void check_format(std::string_view text, Types<Done...>, Types<First, Rest...>) {
    if constexpr (is_field<First>)
        check_format(text, Types<Done...>(), Types<Rest...>());
    else
        check_format(text, Types<Done..., decltype(stored(std::declval<const First&>()))>(), Types<Rest...>());
}

}  // namespace detail

// Made from a literal where a log call is written.
template <class... Args>
class LogFormat {
  public:
    template <std::size_t N>
    consteval LogFormat(const char (&literal)[N], std::source_location where = std::source_location::current())
        : text_(literal), where_(where) {
        detail::check_format({literal, N - 1}, detail::Types<>(), detail::Types<Args...>());
    }

    const char* text() const { return text_; }
    const std::source_location& where() const { return where_; }

  private:
    const char* text_;
    std::source_location where_;
};

}  // namespace mizzen::telemetry
