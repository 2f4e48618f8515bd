// SPDX-License-Identifier: Apache-2.0
// validate_schema: required members and enumerations, from the tables alone.
#include "mizzen/apiserver/kinds/kind_rules.hpp"
#include "mizzen/apiserver/kinds/place.hpp"

namespace mizzen::apiserver {
namespace {

using kube::schema::Field;
using kube::schema::Shape;
using kube::schema::Type;

void check_words(const Place& at, const Field& field) {
    std::vector<std::string_view> known(field.enumeration.begin(), field.enumeration.end());
    auto check = [&](const Place& word) {
        if (!word.text().empty() && !contains(known, word.text())) word.unsupported(known);
    };
    if (field.type->shape == Shape::list) {
        for (auto& item : at.items()) check(item);
    } else {
        check(at);
    }
}

void check(const Place& at, const Type& type) {
    if (type.shape == Shape::object) {
        for (auto& field : type.fields) {
            auto member = at.at(field.name);
            bool may_be_empty = field.pointer || field.type->shape == Shape::object ||
                                field.type->shape == Shape::list || field.type->shape == Shape::map ||
                                field.type->shape == Shape::any;
            if (field.required && !(may_be_empty ? member.present() || !field.omit_empty : member.filled()))
                member.required();
            if (!member) continue;
            if (!field.enumeration.empty()) check_words(member, field);
            check(member, *field.type);
        }
    } else if (type.shape == Shape::list) {
        for (auto& item : at.items()) check(item, *type.element);
    } else if (type.shape == Shape::map) {
        for (auto& entry : at.entries()) check(entry, *type.element);
    }
}

}  // namespace

void validate_schema(const json::Value& object, const kube::schema::Type& type, std::vector<FieldError>& errors) {
    auto version = object.text("apiVersion");
    auto* rules = find_kind_rules(
        version.find('/') == std::string_view::npos ? std::string_view() : version.substr(0, version.find('/')),
        object.text("kind"));
    if (!rules || !rules->validate) check(Place(&object, "", errors), type);
}

}  // namespace mizzen::apiserver
