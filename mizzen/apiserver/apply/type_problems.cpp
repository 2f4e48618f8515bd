// SPDX-License-Identifier: Apache-2.0
// Checks an applied object against its type, before anything is merged.
#include <fmt/format.h>

#include <set>

#include "mizzen/apiserver/apply/node_type.hpp"
#include "mizzen/apiserver/apply/object_fields.hpp"
#include "mizzen/apiserver/apply/path_element.hpp"
#include "mizzen/json/json.hpp"

namespace mizzen::apiserver {
namespace {

using json::Value;
using kube::schema::Shape;
using kube::schema::Type;

// Where the check is; written out only when there is something to say about the place.
struct Place {
    const Place* outer = nullptr;
    std::string_view member;
    std::string element = {};  // of an item, instead of a member

    std::string to_string() const {
        if (!outer) return "";
        return outer->to_string() + (element.empty() ? fmt::format(".{}", member) : readable_element(element));
    }
};

class Check {
  public:
    void value(const Value& v, const Type& type, const Place& place) {
        if (v.is_null()) return;
        switch (type.shape) {
            case Shape::any:
                return;
            case Shape::object:
            case Shape::map:
                return members(v, type, place);
            case Shape::list:
                return items(v, type, place);
            case Shape::boolean:
                return expect(v.is_bool(), "boolean", v, place);
            case Shape::integer:
            case Shape::number:
                return expect(v.is_number(), "numeric (int or float)", v, place);
            case Shape::int_or_string:
                return expect(!v.is_array() && !v.is_object(), "any scalar", v, place);
            case Shape::string:
                break;
        }
        bool is_any_scalar = type.format != kube::schema::Format::none && type.format != kube::schema::Format::byte;
        expect(is_any_scalar ? !v.is_array() && !v.is_object() : v.is_string(), is_any_scalar ? "any scalar" : "string",
               v, place);
    }

    std::vector<std::string> problems;

  private:
    void say(const Place& place, std::string_view what) {
        auto path = place.to_string();
        problems.push_back(path.empty() ? std::string(what) : fmt::format("{}: {}", path, what));
    }

    void expect(bool holds, std::string_view what, const Value& got, const Place& place) {
        if (!holds) say(place, fmt::format("expected {}, got {}", what, json::to_json(got)));
    }

    void members(const Value& v, const Type& type, const Place& place) {
        if (!v.is_object()) return expect(false, "map", v, place);
        bool is_open = type.shape == Shape::map || type.preserve_unknown || type.fields.empty();
        for (const auto& [key, member] : v.as_object()) {
            const Place below{&place, key};
            if (!is_open && !type.find(key))
                say(below, "field not declared in schema");
            else
                value(member, member_type(type, key), below);
        }
    }

    void items(const Value& v, const Type& type, const Place& place) {
        if (!v.is_array()) return expect(false, "list", v, place);
        std::set<std::string> seen;
        for (std::size_t i = 0; i < v.as_array().size(); ++i) {
            const Value& item = v.as_array()[i];
            Place below{&place, "", is_atomic(type) ? fmt::format("i:{}", i) : item_element(item, type).value_or("")};
            if (below.element.empty()) return say(place, fmt::format("element {}: {}", i, item_problem(item, type)));
            if (!seen.insert(below.element).second)
                say(place, fmt::format("duplicate entries for key {}", readable_element(below.element)));
            value(item, item_type(type), below);
        }
    }
};

}  // namespace

std::vector<std::string> type_problems(const Value& object, const Type& type) {
    Check check;
    check.value(object, type, Place());
    return std::move(check.problems);
}

}  // namespace mizzen::apiserver
