// SPDX-License-Identifier: Apache-2.0
// Shape: how JSON data is read as values, and what its schema says about its size. The link between a schema and CEL.
#pragma once
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "mizzen/cel/type.hpp"

namespace mizzen::cel {

struct Shape {
    enum class Kind : std::uint8_t {
        hidden,  // expressions cannot see it; it still counts when objects are compared
        boolean,
        integer,
        number,  // a JSON integer is read as a double
        string,
        bytes,     // base64 in JSON
        date,      // "2006-01-02", a timestamp
        time,      // RFC 3339, a timestamp
        duration,  // as Go writes it
        integer_or_string,
        list,
        map,     // string keys
        object,  // fields
    };
    enum class ListKind : std::uint8_t { atomic, set, keyed };
    struct Field;

    Kind kind = Kind::hidden;
    bool nullable = false;
    bool has_properties = false;  // object: names are escaped and null counts as absent
    ListKind list_kind = ListKind::atomic;
    std::vector<std::string> keys;         // of a keyed list: the members that tell its elements apart
    std::shared_ptr<const Shape> element;  // of list and map
    std::vector<Field> fields;             // sorted by name

    // The most characters, bytes, elements or entries; the fewest bytes as JSON. For estimates of cost.
    std::uint64_t most = 0;
    std::int64_t least_bytes = 0;

    // By the name in JSON; nullptr if there is none.
    const Field* find(std::string_view name) const;
    // By the name in expressions, where the field can be seen.
    const Field* find_escaped(std::string_view name) const;
};

struct Shape::Field {
    std::string name;
    std::string escaped;  // "" if no expression can name it
    std::shared_ptr<const Shape> shape;
};

// The type of what has this shape; objects in it are named after their path: "self.spec", "self.ports.@idx".
Type type_of(const Shape& shape, const std::string& path);

// A property name as expressions write it: a-b is a__dash__b, namespace is __namespace__. Nothing where it has other
// characters than letters, digits and _ . - /, or begins with a digit.
std::optional<std::string> escape_name(std::string_view name);
// Back again; nothing if it is no such name.
std::optional<std::string> unescape_name(std::string_view escaped);

}  // namespace mizzen::cel
