// SPDX-License-Identifier: Apache-2.0
// parse: recursive descent; the tree is balanced where chains may be long.
#include <fmt/format.h>

#include <algorithm>

#include "mizzen/cel/expression.hpp"
#include "mizzen/cel/literal.hpp"
#include "mizzen/cel/macros.hpp"
#include "mizzen/cel/word_reader.hpp"

namespace mizzen::cel {
namespace {

using Kind = Expression::Kind;
using Word = Token::Kind;

constexpr std::size_t most_code_points = 100'000;
constexpr int deepest = 250;

bool is_reserved(std::string_view word) {
    static constexpr std::string_view words[] = {"as",        "break",  "const",  "continue", "else", "for",
                                                 "function",  "if",     "import", "let",      "loop", "package",
                                                 "namespace", "return", "var",    "void",     "while"};
    return std::find(std::begin(words), std::end(words), word) != std::end(words);
}

class Parser : private WordReader {
  public:
    Parser(const Source& source, Parsed& out) : WordReader(source, out.issues), out_(out) {}

    void run() {
        try {
            out_.root = expression();
            end();
        } catch (const Stop&) {
        }
        out_.next_id = ids_.next;
    }

  private:
    // How deep the rules of the grammar are nested.
    enum Rule { expression_rule, relation_rule, sum_rule, product_rule, member_rule, rules };
    class Nest {
      public:
        Nest(Parser& parser, Rule rule) : parser_(parser), rule_(rule) { deepen(); }
        ~Nest() { parser_.depth_[rule_] -= levels_; }
        Nest(const Nest&) = delete;
        Nest& operator=(const Nest&) = delete;
        void deepen() {
            ++levels_;
            if (++parser_.depth_[rule_] <= deepest) return;
            parser_.out_.issues.push_back(
                {no_position, fmt::format("expression recursion limit exceeded: {}", deepest)});
            throw Stop();
        }

      private:
        Parser& parser_;
        Rule rule_;
        int levels_ = 0;
    };

    Expression refuse(Position position, std::string what) {
        out_.issues.push_back({position, std::move(what)});
        return node(Kind::literal, position);
    }
    Expression node(Kind kind, Position position) {
        Expression out;
        out.kind = kind;
        out.id = ids_.take();
        out.position = position;
        return out;
    }
    Expression call(Position position, std::string_view name, std::vector<Expression> parts) {
        auto out = node(Kind::call, position);
        out.name = name;
        out.parts = std::move(parts);
        return out;
    }
    Expression binary(Position position, std::string_view name, Expression left, Expression right) {
        std::vector<Expression> parts;
        parts.push_back(std::move(left));
        parts.push_back(std::move(right));
        return call(position, name, std::move(parts));
    }

    Expression expression() {
        Nest nest(*this, expression_rule);
        auto condition = logical("||");
        if (!at("?")) return condition;
        auto position = take().position;
        closers_.push_back(":");
        auto yes = logical("||");
        closers_.pop_back();
        if (!expect(":", false)) return condition;
        std::vector<Expression> parts;
        parts.push_back(std::move(condition));
        parts.push_back(std::move(yes));
        parts.push_back(expression());
        return call(position, operators::conditional, std::move(parts));
    }

    // a && b && c as a balanced tree, so that long chains are not deep.
    Expression logical(std::string_view symbol) {
        auto next = [&] { return symbol == "||" ? logical("&&") : relation(); };
        std::vector<Expression> terms;
        std::vector<Position> positions;
        terms.push_back(next());
        while (at(symbol)) {
            positions.push_back(take().position);
            terms.push_back(next());
        }
        return balanced(binary_name(symbol), terms, positions, 0, terms.size());
    }
    Expression balanced(std::string_view name, std::vector<Expression>& terms, const std::vector<Position>& positions,
                        std::size_t begin, std::size_t end) {
        if (end - begin == 1) return std::move(terms[begin]);
        auto middle = (begin + end - 1) / 2;
        auto left = balanced(name, terms, positions, begin, middle + 1);
        auto right = balanced(name, terms, positions, middle + 1, end);
        return binary(positions[middle], name, std::move(left), std::move(right));
    }

