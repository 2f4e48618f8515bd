// SPDX-License-Identifier: Apache-2.0
// Finder: threads in the order of preference, each with the place where it began
// (https://swtch.com/~rsc/regexp/regexp2.html).
#include "mizzen/cel/finder.hpp"

#include <algorithm>

#include "mizzen/base/error.hpp"
#include "mizzen/base/regex_parse.hpp"
#include "mizzen/base/utf8.hpp"

namespace mizzen::cel {
namespace {

using Op = Regex::Step::Op;
constexpr std::size_t most_steps = 20'000;

bool in_set(const std::vector<Regex::Range>& set, char32_t c) {
    auto after = std::upper_bound(set.begin(), set.end(), c, [](char32_t v, auto& r) { return v < r.first; });
    return after != set.begin() && c <= std::prev(after)->second;
}

bool is_word(std::int64_t c) {
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '_';
}

// -1 is beyond the ends of the text.
bool holds(Op op, std::int64_t before, std::int64_t after) {
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
            return is_word(before) != is_word(after);
        case Op::no_word_edge:
            return is_word(before) == is_word(after);
        default:
            return false;
    }
}

}  // namespace

struct FinderCompiler {
    Finder& out;
    std::size_t visits = 0;

    std::uint32_t here() const { return static_cast<std::uint32_t>(out.steps_.size()); }
    std::uint32_t add(Op op, std::uint32_t x = 0, std::uint32_t y = 0) {
        if (out.steps_.size() == most_steps) throw Error(ErrorKind::invalid, "the pattern is too large");
        out.steps_.push_back({op, x, y});
        return here() - 1;
    }
    // Goes to the first way by preference.
    void branch(std::uint32_t split, std::uint32_t preferred, std::uint32_t other, bool lazy) {
        out.steps_[split].x = lazy ? other : preferred;
        out.steps_[split].y = lazy ? preferred : other;
    }

    void node(const regex::Node& n) {
        if (++visits > 5 * most_steps) throw Error(ErrorKind::invalid, "the pattern is too large");
        using Kind = regex::Node::Kind;
        switch (n.kind) {
            case Kind::empty:
                return;
            case Kind::assertion:
                add(n.assertion);
                return;
            case Kind::set:
                add(Op::set, static_cast<std::uint32_t>(out.sets_.size()));
                out.sets_.push_back(n.set);
                return;
            case Kind::sequence:
                for (auto& c : n.children) node(c);
                return;
            case Kind::choice:
                return choice(n);
            case Kind::repeat:
                return repeat(n);
        }
    }
    void choice(const regex::Node& n) {
        std::vector<std::uint32_t> ends;
        for (std::size_t i = 0; i + 1 < n.children.size(); ++i) {
            auto split = add(Op::split);
            auto first = here();
            node(n.children[i]);
            ends.push_back(add(Op::jump));
            branch(split, first, here(), false);
        }
        node(n.children.back());
        for (auto e : ends) out.steps_[e].x = here();
    }
    void repeat(const regex::Node& n) {
        auto& inner = n.children[0];
        for (int i = 0; i < n.least; ++i) node(inner);
        if (n.most < 0) {
            auto split = add(Op::split);
            auto first = here();
            node(inner);
            add(Op::jump, split);
            return branch(split, first, here(), n.lazy);
        }
        std::vector<std::pair<std::uint32_t, std::uint32_t>> splits;
        for (int i = n.least; i < n.most; ++i) {
            auto split = add(Op::split);
            splits.emplace_back(split, here());
            node(inner);
        }
        for (auto [split, first] : splits) branch(split, first, here(), n.lazy);
    }
};

Finder::Finder(std::string_view pattern) {
    FinderCompiler compiler{*this};
    compiler.node(regex::parse(pattern));
    compiler.add(Op::match);
}

std::optional<std::pair<std::size_t, std::size_t>> Finder::find(std::string_view text, std::size_t from) const {
    struct Thread {
        std::uint32_t step;
        std::size_t begin;
    };
    std::vector<Thread> now, next, todo;
    std::vector<std::size_t> seen(steps_.size(), SIZE_MAX);
    std::optional<std::pair<std::size_t, std::size_t>> best;
    std::int64_t before = -1;
    if (from > 0) {
        auto last = from - 1;
        while (last > 0 && from - last < 4 && (static_cast<unsigned char>(text[last]) & 0xc0) == 0x80) --last;
        before = utf8_character_at(text, last);
    }
    for (std::size_t at = from;;) {
        std::int64_t after = at < text.size() ? static_cast<std::int64_t>(utf8_character_at(text, at)) : -1;
        // Threads at this place, best first; the threads of the last round stand in `next` as places to go on from.
        auto pending = std::move(next);
        next.clear();
        now.clear();
        if (!best) pending.push_back({0, at});
        bool cut = false;
        for (auto& start : pending) {
            todo.assign(1, start);
            while (!todo.empty() && !cut) {
                auto t = todo.back();
                todo.pop_back();
                if (seen[t.step] == at) continue;
                seen[t.step] = at;
                auto& s = steps_[t.step];
                if (s.op == Op::split) {
                    todo.push_back({s.y, t.begin});
                    todo.push_back({s.x, t.begin});
                } else if (s.op == Op::jump) {
                    todo.push_back({s.x, t.begin});
                } else if (s.op == Op::set) {
                    now.push_back(t);
                } else if (s.op == Op::match) {
                    best = {t.begin, at};
                    cut = true;  // what is preferred less does not count any more
                } else if (holds(s.op, before, after)) {
                    todo.push_back({t.step + 1, t.begin});
                }
            }
            if (cut) break;
        }
        if (after < 0 || (best && now.empty())) return best;
        for (auto& t : now) {
            if (in_set(sets_[steps_[t.step].x], static_cast<char32_t>(after))) next.push_back({t.step + 1, t.begin});
        }
        if (best && next.empty()) return best;
        before = after;
        at += std::max<std::size_t>(utf8_length_at(text, at), 1);
    }
}

}  // namespace mizzen::cel
