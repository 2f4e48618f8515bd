// SPDX-License-Identifier: Apache-2.0
// What encoder and decoder both need: scalars in memory by their TypeInfo, and when a member is left out.
#pragma once
#include <cstdint>
#include <cstring>

#include "mizzen/json/type_info.hpp"

namespace mizzen::json {

inline const void* offset(const void* object, std::size_t bytes) { return static_cast<const char*>(object) + bytes; }
inline void* offset(void* object, std::size_t bytes) { return static_cast<char*>(object) + bytes; }

template <class T>
T load(const void* p) {
    T value;
    std::memcpy(&value, p, sizeof value);
    return value;
}

// Of an integer, enumeration or boolean of t.size bytes.
std::int64_t load_integer(const TypeInfo& t, const void* p);
void store_integer(const TypeInfo& t, void* p, std::int64_t value);
bool fits_integer(const TypeInfo& t, std::int64_t value);
double load_number(const TypeInfo& t, const void* p);
// The enumerator's name. Throws Error(bug) for a value without one.
std::string_view load_name(const TypeInfo& t, const void* p);

// Whether a member is not written. Empty strings, lists, maps, optionals, nulls are left out; plain numbers and
// booleans are written wherever the field has a note, and left out when zero in generated structs, as Go's omitempty
// does. What is required, or is empty while its default is not, is always written. `default_value` may be null. Of
// objects the writer decides: {} is left out.
bool is_left_out(const FieldInfo& field, const TypeInfo& type, const void* value, const void* default_value);

}  // namespace mizzen::json
