// SPDX-License-Identifier: Apache-2.0
// to_string(Expression): comprehensions are recognised by the shape their macro gives them. Operands of operators stand
// in parentheses, so that the text has the same tree.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>

#include "mizzen/cel/expression.hpp"
#include "mizzen/cel/go_text.hpp"
#include "mizzen/cel/macros.hpp"

namespace mizzen::cel {
namespace {

using Kind = Expression::Kind;

bool is_call(const Expression& e, std::string_view name) { return e.is(Kind::call) && e.name == name; }

std::string number_text(double n) {
    std::array<char, 400> buffer{};
    std::string out(buffer.data(), std::to_chars(buffer.data(), buffer.data() + buffer.size(), n).ptr);
    return out.find_first_of(".e") == std::string::npos ? out + ".0" : out;
}

std::string bytes_text(std::string_view bytes) {
    std::string out = "b\"";
    for (char c : bytes) out += fmt::format("\\x{:02x}", static_cast<unsigned char>(c));
    return out + '"';
}

std::string string_text(std::string_view text) {
    std::string out = "\"";
    for (char c : text) {
        auto byte = static_cast<unsigned char>(c);
        if (c == '"' || c == '\\')
            out.append("\\").append(1, c);
        else if (byte < ' ' || byte == 0x7f)
            out += fmt::format("\\x{:02x}", byte);
        else
            out += c;
    }
    return out + '"';
}

std::string literal_text(const Literal& literal) {
    struct Visitor {
        std::string operator()(std::nullptr_t) const { return "null"; }
        std::string operator()(bool b) const { return b ? "true" : "false"; }
        std::string operator()(std::int64_t n) const { return std::to_string(n); }
        std::string operator()(std::uint64_t n) const { return std::to_string(n) + "u"; }
        std::string operator()(double n) const { return number_text(n); }
        std::string operator()(const std::string& s) const { return string_text(s); }
        std::string operator()(const ByteText& b) const { return bytes_text(b.bytes); }
    };
    return std::visit(Visitor{}, literal);
}

bool is_name(std::string_view text) {
    auto is_word = [](char c) {
        return c == '_' || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    };
    bool is_keyword = text == "in" || text == "true" || text == "false" || text == "null";
    return !text.empty() && !(text[0] >= '0' && text[0] <= '9') && !is_keyword &&
           std::all_of(text.begin(), text.end(), is_word);
}
std::string field_text(const std::string& name) { return is_name(name) ? name : "`" + name + "`"; }

// Whether it can stand before a dot without parentheses.
bool is_primary(const Expression& e) {
    if (e.is(Kind::literal))
        return std::holds_alternative<std::string>(e.literal) || std::holds_alternative<bool>(e.literal);
    if (!e.is(Kind::call)) return true;
    static constexpr std::array<std::string_view, 3> unary{operators::conditional, operators::logical_not,
                                                           operators::negate};
    bool is_operator = std::find(unary.begin(), unary.end(), e.name) != unary.end();
    return !is_operator && binary_symbol(e.name).empty();
}

class Printer {
  public:
    std::string text(const Expression& e) const {
        switch (e.kind) {
            case Kind::literal:
                return literal_text(e.literal);
            case Kind::identifier:
                return e.name;
            case Kind::select: {
                auto plain = operand(e.parts[0]) + "." + field_text(e.name);
                return e.is_test ? "has(" + plain + ")" : plain;
            }
            case Kind::call:
                return call(e);
            case Kind::list:
                return "[" + elements(e) + "]";
            case Kind::map:
                return "{" + entries(e) + "}";
            case Kind::structure:
                return e.name + "{" + entries(e) + "}";
            case Kind::comprehension:
                return comprehension(e);
        }
        return "";
    }

  private:
    std::string operand(const Expression& e) const { return is_primary(e) ? text(e) : "(" + text(e) + ")"; }