    // Operators of one precedence, from the left.
    template <class Next>
    Expression chain(Rule rule, std::initializer_list<std::string_view> symbols, Next next) {
        Nest nest(*this, rule);
        auto left = next();
        for (;;) {
            auto found = std::find_if(symbols.begin(), symbols.end(), [&](auto s) { return at(s); });
            if (found == symbols.end()) return left;
            nest.deepen();
            auto position = take().position;
            auto right = next();
            left = binary(position, binary_name(*found), std::move(left), std::move(right));
        }
    }
    Expression relation() {
        return chain(relation_rule, {"<", "<=", ">=", ">", "==", "!=", "in"}, [&] { return sum(); });
    }
    Expression sum() {
        return chain(sum_rule, {"+", "-"}, [&] { return product(); });
    }
    Expression product() {
        return chain(product_rule, {"*", "/", "%"}, [&] { return unary(); });
    }

    Expression unary() {
        if (!starts_operand(0)) {
            if (!starts_operand(1) || peek().kind == Word::end) {
                auto position = peek().position;
                mismatched(operand_start);
                recover();
                return node(Kind::literal, position);
            }
            extraneous(operand_start);
        }
        for (std::string_view symbol : {"!", "-"}) {
            bool is_literal = peek(1).kind == Word::integer || peek(1).kind == Word::number;
            if (!at(symbol) || (symbol == "-" && is_literal)) continue;
            auto position = peek().position;
            int count = 0;
            for (; at(symbol); ++count) take();
            auto operand = member();
            if (count % 2 == 0) return operand;
            std::vector<Expression> parts;
            parts.push_back(std::move(operand));
            return call(position, symbol == "!" ? operators::logical_not : operators::negate, std::move(parts));
        }
        return member();
    }

    Expression member() {
        Nest nest(*this, member_rule);
        auto out = primary();
        for (;;) {
            if (at(".")) {
                nest.deepen();
                out = selection(std::move(out));
            } else if (at("[")) {
                nest.deepen();
                out = index(std::move(out));
            } else {
                return out;
            }
        }
    }

    Expression selection(Expression operand) {
        auto& dot = take();
        auto position = dot.position;
        bool optional = accept("?");
        auto& name = peek();
        if (name.kind != Word::identifier && name.kind != Word::escaped_identifier) {
            wrong_name(dot, optional);
            return operand;
        }
        take();
        if (!optional && name.kind == Word::identifier && at("(")) return member_call(std::move(operand), name);
        std::string text(name.text);
        if (name.kind == Word::escaped_identifier) text = text.substr(1, text.size() - 2);
        if (optional) {
            auto field = node(Kind::literal, name.position);
            field.literal = std::move(text);
            return binary(position, operators::optional_select, std::move(operand), std::move(field));
        }
        auto out = node(Kind::select, position);
        out.name = std::move(text);
        out.parts.push_back(std::move(operand));
        return out;
    }
    void wrong_name(const Token& dot, bool optional) {
        auto& name = peek();
        bool is_value = name.text == "true" || name.text == "false" || name.text == "null";
        if (optional) {
            mismatched("{IDENTIFIER, ESC_IDENTIFIER}");
        } else if (is_value && name.kind == Word::symbol) {
            mismatched("IDENTIFIER");
        } else {
            syntax(name, fmt::format("no viable alternative at input '{}{}'", dot.text,
                                     name.kind == Word::end ? "" : shown(name)));
        }
        if (name.kind == Word::symbol && can_follow()) return;
        take();
        recover();
    }

    Expression member_call(Expression target, const Token& name) {
        auto position = take().position;
        std::vector<Expression> parts;
        parts.push_back(std::move(target));
        arguments(parts);
        auto out = call(position, name.text, std::move(parts));
        out.is_member = true;
        expand_macro(out, ids_, out_.issues);
        return out;
    }

