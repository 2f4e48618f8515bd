// SPDX-License-Identifier: Apache-2.0
// ProtobufDecoder: one message of a built-in type to JSON, by the tables.
#pragma once
#include <array>
#include <string_view>

#include "mizzen/base/protobuf.hpp"
#include "mizzen/json/value.hpp"
#include "mizzen/kube/schema/detail/go_form.hpp"
#include "mizzen/kube/schema/type.hpp"

namespace mizzen::kube::schema::detail {

using protobuf::Tag, protobuf::WireReader, protobuf::WireType, protobuf::malformed;

class ProtobufDecoder {
  public:
    // The message as Go's JSON would show it. Throws Error(invalid).
    json::Value decode(std::string_view message, const Type&);

  private:
    using Path = std::array<std::uint8_t, 2>;

    // Reads a message over what is already in `into`: protobuf lets a message come in pieces.
    void read_message(json::Value& into, std::string_view message, const Type&);
    void read_object(json::Value& into, std::string_view message, const Type&, Path inside, std::size_t depth);
    void read_field(json::Value& into, WireReader&, Tag, const Type&);
    void read_map_entry(json::Value& into, std::string_view entry, const Type& element);
    void read_packed(json::Value& into, std::string_view packed, const Type& element);
    json::Value read_scalar(WireReader&, Tag, const Type&);
    json::Value read_any(std::string_view message, const Type&);

    int nesting_ = 0;
    // Two bytes of an empty element can become a Pod with all its empty parts; real bodies stay far below this.
    ValueBudget budget_{500'000};
};

}  // namespace mizzen::kube::schema::detail
