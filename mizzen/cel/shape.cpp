// SPDX-License-Identifier: Apache-2.0
// Shape: types, and names that are no identifiers.
#include "mizzen/cel/shape.hpp"

#include <algorithm>
#include <array>

#include "mizzen/base/digits.hpp"

namespace mizzen::cel {
namespace {

bool is_keyword(std::string_view word) {
    static constexpr std::array<std::string_view, 21> words{
        "true", "false",  "null", "in",   "as",      "break",     "const",  "continue", "else", "for",  "function",
        "if",   "import", "let",  "loop", "package", "namespace", "return", "var",      "void", "while"};
    return std::find(words.begin(), words.end(), word) != words.end();
}

struct Escape {
    std::string_view plain, escaped;
};
constexpr std::array<Escape, 4> escapes{Escape{"__", "underscores"}, Escape{".", "dot"}, Escape{"-", "dash"},
                                        Escape{"/", "slash"}};

bool is_word(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || is_digit(c) || c == '_'; }

}  // namespace

const Shape::Field* Shape::find(std::string_view name) const {
    auto at = std::lower_bound(fields.begin(), fields.end(), name, [](auto& f, auto n) { return f.name < n; });
    return at != fields.end() && at->name == name ? &*at : nullptr;
}

const Shape::Field* Shape::find_escaped(std::string_view name) const {
    auto find = [&](std::string_view n) {
        return std::find_if(fields.begin(), fields.end(), [&](auto& f) { return f.escaped == n; });
    };
    auto at = find(name);
    // A keyword that can stand behind a dot needs no escape.
    if (at == fields.end() && is_keyword(name)) at = find("__" + std::string(name) + "__");
    return at != fields.end() && !name.empty() && at->shape->kind != Kind::hidden ? &*at : nullptr;
}

Type type_of(const Shape& shape, const std::string& path) {
    using K = Type::Kind;
    switch (shape.kind) {
        case Shape::Kind::hidden:
        case Shape::Kind::integer_or_string:
            return {};
        case Shape::Kind::boolean:
            return Type::simple(K::boolean);
        case Shape::Kind::integer:
            return Type::simple(K::integer);
        case Shape::Kind::number:
            return Type::simple(K::number);
        case Shape::Kind::string:
            return Type::simple(K::string);
        case Shape::Kind::bytes:
            return Type::simple(K::bytes);
        case Shape::Kind::date:
        case Shape::Kind::time:
            return Type::simple(K::timestamp);
        case Shape::Kind::duration:
            return Type::simple(K::duration);
        case Shape::Kind::list:
            return Type::list(type_of(*shape.element, path + ".@idx"));
        case Shape::Kind::map:
            return Type::map(Type::simple(K::string), type_of(*shape.element, path + ".@elem"));
        case Shape::Kind::object:
            break;
    }
    return Type::object(path, shape);
}

std::optional<std::string> escape_name(std::string_view name) {
    if (name.empty() || is_digit(name[0])) return std::nullopt;
    if (is_keyword(name)) return "__" + std::string(name) + "__";
    std::string out;
    while (!name.empty()) {
        auto found = std::find_if(escapes.begin(), escapes.end(), [&](auto& e) { return name.starts_with(e.plain); });
        if (found != escapes.end()) {
            out.append("__").append(found->escaped).append("__");
            name.remove_prefix(found->plain.size());
        } else if (is_word(name[0])) {
            out += name[0];
            name.remove_prefix(1);
        } else {
            return std::nullopt;
        }
    }
    return out;
}

std::optional<std::string> unescape_name(std::string_view escaped) {
    if (escaped.find("__") == std::string_view::npos) return std::string(escaped);
    std::string out;
    for (auto rest = escaped; !rest.empty();) {
        auto end = rest.starts_with("__") ? rest.find('_', 2) : std::string_view::npos;
        bool is_escape = end != std::string_view::npos && end > 2 && rest.substr(end).starts_with("__");
        if (!is_escape) {
            out += rest[0];
            rest.remove_prefix(1);
            continue;
        }
        auto word = rest.substr(2, end - 2);
        auto found = std::find_if(escapes.begin(), escapes.end(), [&](auto& e) { return e.escaped == word; });
        if (found != escapes.end())
            out += found->plain;
        else if (is_keyword(word) && end + 2 == escaped.size())
            out += word;
        else
            return std::nullopt;
        rest.remove_prefix(end + 2);
    }
    return out;
}

}  // namespace mizzen::cel
