// SPDX-License-Identifier: Apache-2.0
// What a log call can take: plain values that travel as they are, and texts that are copied.
#pragma once
#include <algorithm>
#include <array>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <exception>
#include <string>
#include <string_view>
#include <type_traits>

#include "mizzen/base/secret.hpp"
#include "mizzen/base/time.hpp"

namespace mizzen::telemetry {

// Bytes that are kept of one text; what is longer is cut there, at a whole character, and ends with "…".
inline constexpr std::size_t log_text_limit = 4096;

namespace detail {

enum class ArgumentKind : std::uint8_t {
    boolean,
    character,
    integer,
    unsigned_integer,
    float_number,
    number,
    text,
    duration,
    time,
};

template <class T>
concept HasText = (std::is_enum_v<T> || std::is_class_v<T>) && requires(const T& value) {
    { to_string(value) } -> std::convertible_to<std::string_view>;
};

template <class T>
inline constexpr bool is_character_array = false;
template <std::size_t N>
inline constexpr bool is_character_array<char[N]> = true;

template <class T>
concept NarrowCharacter = std::same_as<T, bool> || std::same_as<T, char>;
template <class T>
concept WideCharacter =
    std::same_as<T, wchar_t> || std::same_as<T, char8_t> || std::same_as<T, char16_t> || std::same_as<T, char32_t>;

}  // namespace detail

// May stand in a log call: bool, char, integers up to 64 bits, floating point, texts (a null pointer reads "(null)"),
// durations of whole nanoseconds or coarser, times of the calendar, exceptions (their what()), and what has a
// to_string() beside it that gives a text, as enumerations have here. A Secret may not, nor may pointers.
template <class T>
concept Loggable =
    !std::same_as<T, Secret> && !std::same_as<T, std::nullptr_t> &&
    ((std::integral<T> && sizeof(T) <= 8 && !detail::WideCharacter<T>) || std::floating_point<T> ||
     std::convertible_to<const T&, std::string_view> || std::convertible_to<const T&, Duration> ||
     std::convertible_to<const T&, WallTime> || std::derived_from<T, std::exception> || detail::HasText<T>);

namespace detail {

// `value` in the form that it travels in. A text may point into `value`.
template <class T>
auto stored(const T& value) {
    static_assert(!std::same_as<T, Secret>, "a Secret is never logged; log the name of what it is for");
    static_assert(Loggable<T>,
                  "this cannot be logged; give its type a std::string_view to_string(const T&), or log its parts");
    if constexpr (NarrowCharacter<T>) {
        return value;
    } else if constexpr (std::signed_integral<T>) {
        return static_cast<std::int64_t>(value);
    } else if constexpr (std::unsigned_integral<T>) {
        return static_cast<std::uint64_t>(value);
    } else if constexpr (std::same_as<T, float>) {
        return value;
    } else if constexpr (std::floating_point<T>) {
        return static_cast<double>(value);
    } else if constexpr (is_character_array<T>) {
        return std::string_view(value,
                                static_cast<std::size_t>(std::find(value, value + std::size(value), '\0') - value));
    } else if constexpr (std::same_as<T, const char*> || std::same_as<T, char*>) {
        return value ? std::string_view(value) : std::string_view("(null)");
    } else if constexpr (std::convertible_to<const T&, std::string_view>) {
        return std::string_view(value);
    } else if constexpr (std::convertible_to<const T&, Duration>) {
        return static_cast<Duration>(value);
    } else if constexpr (std::convertible_to<const T&, WallTime>) {
        return static_cast<WallTime>(value);
    } else if constexpr (std::derived_from<T, std::exception>) {
        return std::string_view(value.what());
    } else if constexpr (HasText<T>) {
        return to_string(value);  // a std::string lives until the call has copied it
    } else {
        return false;  // one error is enough
    }
}

template <class Stored>
consteval ArgumentKind kind_of() {
    if (std::same_as<Stored, bool>) return ArgumentKind::boolean;
    if (std::same_as<Stored, char>) return ArgumentKind::character;
    if (std::same_as<Stored, std::int64_t>) return ArgumentKind::integer;
    if (std::same_as<Stored, std::uint64_t>) return ArgumentKind::unsigned_integer;
    if (std::same_as<Stored, float>) return ArgumentKind::float_number;
    if (std::same_as<Stored, double>) return ArgumentKind::number;
    if (std::same_as<Stored, Duration>) return ArgumentKind::duration;
    if (std::same_as<Stored, WallTime>) return ArgumentKind::time;
    return ArgumentKind::text;
}

// A text as it travels: 8 bytes that say its length and whether it was cut, then its bytes, padded to 8.
inline constexpr std::uint64_t text_was_cut = std::uint64_t{1} << 63;
constexpr std::uint32_t padded(std::size_t bytes) { return static_cast<std::uint32_t>((bytes + 7) & ~std::size_t{7}); }

template <class Stored>
std::uint32_t size_of(const Stored& value) {
    if constexpr (std::same_as<Stored, std::string_view>)
        return 8 + padded(std::min(value.size(), log_text_limit));
    else
        return 8;
}

template <class Stored>
std::byte* put(std::byte* to, const Stored& value) {
    if constexpr (std::same_as<Stored, std::string_view>) {
        const std::size_t kept = std::min(value.size(), log_text_limit);
        const std::uint64_t length = kept | (kept < value.size() ? text_was_cut : 0);
        std::memcpy(to, &length, sizeof length);
        if (kept != 0) std::memcpy(to + 8, value.data(), kept);
        return to + 8 + padded(kept);
    } else {
        static_assert(sizeof value <= 8 && std::is_trivially_copyable_v<Stored>);
        std::memcpy(to, &value, sizeof value);
        return to + 8;
    }
}

}  // namespace detail
}  // namespace mizzen::telemetry
