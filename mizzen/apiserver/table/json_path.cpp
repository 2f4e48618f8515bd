// SPDX-License-Identifier: Apache-2.0
// Implements json_path.hpp: walking a document. The text is read in json_path_parse.cpp.
#include "mizzen/apiserver/table/json_path.hpp"

#include <algorithm>
#include <charconv>
#include <compare>

#include "mizzen/json/json.hpp"

namespace mizzen::apiserver {
namespace {

using Step = JsonPath::Step;
using Steps = JsonPath::Steps;
using Found = std::vector<const json::Value*>;

// Each step returns false where it does not fit, which ends the search.
bool walk(const Steps& steps, Found& values);

void add_children(const json::Value& value, Found& out) {
    if (value.is_array()) {
        for (const json::Value& item : value.as_array()) out.push_back(&item);
    } else if (value.is_object()) {
        for (const json::Member& member : value.as_object()) out.push_back(&member.value);
    }
}

void add_descendants(const json::Value& value, Found& out) {
    Found children;
    add_children(value, children);
    if (children.empty()) return;
    out.push_back(&value);
    for (const json::Value* child : children) add_descendants(*child, out);
}

bool take_slice(const Step& step, const json::Value& value, Found& out) {
    if (value.is_null()) return true;
    if (!value.is_array()) return false;
    const json::Array& list = value.as_array();
    auto size = static_cast<std::int64_t>(list.size());
    std::int64_t first = step.first.value_or(0);
    if (first < 0) first += size;
    if (step.single) {
        if (first < 0 || first >= size) return false;
        out.push_back(&list[static_cast<std::size_t>(first)]);
        return true;
    }
    std::int64_t last = step.last.value_or(size);
    if (last < 0) last += size;
    if (first == last) return true;
    if (first < 0 || first >= size || last < 0 || last > size || first > last) return false;
    std::int64_t stride = step.stride.value_or(1);
    if (stride <= 0) return false;
    for (std::int64_t i = first; i < last; i += std::min(stride, last - i))
        out.push_back(&list[static_cast<std::size_t>(i)]);
    return true;
}

// Nothing if they cannot be compared: only values of one kind can.
std::optional<std::partial_ordering> order(const json::Value& a, const json::Value& b) {
    if (a.kind() != b.kind()) return std::nullopt;
    if (a.is_bool())
        return a.as_bool() == b.as_bool() ? std::partial_ordering::equivalent : std::partial_ordering::unordered;
    if (a.is_integer()) return a.as_integer() <=> b.as_integer();
    if (a.is_number()) return a.as_number() <=> b.as_number();
    if (a.is_string()) return a.as_string() <=> b.as_string();
    return std::nullopt;
}

bool holds(Step::Compare compare, std::partial_ordering order) {
    switch (compare) {
        case Step::Compare::exists:
            return true;
        case Step::Compare::equal:
            return order == 0;
        case Step::Compare::unequal:
            return order != 0;
        case Step::Compare::less:
            return order < 0;
        case Step::Compare::less_or_equal:
            return order <= 0;
        case Step::Compare::greater:
            return order > 0;
        case Step::Compare::greater_or_equal:
            return order >= 0;
    }
    return false;
}

bool is_ordering(Step::Compare compare) { return compare != Step::Compare::equal && compare != Step::Compare::unequal; }

// Whether an item passes, or nothing if the two sides cannot be compared.
std::optional<bool> passes(const Step& step, const json::Value& item) {
    Found left{&item};
    bool fits = walk(step.branches[0], left);
    if (step.compare == Step::Compare::exists) return fits && !left.empty();
    if (!fits) return std::nullopt;
    if (left.empty()) return false;
    Found right{&item};
    if (left.size() > 1 || !walk(step.branches[1], right) || right.size() > 1) return std::nullopt;
    if (right.empty()) return false;
    auto ordered = order(*left[0], *right[0]);
    if (!ordered || (left[0]->is_bool() && is_ordering(step.compare))) return std::nullopt;
    return holds(step.compare, *ordered);
}

bool filter(const Step& step, const json::Value& value, Found& out) {
    if (!value.is_array()) return false;
    for (const json::Value& item : value.as_array()) {
        auto pass = passes(step, item);
        if (!pass) return false;
        if (*pass) out.push_back(&item);
    }
    return true;
}

bool take(const Step& step, const json::Value& value, Found& out) {
    switch (step.kind) {
        case Step::Kind::field:
            if (const json::Value* member = value.find(step.name)) out.push_back(member);
            return true;
        case Step::Kind::wildcard:
            add_children(value, out);
            return true;
        case Step::Kind::recursive:
            add_descendants(value, out);
            return true;
        case Step::Kind::slice:
            return take_slice(step, value, out);
        case Step::Kind::filter:
            return filter(step, value, out);
        case Step::Kind::literal:
            out.push_back(&step.value);
            return true;
        case Step::Kind::either:
            break;  // goes over all values at once, see walk
    }
    return true;
}

bool walk(const Steps& steps, Found& values) {
    for (const Step& step : steps) {
        Found next;
        if (step.kind == Step::Kind::either) {
            for (const Steps& branch : step.branches) {
                Found found = values;
                if (!walk(branch, found)) return false;
                next.insert(next.end(), found.begin(), found.end());
            }
        } else {
            for (const json::Value* value : values) {
                if (!take(step, *value, next)) return false;
            }
        }
        values = std::move(next);
    }
    return true;
}

// As Go's %v: the shortest digits, with an exponent below 1e-4 and from 1e6 on.
std::string go_number(double number) {
    char text[40];
    auto scientific = std::to_chars(std::begin(text), std::end(text), number, std::chars_format::scientific);
    std::string out(text, scientific.ptr);
    std::size_t e = out.find('e');
    if (e == std::string::npos) return out;
    int exponent = 0;
    std::from_chars(out.data() + e + (out[e + 1] == '+' ? 2 : 1), out.data() + out.size(), exponent);
    if (exponent < -4 || exponent >= 6) return out;
    auto fixed = std::to_chars(std::begin(text), std::end(text), number, std::chars_format::fixed);
    return {text, fixed.ptr};
}

// Go's JSON keeps what HTML reads as markup out of strings.
std::string go_json(const json::Value& value) {
    std::string out;
    for (char c : json::to_json(value)) {
        if (c == '<')
            out += "\\u003c";
        else if (c == '>')
            out += "\\u003e";
        else if (c == '&')
            out += "\\u0026";
        else
            out += c;
    }
    return out;
}

}  // namespace

JsonPath::JsonPath(Steps steps) : steps_(std::move(steps)) {}

std::vector<const json::Value*> JsonPath::find(const json::Value& document) const {
    Found values{&document};
    if (!walk(steps_, values)) values.clear();
    return values;
}

const json::Value* JsonPath::find_first(const json::Value& document) const {
    auto found = find(document);
    return found.empty() ? nullptr : found.front();
}

std::string printed(const json::Value& value) {
    switch (value.kind()) {
        case json::Kind::null:
            return "null";
        case json::Kind::boolean:
            return value.as_bool() ? "true" : "false";
        case json::Kind::integer:
            return std::to_string(value.as_integer());
        case json::Kind::number:
            return go_number(value.as_number());
        case json::Kind::string:
            return value.as_string();
        case json::Kind::array:
        case json::Kind::object:
            break;
    }
    return go_json(value);
}

}  // namespace mizzen::apiserver
