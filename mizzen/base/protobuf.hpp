// SPDX-License-Identifier: Apache-2.0
// WireReader: takes a protobuf message apart (protobuf.dev/programming-guides/encoding), bounded and without copying.
#pragma once
#include <cstdint>
#include <string_view>

namespace mizzen::protobuf {

enum class WireType : std::uint8_t { varint = 0, fixed64 = 1, bytes = 2, group_start = 3, group_end = 4, fixed32 = 5 };

struct Tag {
    std::uint32_t number = 0;
    WireType type = WireType::varint;
};

// Every function throws Error(invalid) where the bytes end early or are no protobuf.
class WireReader {
  public:
    explicit WireReader(std::string_view message) : rest_(message) {}

    bool at_end() const { return rest_.empty(); }
    Tag tag();
    std::uint64_t varint();
    std::uint64_t fixed64();
    std::string_view bytes();
    // Steps over the value that follows a tag, groups included.
    void skip(Tag);

  private:
    void skip_one(Tag);
    std::string_view take(std::uint64_t size);

    std::string_view rest_;
};

[[noreturn]] void malformed(std::string_view what);

}  // namespace mizzen::protobuf
