// SPDX-License-Identifier: Apache-2.0
// The protobuf wire format.
#include "mizzen/base/protobuf.hpp"

#include <string>

#include "mizzen/base/error.hpp"

namespace mizzen::protobuf {

void malformed(std::string_view what) { throw Error(ErrorKind::invalid, "malformed protobuf: " + std::string(what)); }

Tag WireReader::tag() {
    const std::uint64_t raw = varint();
    const std::uint64_t number = raw >> 3;
    if (number == 0 || number > 0x1fffffff) malformed("bad field number");
    if ((raw & 7) > 5) malformed("bad wire type");
    return {static_cast<std::uint32_t>(number), static_cast<WireType>(raw & 7)};
}

std::uint64_t WireReader::varint() {
    std::uint64_t value = 0;
    for (int shift = 0;; shift += 7) {
        const auto byte = static_cast<unsigned char>(take(1)[0]);
        if (shift == 63 && byte > 1)
            malformed(byte & 0x80 ? "a number of more than ten bytes" : "a number of more than 64 bits");
        value |= static_cast<std::uint64_t>(byte & 0x7f) << shift;
        if (!(byte & 0x80)) return value;
    }
}

std::uint64_t WireReader::fixed64() {
    const std::string_view raw = take(8);
    std::uint64_t value = 0;
    for (int i = 7; i >= 0; --i) value = value << 8 | static_cast<unsigned char>(raw[i]);
    return value;
}

std::string_view WireReader::bytes() { return take(varint()); }

void WireReader::skip(Tag tag) {
    int open = 0;
    for (;;) {
        if (tag.type == WireType::group_start) {
            ++open;
        } else if (tag.type == WireType::group_end) {
            if (--open < 0) malformed("a group ends that never began");
        } else {
            skip_one(tag);
        }
        if (open == 0) return;
        tag = this->tag();
    }
}

void WireReader::skip_one(Tag tag) {
    switch (tag.type) {
        case WireType::varint:
            varint();
            return;
        case WireType::fixed64:
            take(8);
            return;
        case WireType::fixed32:
            take(4);
            return;
        default:
            bytes();
            return;
    }
}

std::string_view WireReader::take(std::uint64_t size) {
    if (size > rest_.size()) malformed("it ends early");
    const std::string_view taken = rest_.substr(0, size);
    rest_.remove_prefix(size);
    return taken;
}

}  // namespace mizzen::protobuf
