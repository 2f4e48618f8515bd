// SPDX-License-Identifier: Apache-2.0
// Reads the text of a JsonPath.
#include <fmt/format.h>
#include <charconv>

#include "mizzen/apiserver/table/json_path.hpp"
#include "mizzen/base/error.hpp"
#include "mizzen/base/text.hpp"

namespace mizzen::apiserver {
namespace {

using Step = JsonPath::Step;
using Steps = JsonPath::Steps;

// Filters may hold paths with filters; nobody writes more levels than this.
constexpr int max_depth = 16;

[[noreturn]] void fail(std::string why) { throw Error(ErrorKind::invalid, std::move(why)); }

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_word(char c) { return c == '_' || is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool ends_name(char c) { return std::string_view(" \t\r\n.,[]$@{}").find(c) != std::string_view::npos; }

std::optional<std::int64_t> whole_number(std::string_view text) {
    std::int64_t number = 0;
    auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
    return number;
}

class Parser {
  public:
    Parser(std::string_view text, int depth) : text_(text), depth_(depth) {
        if (depth > max_depth) fail("a path nested too deeply");
    }

    Steps parse() {
        while (!rest().empty()) step();
        return std::move(steps_);
    }

  private:
    std::string_view rest() const { return text_.substr(at_); }
    void add(Step step) { steps_.push_back(std::move(step)); }
    Steps nested(std::string_view text) const { return Parser(text, depth_ + 1).parse(); }

    void step() {
        if (rest().starts_with("[?(")) return filter();
        if (rest().starts_with("..")) return recursive();
        char c = text_[at_];
        if (c == ' ' || c == '@' || c == '$') {
            ++at_;
        } else if (c == '[') {
            brackets();
        } else if (c == '"' || c == '\'') {
            add({.kind = Step::Kind::literal, .value = quoted(c)});
        } else if (c == '.') {
            ++at_;
            field();
        } else if (c == '+' || c == '-' || is_digit(c)) {
            number();
        } else if (is_word(c)) {
            word();
        } else {
            fail(fmt::format("unexpected '{}' in a path", c));
        }
    }

    void recursive() {
        if (!steps_.empty() && steps_.back().kind == Step::Kind::recursive)
            fail("two recursive descents, one after the other");
        at_ += 2;
        add({.kind = Step::Kind::recursive});
        if (!rest().empty() && is_word(rest()[0])) field();
    }

    void field() {
        std::string name;
        for (; at_ < text_.size() && !ends_name(text_[at_]); ++at_) {
            if (text_[at_] == '\\' && ++at_ == text_.size()) break;
            name += text_[at_];
        }
        if (name == "*")
            add({.kind = Step::Kind::wildcard});
        else
            add({.kind = Step::Kind::field, .name = std::move(name)});
    }

    void number() {
        std::size_t begin = at_++;
        while (at_ < text_.size() && (text_[at_] == '.' || is_digit(text_[at_]))) ++at_;
        std::string_view digits = text_.substr(begin, at_ - begin);
        if (digits.starts_with('+')) digits.remove_prefix(1);
        if (auto whole = whole_number(digits)) return add({.kind = Step::Kind::literal, .value = *whole});
        double number = 0;
        auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
        if (error != std::errc() || end != digits.data() + digits.size())
            fail(fmt::format("cannot parse number {}", digits));
        add({.kind = Step::Kind::literal, .value = number});
    }

    void word() {
        std::size_t begin = at_;
        while (at_ < text_.size() && !ends_name(text_[at_])) ++at_;
        std::string_view name = text_.substr(begin, at_ - begin);
        if (name != "true" && name != "false") fail(fmt::format("unrecognized identifier {}", name));
        add({.kind = Step::Kind::literal, .value = name == "true"});
    }

    // The text between quotes, where a backslash keeps the next character as it is.
    std::string quoted(char quote) {
        std::string out;
        for (++at_; at_ < text_.size(); ++at_) {
            if (text_[at_] == quote) return ++at_, out;
            if (text_[at_] == '\\' && ++at_ == text_.size()) break;
            out += text_[at_];
        }
        fail("unterminated quoted string");
    }

    void brackets() {
        std::size_t close = text_.find(']', at_);
        if (close == std::string_view::npos) fail("unterminated array");
        std::string_view inside = text_.substr(at_ + 1, close - at_ - 1);
        at_ = close + 1;
        auto parts = split(inside, ',');
        if (parts.size() == 1) return element(inside);
        Step either{.kind = Step::Kind::either};
        for (std::string_view part : parts) either.branches.push_back(nested(fmt::format("[{}]", trim(part))));
        add(std::move(either));
    }

    void element(std::string_view inside) {
        if (inside == "*") inside = ":";
        if (inside.size() > 1 && inside.front() == '\'' && inside.find('\'', 1) == inside.size() - 1) {
            for (Step& step : nested(fmt::format(".{}", inside.substr(1, inside.size() - 2)))) add(std::move(step));
            return;
        }
        auto parts = split(inside, ':');
        if (parts.size() > 3) fail(fmt::format("invalid array index {}", inside));
        Step slice{.kind = Step::Kind::slice, .single = parts.size() == 1};
        std::optional<std::int64_t>* bounds[] = {&slice.first, &slice.last, &slice.stride};
        for (std::size_t i = 0; i < parts.size(); ++i) {
            if (parts[i].empty()) continue;
            *bounds[i] = whole_number(parts[i]);
            if (!*bounds[i]) fail(fmt::format("invalid array index {}", inside));
        }
        add(std::move(slice));
    }

    // The text up to the ")]" outside of quotes.
    std::string_view filter_text() {
        std::size_t begin = at_ += 3;
        char quote = 0;
        for (; at_ < text_.size(); ++at_) {
            char c = text_[at_];
            if (quote) {
                if (c == '\\')
                    ++at_;
                else if (c == quote)
                    quote = 0;
            } else if (c == '"' || c == '\'') {
                quote = c;
            } else if (c == ')') {
                break;
            }
        }
        if (at_ >= text_.size()) fail("unterminated filter");
        std::string_view inside = text_.substr(begin, at_ - begin);
        if (!rest().starts_with(")]")) fail("unclosed array expect ]");
        at_ += 2;
        return inside;
    }

    void filter() {
        std::string_view inside = filter_text();
        Step step{.kind = Step::Kind::filter};
        std::size_t begin = inside.find_first_of("!<>=");
        if (begin == std::string_view::npos || begin == 0) {
            step.branches.push_back(nested(inside));
            return add(std::move(step));
        }
        std::size_t end = inside.find_first_not_of("!<>=", begin);
        if (end == std::string_view::npos) fail("a comparison with nothing");
        step.compare = comparison(inside.substr(begin, end - begin));
        step.branches.push_back(nested(inside.substr(0, begin)));
        step.branches.push_back(nested(inside.substr(end)));
        add(std::move(step));
    }

    static Step::Compare comparison(std::string_view op) {
        if (op == "==") return Step::Compare::equal;
        if (op == "!=") return Step::Compare::unequal;
        if (op == "<") return Step::Compare::less;
        if (op == "<=") return Step::Compare::less_or_equal;
        if (op == ">") return Step::Compare::greater;
        if (op == ">=") return Step::Compare::greater_or_equal;
        fail(fmt::format("unrecognized filter operator {}", op));
    }

    std::string_view text_;
    int depth_;
    std::size_t at_ = 0;
    Steps steps_;
};

}  // namespace

JsonPath JsonPath::parse(std::string_view text) { return JsonPath(Parser(text, 0).parse()); }

}  // namespace mizzen::apiserver
