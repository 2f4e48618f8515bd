// SPDX-License-Identifier: Apache-2.0
// JSON to and from structs, by their TypeInfo.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "mizzen/json/type_info.hpp"
#include "mizzen/json/value.hpp"

namespace mizzen::json {

// What a decoder does with members that the struct does not know.
enum class Unknown { ignore, refuse };

void encode(std::string& out, const TypeInfo&, const void* object);
Value encode(const TypeInfo&, const void* object);
// Throw Error(invalid) that starts with the path: "autoscale.maxReplicas: 0 is below the least, 1";
// an unknown member names its nearest neighbour: "spec.replica: unknown field; did you mean replicas?".
void decode(std::string_view json, const TypeInfo&, void* object, Unknown = Unknown::ignore);
void decode(const Value&, const TypeInfo&, void* object, Unknown = Unknown::ignore);
// As decode, but goes on after a problem and returns all of them (at most 100), each as decode would have thrown it.
// What was wrong keeps its default in `object`. Throws nothing for a wrong document.
std::vector<std::string> decode_all(const Value&, const TypeInfo&, void* object, Unknown = Unknown::refuse);

template <class T>
std::string to_json(const T& v) {
    std::string s;
    encode(s, type_of<T>(), &v);
    return s;
}
template <class T>
Value to_value(const T& v) {
    return encode(type_of<T>(), &v);
}
template <class T>
T from_json(std::string_view text, Unknown u = Unknown::ignore) {
    T v{};
    decode(text, type_of<T>(), &v, u);
    return v;
}
template <class T>
T from_value(const Value& value, Unknown u = Unknown::ignore) {
    T v{};
    decode(value, type_of<T>(), &v, u);
    return v;
}
template <class T>
std::vector<std::string> problems(const Value& value, Unknown u = Unknown::refuse) {
    T v{};
    return decode_all(value, type_of<T>(), &v, u);
}

// The word of `known` nearest to `word` (at most a third of its letters away), or "" if none is near.
std::string_view nearest(std::string_view word, const std::vector<std::string_view>& known);

}  // namespace mizzen::json
