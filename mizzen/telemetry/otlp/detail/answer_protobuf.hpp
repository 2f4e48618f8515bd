// SPDX-License-Identifier: Apache-2.0
// ProtobufReader: the fields of one message, one after the other (protobuf.dev/programming-guides/encoding).
#pragma once
#include <cstdint>
#include <optional>
#include <string_view>

namespace mizzen::telemetry::otlp {

// Reads from `bytes`, which outlives it. Never reads beyond them, whatever they say.
class ProtobufReader {
  public:
    struct Field {
        std::uint64_t number = 0;
        std::optional<std::uint64_t> varint = {};
        std::optional<std::string_view> bytes = {};  // texts and messages
        // Neither: a fixed number.
    };
    explicit ProtobufReader(std::string_view bytes) : rest_(bytes) {}
    // The next field; nothing at the end and where the bytes are no message.
    std::optional<Field> next();
    // Whether next() stopped at the end, and not before.
    bool is_complete() const { return !broken_ && rest_.empty(); }

  private:
    std::optional<std::uint64_t> take_varint();
    bool skip(std::uint64_t size);
    std::optional<Field> fail();

    std::string_view rest_;
    bool broken_ = false;
};

}  // namespace mizzen::telemetry::otlp
