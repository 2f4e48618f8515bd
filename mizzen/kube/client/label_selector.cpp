// SPDX-License-Identifier: Apache-2.0
// Label selectors: reading, matching, writing.
#include "mizzen/kube/client/label_selector.hpp"

#include <algorithm>
#include <charconv>
#include <optional>

#include "mizzen/base/error.hpp"

namespace mizzen::kube {
namespace {

using Operator = Selector::Operator;
using Requirement = Selector::Requirement;

std::optional<long long> number(std::string_view text) {
    long long value = 0;
    auto read = std::from_chars(text.data(), text.data() + text.size(), value);
    if (read.ec != std::errc() || read.ptr != text.data() + text.size()) return std::nullopt;
    return value;
}

class Parser {
  public:
    explicit Parser(std::string_view text) : text_(text) {}

    std::vector<Requirement> all() {
        std::vector<Requirement> out;
        skip_space();
        if (at_ == text_.size()) return out;
        do out.push_back(one());
        while (take(","));
        if (at_ != text_.size()) fail("a comma or the end");
        return out;
    }

  private:
    Requirement one() {
        if (take("!")) return {.key = word("a label key"), .op = Operator::does_not_exist, .values = {}};
        Requirement out{.key = word("a label key"), .op = Operator::exists, .values = {}};
        if (take("!=")) return with(std::move(out), Operator::not_in, {value()});
        if (take("==") || take("=")) return with(std::move(out), Operator::in, {value()});
        if (take(">")) return compared(std::move(out), Operator::greater);
        if (take("<")) return compared(std::move(out), Operator::less);
        if (take_word("in")) return with(std::move(out), Operator::in, set());
        if (take_word("notin")) return with(std::move(out), Operator::not_in, set());
        return out;
    }
    static Requirement with(Requirement out, Operator op, std::vector<std::string> values) {
        out.op = op;
        out.values = std::move(values);
        return out;
    }
    Requirement compared(Requirement out, Operator op) {
        std::string limit = value();
        if (!number(limit)) fail("a whole number");
        return with(std::move(out), op, {std::move(limit)});
    }
    std::vector<std::string> set() {
        if (!take("(")) fail("(");
        std::vector<std::string> values;
        do values.push_back(value());
        while (take(","));
        if (!take(")")) fail(")");
        std::sort(values.begin(), values.end());
        return values;
    }
    // May be empty.
    std::string value() {
        const std::size_t start = at_;
        while (at_ < text_.size() && std::string_view(" \t,()=!<>").find(text_[at_]) == std::string_view::npos) ++at_;
        std::string out(text_.substr(start, at_ - start));
        skip_space();
        return out;
    }
    std::string word(std::string_view what) {
        std::string out = value();
        if (out.empty()) fail(what);
        return out;
    }
    bool take(std::string_view token) {
        if (!text_.substr(at_).starts_with(token)) return false;
        at_ += token.size();
        skip_space();
        return true;
    }
    bool take_word(std::string_view token) {
        std::string_view rest = text_.substr(at_);
        if (!rest.starts_with(token)) return false;
        rest.remove_prefix(token.size());
        if (rest.empty() || (rest[0] != ' ' && rest[0] != '\t' && rest[0] != '(')) return false;
        return take(token);
    }
    void skip_space() {
        while (at_ < text_.size() && (text_[at_] == ' ' || text_[at_] == '\t')) ++at_;
    }
    [[noreturn]] void fail(std::string_view expected) const {
        throw Error(ErrorKind::invalid, "label selector \"" + std::string(text_) + "\": expected " +
                                            std::string(expected) + " at column " + std::to_string(at_ + 1));
    }

    std::string_view text_;
    std::size_t at_ = 0;
};

Operator operator_of(std::string_view name) {
    if (name == "In") return Operator::in;
    if (name == "NotIn") return Operator::not_in;
    if (name == "Exists") return Operator::exists;
    if (name == "DoesNotExist") return Operator::does_not_exist;
    throw Error(ErrorKind::invalid,
                "label selector: \"" + std::string(name) + "\" is none of In, NotIn, Exists, DoesNotExist");
}

std::string join(const std::vector<std::string>& values) {
    std::string out;
    for (auto& value : values) out += (out.empty() ? "" : ",") + value;
    return out;
}

std::string to_string(const Requirement& r) {
    switch (r.op) {
        case Operator::exists:
            return r.key;
        case Operator::does_not_exist:
            return "!" + r.key;
        case Operator::greater:
            return r.key + ">" + r.values.front();
        case Operator::less:
            return r.key + "<" + r.values.front();
        case Operator::in:
            return r.values.size() == 1 ? r.key + "=" + r.values.front() : r.key + " in (" + join(r.values) + ")";
        case Operator::not_in:
            return r.values.size() == 1 ? r.key + "!=" + r.values.front() : r.key + " notin (" + join(r.values) + ")";
    }
    return "";
}

}  // namespace

bool Selector::Requirement::matches(const Labels& labels) const {
    auto found = labels.find(key);
    const bool has = found != labels.end();
    auto listed = [&] { return std::find(values.begin(), values.end(), found->second) != values.end(); };
    switch (op) {
        case Operator::in:
            return has && listed();
        case Operator::not_in:
            return !has || !listed();
        case Operator::exists:
            return has;
        case Operator::does_not_exist:
            return !has;
        case Operator::greater:
        case Operator::less:
            break;
    }
    auto value = has ? number(found->second) : std::nullopt;
    auto limit = number(values.front());
    if (!value || !limit) return false;
    return op == Operator::greater ? *value > *limit : *value < *limit;
}

Selector::Selector(const Labels& labels) {
    for (auto& [key, value] : labels) requirements_.push_back({.key = key, .op = Operator::in, .values = {value}});
}

Selector Selector::parse(std::string_view text) {
    Selector out;
    out.requirements_ = Parser(text).all();
    return out;
}

Selector Selector::from(const LabelSelector& selector) {
    Selector out(selector.match_labels);
    for (auto& expression : selector.match_expressions) {
        const Operator op = operator_of(expression.operator_);
        const bool wants_values = op == Operator::in || op == Operator::not_in;
        if (wants_values == expression.values.empty())
            throw Error(ErrorKind::invalid, "label selector: " + expression.operator_ + " of " + expression.key +
                                                (wants_values ? " needs values" : " takes no values"));
        out.requirements_.push_back({.key = expression.key, .op = op, .values = expression.values});
    }
    return out;
}

bool Selector::matches(const Labels& labels) const {
    return std::all_of(requirements_.begin(), requirements_.end(),
                       [&labels](const Requirement& r) { return r.matches(labels); });
}

std::string to_string(const Selector& selector) {
    std::string out;
    for (auto& requirement : selector.requirements()) out += (out.empty() ? "" : ",") + to_string(requirement);
    return out;
}

}  // namespace mizzen::kube
