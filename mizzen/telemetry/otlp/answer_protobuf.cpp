// SPDX-License-Identifier: Apache-2.0
// Protocol buffers, read field by field.
#include "mizzen/telemetry/otlp/detail/answer_protobuf.hpp"

namespace mizzen::telemetry::otlp {

std::optional<std::uint64_t> ProtobufReader::take_varint() {
    std::uint64_t value = 0;
    for (unsigned shift = 0; shift < 70 && !rest_.empty(); shift += 7) {
        const auto byte = static_cast<unsigned char>(rest_.front());
        rest_.remove_prefix(1);
        if (shift == 63 && byte > 1) return std::nullopt;
        value |= std::uint64_t{byte & 0x7fu} << shift;
        if (byte < 0x80) return value;
    }
    return std::nullopt;
}

bool ProtobufReader::skip(std::uint64_t size) {
    if (size > rest_.size()) return false;
    rest_.remove_prefix(size);
    return true;
}

std::optional<ProtobufReader::Field> ProtobufReader::fail() {
    broken_ = true;
    return std::nullopt;
}

std::optional<ProtobufReader::Field> ProtobufReader::next() {
    if (broken_ || rest_.empty()) return std::nullopt;
    const auto tag = take_varint();
    if (!tag || *tag >> 3 == 0 || *tag >> 32 != 0) return fail();
    Field field{.number = *tag >> 3};
    switch (*tag & 7) {
        case 0:
            field.varint = take_varint();
            return field.varint ? field : fail();
        case 1:
            return skip(8) ? field : fail();
        case 2: {
            const auto size = take_varint();
            const std::string_view from = rest_;
            if (!size || !skip(*size)) return fail();
            field.bytes = from.substr(0, *size);
            return field;
        }
        case 5:
            return skip(4) ? field : fail();
        default:  // groups (3, 4) are in none of these messages
            return fail();
    }
}

}  // namespace mizzen::telemetry::otlp
