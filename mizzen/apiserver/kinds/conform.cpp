// SPDX-License-Identifier: Apache-2.0
// conform: what Go's decoder does with JSON that is meant for a struct, and what it says when it cannot.
#include <fmt/format.h>

#include <array>
#include <cmath>
#include <limits>

#include "mizzen/apiserver/kinds/decode.hpp"
#include "mizzen/apiserver/kinds/go_types.hpp"
#include "mizzen/apiserver/kinds/kind_rules.hpp"
#include "mizzen/apiserver/kinds/place.hpp"
#include "mizzen/base/quantity.hpp"
#include "mizzen/base/time.hpp"
#include "mizzen/json/json.hpp"

namespace mizzen::apiserver {
namespace {

using json::Value;
using kube::schema::Field;
using kube::schema::Format;
using kube::schema::Shape;
using kube::schema::Type;

// Where the decoder is: the struct and field of the innermost struct, and the dotted path without indexes, as Go's
// errors have it.
struct Context {
    const Type* owner = nullptr;
    std::string_view field;
    std::string path;
};

std::string go_kind(const Value& value) {
    switch (value.kind()) {
        case json::Kind::boolean:
            return "bool";
        case json::Kind::string:
            return "string";
        case json::Kind::array:
            return "array";
        case json::Kind::object:
            return "object";
        default:
            return "number";
    }
}

// "number 1.5" where the number itself is the problem.
std::string go_number(const Value& value) {
    auto text = json::to_json(value);
    bool is_whole = value.kind() == json::Kind::number && text.find_first_of(".eE") == std::string::npos;
    return fmt::format("number {}{}", text, is_whole ? ".0" : "");
}

std::string struct_field(const Context& at) {
    return at.owner ? fmt::format("{}.{}", go_struct_name(*at.owner), at.field) : std::string();
}

[[noreturn]] void refuse(const Context& at, const std::string& got, const std::string& wanted) {
    if (!at.owner) throw DecodeError{fmt::format("json: cannot unmarshal {} into Go value of type {}", got, wanted)};
    throw DecodeError{fmt::format("json: cannot unmarshal {} into Go struct field {}.{} of type {}", got,
                                  go_struct_name(*at.owner), at.path, wanted)};
}

[[noreturn]] void refuse(const Context& at, const Value& value, const Type& type) {
    refuse(at, go_kind(value), go_type_name(type, struct_field(at)));
}

// The first thing that does not fit Go's layout of a time, as time.Parse words it.
std::string time_problem(std::string_view text, std::string_view layout) {
    constexpr std::array<std::string_view, 11> elements{"2006", "-", "01", "-", "02", "T", "15", ":", "04", ":", "05"};
    auto rest = text;
    auto problem = [&](std::string_view element) {
        return fmt::format("parsing time {} as {}: cannot parse {} as {}", quoted(text), quoted(layout), quoted(rest),
                           quoted(element));
    };
    for (auto element : elements) {
        bool is_number = element[0] >= '0' && element[0] <= '9';
        if (rest.size() < element.size()) return problem(element);
        for (std::size_t i = 0; i < element.size(); ++i) {
            bool fits = is_number ? rest[i] >= '0' && rest[i] <= '9' : rest[i] == element[i];
            if (!fits) return problem(element);
        }
        rest.remove_prefix(element.size());
    }
    if (rest.empty()) return problem("Z07:00");
    auto month = text.substr(5, 2), hour = text.substr(11, 2), minute = text.substr(14, 2), second = text.substr(17, 2);
    auto what = month < "01" || month > "12" ? "month"
                : hour > "23"                ? "hour"
                : minute > "59"              ? "minute"
                : second > "59"              ? "second"
                                             : "day";
    return fmt::format("parsing time {}: {} out of range", quoted(text), what);
}

std::size_t base64_problem(std::string_view text) {
    std::size_t n = 0, i = 0;
    for (; i < text.size(); ++i) {
        char c = text[i];
        if (c == '\r' || c == '\n') continue;
        bool fine = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '+' || c == '/';
        if (fine)
            ++n;
        else
            break;
    }
    if (i == text.size()) return n % 4 == 0 ? std::string_view::npos : i - n % 4;
    auto padding = n % 4 == 3 ? 1u : n % 4 == 2 ? 2u : 0u;
    if (text[i] != '=' || padding == 0) return i;
    for (auto left = padding; i < text.size(); ++i) {
        if (text[i] == '\r' || text[i] == '\n') continue;
        if (text[i] != '=' || left == 0) return i;
        --left;
    }
    return std::string_view::npos;
}

class Decoder {
  public:
    std::vector<std::string> unknown;

    // `place` is the path with indexes, for unknown fields.
    void decode(Value& value, const Type& type, const Context& at, const std::string& place) {
        switch (type.shape) {
            case Shape::any:
                return;
            case Shape::boolean:
                if (!value.is_bool()) refuse(at, value, type);
                return;
            case Shape::integer:
                return decode_integer(value, type, at);
            case Shape::number:
                if (!value.is_number()) refuse(at, value, type);
                return;
            case Shape::string:
                return decode_string(value, type, at);
            case Shape::int_or_string:
                return decode_int_or_string(value, at);
            case Shape::object:
                return decode_object(value, type, at, place);
            case Shape::list:
                return decode_list(value, type, at, place);
            case Shape::map:
                return decode_map(value, type, at, place);
        }
    }

