// SPDX-License-Identifier: Apache-2.0
// Attributes: typed values under names, in bounded lists, for spans, events, links, resources and log records.
#pragma once
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <limits>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

namespace mizzen::telemetry {

// The name of an attribute, a span or an event. A literal is kept as a pointer; anything else is copied.
class Name {
  public:
    constexpr Name() = default;
    template <std::size_t N>
    consteval Name(const char (&literal)[N]) : text_(literal), size_(N - 1) {}
    template <class T>
        requires(!std::is_array_v<T> && !std::same_as<T, Name> && std::convertible_to<const T&, std::string_view>)
    Name(const T& made) : Name(Copied{}, made) {}
    // Of a text that lives as long as the program: kept as a pointer too.
    static Name lasting(std::string_view text) {
        Name name;
        name.text_ = text.data();
        name.size_ = text.size();
        return name;
    }
    Name(const Name& other);
    Name(Name&& other) noexcept
        : text_(std::exchange(other.text_, "")),
          size_(std::exchange(other.size_, 0)),
          owned_(std::exchange(other.owned_, false)) {}
    Name& operator=(Name other) noexcept {
        std::swap(text_, other.text_);
        std::swap(size_, other.size_);
        std::swap(owned_, other.owned_);
        return *this;
    }
    constexpr ~Name() {
        if (owned_) delete[] text_;
    }

    constexpr std::string_view view() const { return {text_, size_}; }
    bool empty() const { return size_ == 0; }
    friend bool operator==(const Name& a, const Name& b) { return a.view() == b.view(); }

  private:
    struct Copied {};
    Name(Copied, std::string_view made);

    const char* text_ = "";
    std::size_t size_ = 0;
    bool owned_ = false;
};

// A string, a boolean, a signed 64-bit integer, a double, or a list of one of these.
// Source: OpenTelemetry specification, common/attribute.
class AttributeValue {
  public:
    using Variant = std::variant<bool, std::int64_t, double, std::string, std::vector<bool>, std::vector<std::int64_t>,
                                 std::vector<double>, std::vector<std::string>>;

    template <std::same_as<bool> T>
    AttributeValue(T value) : value_(value) {}
    // What does not fit a signed 64-bit integer becomes its decimal text.
    template <std::integral T>
        requires(!std::same_as<T, bool> && !std::same_as<T, char>)
    AttributeValue(T value) : value_(std::int64_t{0}) {
        if (std::in_range<std::int64_t>(value)) {
            value_ = static_cast<std::int64_t>(value);
        } else {
            value_ = std::to_string(value);
        }
    }
    AttributeValue(double value) : value_(value) {}
    AttributeValue(std::string value) : value_(std::move(value)) {}
    template <class T>
        requires(!std::same_as<T, std::string> && std::convertible_to<const T&, std::string_view>)
    AttributeValue(const T& text) : value_(std::string(std::string_view(text))) {}
    AttributeValue(std::vector<bool> values) : value_(std::move(values)) {}
    AttributeValue(std::vector<std::int64_t> values) : value_(std::move(values)) {}
    AttributeValue(std::vector<double> values) : value_(std::move(values)) {}
    AttributeValue(std::vector<std::string> values) : value_(std::move(values)) {}

    const Variant& variant() const { return value_; }
    // The value, if it is of that type.
    template <class T>
    const T* as() const {
        return std::get_if<T>(&value_);
    }
    // Cuts strings, also those in a list, to that many characters (code points; a byte that is no UTF-8 counts as one).
    void truncate(std::size_t characters);

    friend bool operator==(const AttributeValue&, const AttributeValue&) = default;

  private:
    Variant value_;
};

struct Attribute {
    Name key;
    AttributeValue value;
    friend bool operator==(const Attribute&, const Attribute&) = default;
};

// OTEL_ATTRIBUTE_COUNT_LIMIT and OTEL_ATTRIBUTE_VALUE_LENGTH_LIMIT, with their defaults.
struct AttributeLimits {
    std::size_t count = 128;
    std::size_t value_length = std::numeric_limits<std::size_t>::max();  // characters
};

// A list of attributes with distinct keys, in the order they were first set. The first four live in the list itself.
class Attributes {
  public:
    static constexpr std::size_t inline_count = 4;

    Attributes() noexcept : items_(inline_items()) {}
    Attributes(std::initializer_list<Attribute> items);
    Attributes(const Attributes& other);
    Attributes(Attributes&& other) noexcept;
    Attributes& operator=(const Attributes& other);
    Attributes& operator=(Attributes&& other) noexcept;
    ~Attributes() { release(); }

    // The last value of a key counts. A new key past the limit and an empty key are dropped, and counted.
    void set(Name key, AttributeValue value, const AttributeLimits& limits = {}) {
        take(std::move(key), std::move(value), limits);
    }
    // The same, moved once.
    void take(Name&& key, AttributeValue&& value, const AttributeLimits& limits);
    // Nothing if the key is not there.
    const AttributeValue* find(std::string_view key) const;

    const Attribute* begin() const { return items_; }
    const Attribute* end() const { return items_ + size_; }
    std::size_t size() const { return size_; }
    bool empty() const { return size_ == 0; }
    std::uint32_t dropped() const { return dropped_; }

    friend bool operator==(const Attributes& a, const Attributes& b);

  private:
    Attribute* inline_items() { return reinterpret_cast<Attribute*>(inline_); }
    void grow(std::size_t capacity);
    void take(Attributes& other) noexcept;
    void release() noexcept;

    Attribute* items_;
    std::size_t size_ = 0;
    std::size_t capacity_ = inline_count;
    std::uint32_t dropped_ = 0;
    alignas(Attribute) std::byte inline_[inline_count * sizeof(Attribute)];
};

}  // namespace mizzen::telemetry