    std::string list(const std::vector<Expression>& parts, std::size_t first) const {
        std::string out;
        for (auto i = first; i < parts.size(); ++i) out += (i > first ? ", " : "") + text(parts[i]);
        return out;
    }
    std::string elements(const Expression& e) const {
        std::string out;
        for (std::size_t i = 0; i < e.parts.size(); ++i)
            out += (i > 0 ? ", " : "") + std::string(e.is_optional(i) ? "?" : "") + text(e.parts[i]);
        return out;
    }
    std::string entries(const Expression& e) const {
        std::string out;
        bool has_fields = e.is(Kind::structure);
        auto count = has_fields ? e.parts.size() : e.parts.size() / 2;
        for (std::size_t i = 0; i < count; ++i) {
            auto key = has_fields ? field_text(e.fields[i]) : text(e.parts[2 * i]);
            auto& value = e.parts[has_fields ? i : 2 * i + 1];
            out += fmt::format("{}{}{}: {}", i > 0 ? ", " : "", e.is_optional(i) ? "?" : "", key, text(value));
        }
        return out;
    }

    std::string call(const Expression& e) const {
        auto& p = e.parts;
        if (is_optional_macro(e)) return optional_macro(e);
        if (e.name == operators::conditional)
            return fmt::format("({}) ? ({}) : ({})", text(p[0]), text(p[1]), text(p[2]));
        if (e.name == operators::logical_not) return "!(" + text(p[0]) + ")";
        if (e.name == operators::negate) return "-(" + text(p[0]) + ")";
        if (e.name == operators::index) return operand(p[0]) + "[" + text(p[1]) + "]";
        if (e.name == operators::optional_index) return operand(p[0]) + "[?" + text(p[1]) + "]";
        if (e.name == operators::optional_select)
            return operand(p[0]) + ".?" + field_text(std::get<std::string>(p[1].literal));
        if (auto symbol = binary_symbol(e.name); !symbol.empty())
            return fmt::format("({}) {} ({})", text(p[0]), symbol, text(p[1]));
        if (!e.is_member) return e.name + "(" + list(p, 0) + ")";
        return operand(p[0]) + "." + e.name + "(" + list(p, 1) + ")";
    }

    static bool is_optional_macro(const Expression& e) {
        if (!is_call(e, operators::conditional) || !is_call(e.parts[2], "optional.none")) return false;
        auto& body = e.parts[1];
        auto& bind = is_call(body, "optional.of") ? body.parts[0] : body;
        return bind.is(Kind::comprehension) && bind.accumulator != result_name && bind.accumulator[0] != '@';
    }
    std::string optional_macro(const Expression& e) const {
        bool is_flat = !is_call(e.parts[1], "optional.of");
        auto& bind = is_flat ? e.parts[1] : e.parts[1].parts[0];
        return fmt::format("{}.{}({}, {})", operand(e.parts[0].parts[0]), is_flat ? "optFlatMap" : "optMap",
                           bind.accumulator, text(bind.parts[4]));
    }

    std::string comprehension(const Expression& e) const {
        auto &range = e.parts[0], &start = e.parts[1], &step = e.parts[3];
        if (e.accumulator != result_name) {  // sortBy
            auto& keys = e.parts[4].parts[1];
            return fmt::format("{}.sortBy({}, {})", operand(start), keys.name, text(keys.parts[3].parts[1].parts[0]));
        }
        auto before = operand(range);
        auto names = e.second.empty() ? e.name : e.name + ", " + e.second;
        auto macro = [&](std::string_view name, const std::string& arguments) {
            return fmt::format("{}.{}({}, {})", before, name, names, arguments);
        };
        if (step.name == operators::logical_and) return macro("all", text(step.parts[1]));
        if (step.name == operators::logical_or) return macro("exists", text(step.parts[1]));
        if (start.is(Kind::literal)) return macro("exists_one", text(step.parts[0]));
        bool has_filter = step.name == operators::conditional;
        auto& made = has_filter ? step.parts[1] : step;
        auto filter = has_filter ? text(step.parts[0]) + ", " : std::string();
        if (start.is(Kind::map)) {
            auto name = made.parts.size() == 3 ? "transformMap" : "transformMapEntry";
            return macro(name, filter + text(made.parts.back()));
        }
        return macro(e.second.empty() ? "map" : "transformList", filter + text(made.parts[1].parts[0]));
    }
};

}  // namespace

std::string to_string(const Expression& expression) { return Printer().text(expression); }

}  // namespace mizzen::cel
