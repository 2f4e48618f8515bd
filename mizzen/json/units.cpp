// SPDX-License-Identifier: Apache-2.0
// Quantities, durations and times as JSON.
#include "mizzen/json/units.hpp"

#include "mizzen/base/error.hpp"
#include "mizzen/json/check.hpp"
#include "mizzen/json/json.hpp"

namespace mizzen::json {
namespace {

[[noreturn]] void refuse(std::string_view wanted, const Value& got) {
    if (!got.is_string()) throw Error(ErrorKind::invalid, expected(wanted, got));
    std::string shown;
    write_string(shown, std::string_view(got.as_string()).substr(0, 60));
    throw Error(ErrorKind::invalid, std::string("expected ").append(wanted).append(", got ").append(shown));
}

template <class T>
T& as(void* p) {
    return *static_cast<T*>(p);
}
template <class T>
const T& as(const void* p) {
    return *static_cast<const T*>(p);
}

}  // namespace

const TypeInfo& Describe<Quantity>::table() {
    static constexpr TypeInfo t{
        .shape = Shape::custom,
        .name = "quantity",
        .to_value = [](const void* p) -> Value { return to_string(as<Quantity>(p)); },
        .from_value =
            [](void* p, const Value& v) {
                const auto q = v.is_string() || v.is_number()
                                   ? parse_quantity(v.is_string() ? v.as_string() : to_json(v))
                                   : std::nullopt;
                if (!q) refuse("a quantity such as 500m or 1Gi", v);
                as<Quantity>(p) = *q;
            },
        .is_empty = [](const void* p) { return as<Quantity>(p).is_zero(); },
        .schema = []() -> Value {
            return Object{{"x-kubernetes-int-or-string", true},
                          {"anyOf", Array{Object{{"type", "integer"}}, Object{{"type", "string"}}}},
                          {"pattern", R"(^[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([numkMGTPE]|[KMGTPE]i|[eE][+-]?[0-9]+)?$)"}};
        }};
    return t;
}

const TypeInfo& Describe<Duration>::table() {
    static constexpr TypeInfo t{
        .shape = Shape::custom,
        .name = "duration",
        .to_value = [](const void* p) -> Value { return mizzen::to_string(as<Duration>(p)); },
        .from_value =
            [](void* p, const Value& v) {
                const auto d = v.is_string() ? parse_duration(v.as_string()) : std::nullopt;
                if (!d) refuse("a duration such as 30s or 1h30m", v);
                as<Duration>(p) = *d;
            },
        .is_empty = [](const void* p) { return as<Duration>(p) == Duration(0); },
        .schema = []() -> Value {
            return Object{{"type", "string"},
                          {"pattern", R"(^[+-]?(0|(([0-9]+\.?[0-9]*|\.[0-9]+)(ns|us|µs|μs|ms|s|m|h))+)$)"}};
        }};
    return t;
}

const TypeInfo& Describe<WallTime>::table() {
    static constexpr TypeInfo t{
        .shape = Shape::custom,
        .name = "time",
        .to_value = [](const void* p) -> Value { return to_rfc3339(as<WallTime>(p)); },
        .from_value =
            [](void* p, const Value& v) {
                const auto time = v.is_string() ? parse_rfc3339(v.as_string()) : std::nullopt;
                if (!time) refuse("a time such as 2026-01-31T12:00:00Z", v);
                as<WallTime>(p) = *time;
            },
        .is_empty = [](const void* p) { return as<WallTime>(p) == WallTime(); },
        .schema = []() -> Value { return Object{{"type", "string"}, {"format", "date-time"}}; }};
    return t;
}

}  // namespace mizzen::json