    void arguments(std::vector<Expression>& parts) {
        closers_.push_back(",");
        closers_.push_back(")");
        if (!at(")") && !starts_operand(0) && !starts_operand(1)) {
            mismatched(argument_start);
            recover();
            accept(")");
            closers_.resize(closers_.size() - 2);
            return;
        } else if (!at(")")) {
            if (!starts_operand(0)) extraneous(argument_start);
            do parts.push_back(expression());
            while (accept(","));
        }
        closers_.resize(closers_.size() - 2);
        expect(")", true);
    }

    Expression index(Expression operand) {
        auto position = take().position;
        bool optional = accept("?");
        closers_.push_back("]");
        auto key = expression();
        closers_.pop_back();
        expect("]", true);
        auto name = optional ? operators::optional_index : operators::index;
        return binary(position, name, std::move(operand), std::move(key));
    }

    Expression primary() {
        auto& t = peek();
        if (!starts_operand(0) || at("!") || (at("-") && !is_number(peek(1)))) {
            auto position = t.position;
            mismatched(
                "{'[', '{', '(', '.', '-', 'true', 'false', 'null', NUM_FLOAT, NUM_INT, NUM_UINT, STRING, BYTES, "
                "IDENTIFIER}");
            recover();
            return node(Kind::literal, position);
        }
        if (t.kind == Word::symbol) {
            if (t.text == "(") return nested();
            if (t.text == "[") return list();
            if (t.text == "{") return map();
            if (t.text == ".") return name();
        }
        return t.kind == Word::identifier ? name() : literal();
    }
    static bool is_number(const Token& t) { return t.kind == Word::integer || t.kind == Word::number; }

    Expression nested() {
        take();
        closers_.push_back(")");
        auto out = expression();
        closers_.pop_back();
        expect(")", true);
        return out;
    }

    Expression list() {
        auto out = node(Kind::list, take().position);
        closers_.push_back(",");
        closers_.push_back("]");
        while (!at("]") && !at(",")) {
            bool optional = accept("?");
            out.parts.push_back(expression());
            mark_optional(out, out.parts.size() - 1, optional);
            if (!accept(",")) break;
        }
        close_aggregate("]");
        return out;
    }
    static void mark_optional(Expression& out, std::size_t i, bool optional) {
        if (!optional && out.optionals.empty()) return;
        out.optionals.resize(i + 1);
        out.optionals[i] = optional;
    }
    void close_aggregate(std::string_view symbol) {
        closers_.resize(closers_.size() - 2);
        accept(",");
        if (accept(symbol)) return;
        auto expected = fmt::format("{{'{}', ','}}", symbol);
        if (at(symbol, 1)) {
            extraneous(expected);
            take();
        } else {
            mismatched(expected);
            recover();
        }
    }

    Expression map() {
        auto out = node(Kind::map, take().position);
        closers_.push_back(",");
        closers_.push_back("}");
        bool well = true;
        while (well && !at("}") && !at(",")) {
            if (out.parts.empty() && !starts_operand(0) && !at("?")) {
                if (!starts_operand(1)) {
                    mismatched(element_start);
                    closers_.resize(closers_.size() - 2);
                    recover();
                    return out;
                }
                extraneous(element_start);
            }
            bool optional = accept("?");
            out.parts.push_back(expression());
            well = expect(":", false);
            out.parts.push_back(well ? expression() : node(Kind::literal, peek().position));
            mark_optional(out, out.parts.size() / 2 - 1, optional);
            if (!accept(",")) break;
        }
        close_aggregate("}");
        return out;
    }

    // a, .a, a.b.C{…}, a(…).
    Expression name() {
        bool leading = accept(".");
        if (peek().kind != Word::identifier) {
            auto position = peek().position;
            mismatched("IDENTIFIER");
            recover();
            return node(Kind::literal, position);
        }
        if (starts_structure()) return structure(leading);
        auto& word = take();
        auto text = (leading ? "." : "") + std::string(word.text);
        if (at("(")) return global_call(word, text);
        if (is_reserved(word.text)) return refuse(word.position, fmt::format("reserved identifier: {}", word.text));
        auto out = node(Kind::identifier, word.position);
        out.name = std::move(text);
        return out;
    }

