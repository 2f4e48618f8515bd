// SPDX-License-Identifier: Apache-2.0
// Regex: a set of places in the pattern moves along the text (Thompson 1968;
// https://swtch.com/~rsc/regexp/regexp2.html).
#include "mizzen/base/regex.hpp"

#include <algorithm>

#include "mizzen/base/error.hpp"
#include "mizzen/base/regex_parse.hpp"
#include "mizzen/base/utf8.hpp"

namespace mizzen {
namespace {

using Step = Regex::Step;
using Op = Step::Op;

constexpr std::size_t most_steps = 20'000;

class Compile {
  public:
    Compile(std::vector<Step>& steps, std::vector<std::vector<Regex::Range>>& sets) : steps_(steps), sets_(sets) {}

    void node(const regex::Node& n) {
        if (++visits_ > 5 * most_steps) fail();  // repetitions of nothing make no steps and yet take time
        using Kind = regex::Node::Kind;
        switch (n.kind) {
            case Kind::empty:
                return;
            case Kind::assertion:
                add(n.assertion);
                return;
            case Kind::set:
                set(n.set);
                return;
            case Kind::sequence:
                for (const auto& c : n.children) node(c);
                return;
            case Kind::choice:
                choice(n);
                return;
            case Kind::repeat:
                repeat(n);
                return;
        }
    }

    std::uint32_t add(Op op, std::uint32_t x = 0, std::uint32_t y = 0) {
        if (steps_.size() == most_steps) fail();
        steps_.push_back({op, x, y});
        return here() - 1;
    }

  private:
    [[noreturn]] static void fail() { throw Error(ErrorKind::invalid, "the pattern is too large"); }
    std::uint32_t here() const { return static_cast<std::uint32_t>(steps_.size()); }

    void set(const std::vector<Regex::Range>& s) {
        const auto at = std::find(sets_.begin(), sets_.end(), s);
        add(Op::set, static_cast<std::uint32_t>(at - sets_.begin()));
        if (at == sets_.end()) sets_.push_back(s);
    }

    void choice(const regex::Node& n) {
        std::vector<std::uint32_t> ends;
        for (std::size_t i = 0; i + 1 < n.children.size(); ++i) {
            const std::uint32_t split = add(Op::split);
            steps_[split].x = here();
            node(n.children[i]);
            ends.push_back(add(Op::jump));
            steps_[split].y = here();
        }
        node(n.children.back());
        for (const std::uint32_t e : ends) steps_[e].x = here();
    }

    void repeat(const regex::Node& n) {
        const regex::Node& inner = n.children[0];
        for (int i = 0; i < n.least; ++i) node(inner);
        if (n.most < 0) {
            const std::uint32_t split = add(Op::split);
            steps_[split].x = here();
            node(inner);
            add(Op::jump, split);
            steps_[split].y = here();
            return;
        }
        std::vector<std::uint32_t> splits;
        for (int i = n.least; i < n.most; ++i) {
            splits.push_back(add(Op::split));
            steps_[splits.back()].x = here();
            node(inner);
        }
        for (const std::uint32_t s : splits) steps_[s].y = here();
    }

    std::vector<Step>& steps_;
    std::vector<std::vector<Regex::Range>>& sets_;
    std::size_t visits_ = 0;
};

bool contains(const std::vector<Regex::Range>& set, char32_t c) {
    const auto after =
        std::upper_bound(set.begin(), set.end(), c, [](char32_t v, const Regex::Range& r) { return v < r.first; });
    return after != set.begin() && c <= std::prev(after)->second;
}

// Where in the text the places stand; -1 is beyond its ends.
struct Between {
    std::int64_t before, after;

    static bool word(std::int64_t c) {
        return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '_';
    }
    bool holds(Op op) const {
        switch (op) {
            case Op::text_begin:
                return before < 0;
            case Op::text_end:
                return after < 0;
            case Op::line_begin:
                return before < 0 || before == '\n';
            case Op::line_end:
                return after < 0 || after == '\n';
            case Op::word_edge:
                return word(before) != word(after);
            case Op::no_word_edge:
                return word(before) == word(after);
            default:
                return false;
        }
    }
};

// The places that wait for a character; each once.
class Places {
  public:
    explicit Places(const std::vector<Step>& steps) : steps_(steps), seen_(steps.size(), 0) {}

    void clear() {
        waiting.clear();
        ++round_;
        matched = false;
    }

    void add(std::uint32_t start, const Between& at) {
        todo_.push_back(start);
        while (!todo_.empty()) {
            const std::uint32_t i = todo_.back();
            todo_.pop_back();
            if (seen_[i] == round_) continue;
            seen_[i] = round_;
            const Step& s = steps_[i];
            switch (s.op) {
                case Op::set:
                    waiting.push_back(i);
                    break;
                case Op::match:
                    matched = true;
                    break;
                case Op::split:
                    todo_.push_back(s.y);
                    [[fallthrough]];
                case Op::jump:
                    todo_.push_back(s.x);
                    break;
                default:
                    if (at.holds(s.op)) todo_.push_back(i + 1);
            }
        }
    }

    std::vector<std::uint32_t> waiting;
    bool matched = false;

  private:
    const std::vector<Step>& steps_;
    std::vector<std::uint32_t> todo_;
    std::vector<std::size_t> seen_;
    std::size_t round_ = 0;
};

}  // namespace

Regex::Regex(std::string_view pattern) {
    Compile compile(steps_, sets_);
    compile.node(regex::parse(pattern));
    compile.add(Op::match);
}

bool Regex::search(std::string_view text) const { return run(text, false); }
bool Regex::matches(std::string_view text) const { return run(text, true); }

bool Regex::run(std::string_view text, bool whole) const {
    const auto character = [&](std::size_t pos) {
        return pos >= text.size() ? std::int64_t{-1} : std::int64_t{utf8_character_at(text, pos)};
    };
    Places now(steps_), next(steps_);
    now.clear();
    std::int64_t before = -1, c = character(0);
    now.add(0, {-1, c});
    for (std::size_t pos = 0;;) {
        if (now.matched && (!whole || pos >= text.size())) return true;
        if (pos >= text.size() || (whole && now.waiting.empty())) return false;
        pos += std::max<std::size_t>(utf8_length_at(text, pos), 1);
        before = std::exchange(c, character(pos));
        next.clear();
        for (const std::uint32_t i : now.waiting)
            if (contains(sets_[steps_[i].x], static_cast<char32_t>(before))) next.add(i + 1, {before, c});
        if (!whole) next.add(0, {before, c});
        std::swap(now.waiting, next.waiting);
        std::swap(now.matched, next.matched);
    }
}

}  // namespace mizzen