  private:
    static void decode_integer(Value& value, const Type& type, const Context& at) {
        if (!value.is_number()) refuse(at, value, type);
        bool small = type.format != Format::int32 ||
                     (value.is_integer() && value.as_integer() >= std::numeric_limits<std::int32_t>::min() &&
                      value.as_integer() <= std::numeric_limits<std::int32_t>::max());
        if (!value.is_integer() || !small) refuse(at, go_number(value), go_type_name(type, struct_field(at)));
    }

    static void decode_int_or_string(Value& value, const Context& at) {
        if (value.is_string()) return;
        if (!value.is_number()) refuse(at, go_kind(value), "int32");
        bool small = value.is_integer() && std::abs(value.as_integer()) <= std::numeric_limits<std::int32_t>::max();
        if (!small) refuse(at, go_number(value), "int32");
    }

    static void decode_string(Value& value, const Type& type, const Context& at) {
        if (type.format == Format::quantity) return decode_quantity(value);
        if (!value.is_string()) refuse(at, value, type);
        auto& text = value.as_string();
        bool micro = type.format == Format::micro_time;
        if (type.format == Format::date_time || micro) {
            if (parse_rfc3339(text)) return;
            throw DecodeError{
                time_problem(text, micro ? "2006-01-02T15:04:05.000000Z07:00" : "2006-01-02T15:04:05Z07:00")};
        }
        if (type.format == Format::byte) {
            if (auto i = base64_problem(text); i != std::string_view::npos)
                throw DecodeError{fmt::format("illegal base64 data at input byte {}", i)};
        }
        if (type.format == Format::duration && !parse_duration(text))
            throw DecodeError{fmt::format("time: invalid duration {}", quoted(text))};
    }

    static void decode_quantity(Value& value) {
        auto text = value.is_string() ? value.as_string() : json::to_json(value);
        if (!parse_quantity(text))
            throw DecodeError{
                "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'"};
        if (!value.is_string()) value = text;
    }

    void decode_object(Value& value, const Type& type, const Context& at, const std::string& place) {
        if (!value.is_object()) refuse(at, value, type);
        std::vector<std::string> gone;
        for (auto& m : value.as_object()) {
            auto* field = type.find(m.key);
            if (!field) {
                if (type.preserve_unknown) continue;
                unknown.push_back(child_path(place, m.key));
                gone.push_back(m.key);
            } else if (m.value.is_null()) {
                if (field->type->shape != Shape::any) gone.push_back(m.key);
            } else {
                decode(m.value, *field->type, {&type, field->name, child_path(at.path, m.key)},
                       child_path(place, m.key));
            }
        }
        for (auto& key : gone) value.erase(key);
    }

    void decode_list(Value& value, const Type& type, const Context& at, const std::string& place) {
        if (!value.is_array()) refuse(at, value, type);
        auto& items = value.as_array();
        for (std::size_t i = 0; i < items.size(); ++i) {
            if (items[i].is_null()) items[i] = zero(*type.element);
            decode(items[i], *type.element, at, index_path(place, i));
        }
    }

    void decode_map(Value& value, const Type& type, const Context& at, const std::string& place) {
        if (!value.is_object()) refuse(at, value, type);
        for (auto& m : value.as_object()) {
            if (m.value.is_null()) m.value = zero(*type.element);
            decode(m.value, *type.element, at, child_path(place, m.key));
        }
    }

    // What a null leaves behind where Go keeps values rather than pointers.
    static Value zero(const Type& type) {
        switch (type.shape) {
            case Shape::boolean:
                return false;
            case Shape::integer:
            case Shape::number:
            case Shape::int_or_string:
                return 0;
            case Shape::string:
                return type.format == Format::quantity ? "0" : "";
            case Shape::object:
            case Shape::map:
                return json::Object();
            case Shape::list:
                return json::Array();
            case Shape::any:
                break;
        }
        return nullptr;
    }
};

}  // namespace

std::vector<std::string> decode_as(json::Value& value, const kube::schema::Type& type) {
    Decoder decoder;
    decoder.decode(value, type, {}, "");
    return std::move(decoder.unknown);
}

StatusError not_handled(const json::Value& object, std::string_view otherwise, std::string_view why) {
    auto kind = object.text("kind").empty() ? std::string(otherwise) : std::string(object.text("kind"));
    auto version = object.text("apiVersion");
    if (auto slash = version.find('/'); slash != std::string_view::npos) version.remove_prefix(slash + 1);
    return bad_request(fmt::format("{} in version {} cannot be handled as a {}: {}", kind, quoted(version), kind, why));
}

std::vector<std::string> conform(json::Value& object, const kube::schema::Type& type) {
    try {
        return decode_as(object, type);
    } catch (const DecodeError& e) {
        throw not_handled(object, go_struct_name(type), e.text);
    }
}

std::vector<std::string> conform_metadata(json::Value& object) {
    auto* metadata = object.find("metadata");
    auto* type = kube::schema::find_type("io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta");
    if (!metadata || metadata->is_null() || !type) return {};
    try {
        auto unknown = decode_as(*metadata, *type);
        for (auto& path : unknown) path.insert(0, "metadata.");
        return unknown;
    } catch (const DecodeError& e) {
        throw not_handled(object, "", e.text);
    }
}

}  // namespace mizzen::apiserver
