// SPDX-License-Identifier: Apache-2.0
// Fields: the named values of a log call, which machines read.
#pragma once
#include <array>
#include <cstddef>
#include <cstring>
#include <string>
#include <string_view>

#include "mizzen/telemetry/logs/log_argument.hpp"

namespace mizzen::telemetry {
namespace detail {

// Names that promise a secret, alone or as the end of a name: "password", "db_password", "http.request.cookie".
constexpr bool names_a_secret(std::string_view key) {
    constexpr std::array secrets = {"password",      "passwd", "passphrase", "secret", "token",
                                    "authorization", "cookie", "api_key",    "apikey", "private_key"};
    for (const std::string_view secret : secrets) {
        if (!key.ends_with(secret)) continue;
        const std::string_view before = key.substr(0, key.size() - secret.size());
        if (before.empty() || before.ends_with('.') || before.ends_with('_') || before.ends_with('-')) return true;
    }
    return false;
}

// Empty if `key` is fit to name a field.
constexpr std::string_view field_problem(std::string_view key) {
    if (key.empty()) return "a field needs a name";
    for (const char c : key) {
        const bool is_fit = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' ||
                            c == '_' || c == '-' || c == '/';
        if (!is_fit) return "a field is named in letters, digits and ._-/";
    }
    if (names_a_secret(key)) return "a field of this name would hold a secret; log what it is for instead";
    return {};
}

// The compiler shows the call, and the problem in it.
consteval void refuse_if_any(std::string_view problem) {
    if (!problem.empty()) throw problem;
}

class FieldKey {
  public:
    template <std::size_t N>
    consteval FieldKey(const char (&literal)[N]) : text_(literal) {
        refuse_if_any(field_problem({literal, N - 1}));
    }
    const char* text() const { return text_; }

  private:
    const char* text_;
};

template <class T>
struct Field {
    const char* key;
    const T& value;
};
// A field in the form that it travels in.
template <class Stored>
struct StoredField {
    const char* key;
    Stored value;
};

template <class T>
inline constexpr bool is_field = false;
template <class T>
inline constexpr bool is_field<Field<T>> = true;
template <class T>
inline constexpr bool is_field<StoredField<T>> = true;

template <class T>
auto stored(const Field<T>& field) {
    return StoredField<decltype(stored(field.value))>{field.key, stored(field.value)};
}
template <class T>
std::uint32_t size_of(const StoredField<T>& field) {
    return 8 + size_of(field.value);
}
template <class T>
std::byte* put(std::byte* to, const StoredField<T>& field) {
    std::memcpy(to, &field.key, sizeof field.key);
    return put(to + 8, field.value);
}

// What is passed on: the text of a std::string, all else as it is.
template <class T>
T viewed(const T& value) {
    return value;
}
inline std::string_view viewed(const std::string& value) { return value; }
inline StoredField<std::string_view> viewed(const StoredField<std::string>& field) { return {field.key, field.value}; }

// How to read an argument again.
struct ArgumentType {
    ArgumentKind kind;
    bool is_field;
};
template <class Stored>
struct TypeOfArgument {
    static constexpr ArgumentType value{kind_of<Stored>(), false};
};
template <class Stored>
struct TypeOfArgument<StoredField<Stored>> {
    static constexpr ArgumentType value{kind_of<Stored>(), true};
};
template <class... Stored>
inline constexpr std::array<ArgumentType, sizeof...(Stored)> argument_types = {TypeOfArgument<Stored>::value...};

}  // namespace detail

// `field("k8s.pod.uid", uid)`: part of the record, not of the message. The name is a literal, best one of
// OpenTelemetry's semantic conventions; one that promises a secret ("token", "db.password") does not compile. Only for
// the arguments of a log call: it refers to `value`.
template <class T>
detail::Field<T> field(detail::FieldKey key, const T& value [[clang::lifetimebound]]) {
    return {key.text(), value};
}

}  // namespace mizzen::telemetry