    Expression global_call(const Token& word, const std::string& text) {
        auto position = take().position;
        std::vector<Expression> parts;
        arguments(parts);
        if (is_reserved(word.text)) return refuse(word.position, fmt::format("reserved identifier: {}", word.text));
        auto out = call(position, text, std::move(parts));
        expand_macro(out, ids_, out_.issues);
        return out;
    }

    bool starts_structure() const {
        std::size_t ahead = 1;
        while (at(".", ahead) && peek(ahead + 1).kind == Word::identifier) ahead += 2;
        return at("{", ahead);
    }
    Expression structure(bool leading) {
        std::string type = leading ? "." : "";
        for (; !at("{"); take()) type += peek().text;
        auto out = node(Kind::structure, take().position);
        out.name = std::move(type);
        closers_.push_back(",");
        closers_.push_back("}");
        constexpr std::string_view field_start = "{'}', ',', '?', IDENTIFIER, ESC_IDENTIFIER}";
        bool well = true;
        while (well && !at("}") && !at(",")) {
            bool optional = accept("?");
            auto is_name = [&](const Token& t) {
                return t.kind == Word::identifier || t.kind == Word::escaped_identifier;
            };
            if (!is_name(peek()) && is_name(peek(1))) extraneous(field_start);
            if (!is_name(peek())) {
                mismatched(field_start);
                break;
            }
            auto& field = take();
            bool escaped = field.kind == Word::escaped_identifier;
            out.fields.emplace_back(escaped ? field.text.substr(1, field.text.size() - 2) : field.text);
            well = expect(":", false);
            out.parts.push_back(well ? expression() : node(Kind::literal, peek().position));
            mark_optional(out, out.parts.size() - 1, optional);
            if (!accept(",")) break;
        }
        close_aggregate("}");
        return out;
    }

    Expression literal() {
        auto& first = take();
        std::string sign;
        auto* token = &first;
        if (first.text == "-" && first.kind == Word::symbol) {
            sign = "-";
            token = &take();
        }
        auto position = first.position;
        auto text = sign + std::string(token->text);
        auto out = node(Kind::literal, position);
        switch (token->kind) {
            case Word::integer:
                return with(std::move(out), integer_literal(text), "invalid int literal");
            case Word::unsigned_integer:
                text.pop_back();
                return with(std::move(out), unsigned_literal(text), "invalid uint literal");
            case Word::number:
                return with(std::move(out), number_literal(text), "invalid double literal");
            case Word::string:
            case Word::bytes:
                return text_literal(std::move(out), *token);
            default:
                break;
        }
        if (text == "null")
            out.literal = nullptr;
        else
            out.literal = text == "true";
        return out;
    }
    template <class T>
    Expression with(Expression out, const std::optional<T>& value, std::string_view problem) {
        if (!value) return refuse(out.position, std::string(problem));
        out.literal = *value;
        return out;
    }
    Expression text_literal(Expression out, const Token& token) {
        bool is_bytes = token.kind == Word::bytes;
        auto value = unescape(token.text.substr(is_bytes ? 1 : 0), is_bytes);
        if (!value.problem.empty()) return refuse(out.position, std::string(value.problem));
        if (is_bytes)
            out.literal = ByteText{std::move(value.text)};
        else
            out.literal = std::move(value.text);
        return out;
    }

    Parsed& out_;
    Numbering ids_;
    int depth_[rules] = {};
};

}  // namespace

Parsed parse(const Source& source) {
    Parsed out;
    if (source.size() > most_code_points) {
        out.issues.push_back({no_position, fmt::format("expression code point size exceeds limit: size: {}, limit {}",
                                                       source.size(), most_code_points)});
        return out;
    }
    Parser(source, out).run();
    return out;
}

}  // namespace mizzen::cel
