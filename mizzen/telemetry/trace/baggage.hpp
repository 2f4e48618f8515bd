// SPDX-License-Identifier: Apache-2.0
// Baggage: names and values that travel with a trace for the application's own use (W3C Baggage).
#pragma once
#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace mizzen::telemetry {

// One value under a name. `metadata` are the properties behind the value ("a;b=c"), passed on as they came.
struct BaggageEntry {
    std::string name;
    std::string value;  // UTF-8, not percent-encoded
    std::string metadata = {};
    friend bool operator==(const BaggageEntry&, const BaggageEntry&) = default;
};

// Entries with distinct names, in the order they were first set. Immutable and shared: a copy costs a pointer.
// Everybody on the way reads it, so no secret belongs into it.
class Baggage {
  public:
    // What the specification asks everybody to pass on; here also the most that is taken in or sent.
    static constexpr std::size_t most_members = 64, most_bytes = 8192;

    Baggage() = default;
    // Reads the values of all `baggage` fields. A member that breaks the grammar is left out, as is what is past the
    // limits; of members with one name the last counts. Bytes that are no UTF-8 become U+FFFD.
    static Baggage parse(const std::vector<std::string_view>& fields);

    // The value of that name, or null.
    const BaggageEntry* find(std::string_view name) const;
    // With that value under that name; unchanged if the name is empty.
    Baggage with(std::string name, std::string value, std::string metadata = {}) const;
    Baggage without(std::string_view name) const;

    std::size_t size() const { return entries_ ? entries_->size() : 0; }
    bool empty() const { return size() == 0; }
    const BaggageEntry* begin() const { return entries_ ? entries_->data() : nullptr; }
    const BaggageEntry* end() const { return begin() + size(); }

    // As a `baggage` field, within the limits, in whole members. A name that is no token (RFC 9110) cannot be written
    // and is left out; so is metadata that would break the field.
    std::string to_header() const;

    friend bool operator==(const Baggage& a, const Baggage& b);

  private:
    explicit Baggage(std::vector<BaggageEntry> entries);
    std::shared_ptr<const std::vector<BaggageEntry>> entries_;  // Not empty, or null.
};

// Percent-encodes all bytes that may not stand in a baggage value.
std::string encode_baggage_value(std::string_view value);
// Decodes every %xx; a '%' that starts none stands for itself. Bytes that are no UTF-8 become U+FFFD.
std::string decode_baggage_value(std::string_view text);

}  // namespace mizzen::telemetry
