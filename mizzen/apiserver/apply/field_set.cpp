// SPDX-License-Identifier: Apache-2.0
// The algebra of field sets, on FieldsV1 documents as they are. Each function walks two sorted trees at once.
#include "mizzen/apiserver/apply/field_set.hpp"

#include <algorithm>
#include <ranges>
#include <span>

#include "mizzen/apiserver/apply/node_type.hpp"
#include "mizzen/apiserver/apply/path_element.hpp"

namespace mizzen::apiserver {
namespace {

using json::Member;
using json::Object;
using json::Value;
using kube::schema::Type;

constexpr std::string_view self = ".";

// Makes a node of what is below it; null if there is nothing to say.
Value node_of(Object below, bool member) {
    if (below.empty()) return member ? Value(Object()) : Value();
    if (member)
        below.set(self, Object());
    else
        below.erase(self);
    return below;
}

bool has_member(const Value* node) { return node && is_member(*node); }

Object trimmed(std::vector<Member> members) {
    std::erase_if(members, [](const Member& m) { return m.value.is_null(); });
    return Object(std::move(members));
}

// Calls fn(element, node of a or null, node of b or null) for each element of either, in order; "." is no element.
template <class A, class B, class Fn>
void zip(A& a, B& b, Fn fn) {
    auto i = a.begin();
    auto j = b.begin();
    while (i != a.end() || j != b.end()) {
        int order = i == a.end() ? 1 : j == b.end() ? -1 : i->key.compare(j->key);
        const std::string& key = order <= 0 ? i->key : j->key;
        if (key != self) fn(key, order <= 0 ? &i->value : nullptr, order >= 0 ? &j->value : nullptr);
        if (order <= 0) ++i;
        if (order >= 0) ++j;
    }
}

void unite_nodes(Object& a, const Object& b);

Value united(Value* a, const Value* b) {
    if (!a) return *b;
    if (!b) return std::move(*a);
    bool member = is_member(*a) || is_member(*b);
    Object below = std::move(a->as_object());
    unite_nodes(below, b->as_object());
    below.erase(self);
    return node_of(std::move(below), member);
}

void unite_nodes(Object& a, const Object& b) {
    std::vector<Member> out;
    out.reserve(std::max(a.size(), b.size()));
    zip(a, b, [&](const std::string& key, Value* x, const Value* y) { out.push_back({key, united(x, y)}); });
    a = trimmed(std::move(out));
}

// Whether subtracting `b` would change `a`: what saves a copy in the usual case.
bool touches(const Object& a, const Object& b, bool whole_trees) {
    for (const auto& [key, y] : b) {
        const Value* x = key == self ? nullptr : a.find(key);
        if (!x) continue;
        if (is_member(y) && (whole_trees || is_member(*x))) return true;
        if (touches(x->as_object(), y.as_object(), whole_trees)) return true;
    }
    return false;
}

void subtract_nodes(Object& a, const Object& b, bool whole_trees) {
    if (!touches(a, b, whole_trees)) return;
    std::vector<Member> rest;
    rest.reserve(a.size());
    for (auto& [key, x] : a) {
        const Value* y = key == self ? nullptr : b.find(key);
        if (!y) {
            rest.push_back({std::move(key), std::move(x)});
            continue;
        }
        if (whole_trees && is_member(*y)) continue;
        bool member = is_member(x) && !is_member(*y);
        Object below = std::move(x.as_object());
        below.erase(self);
        subtract_nodes(below, y->as_object(), whole_trees);
        rest.push_back({std::move(key), node_of(std::move(below), member)});
    }
    a = trimmed(std::move(rest));
}

Object common(const Object& a, const Object& b) {
    std::vector<Member> out;
    for (const auto& [key, x] : a) {
        const Value* y = key == self ? nullptr : b.find(key);
        if (y) out.push_back({key, node_of(common(x.as_object(), y->as_object()), is_member(x) && is_member(*y))});
    }
    return trimmed(std::move(out));
}

bool is_subset(const Object& a, const Object& b) {
    return std::ranges::all_of(a, [&](const Member& m) {
        if (m.key == self) return true;
        const Value* y = b.find(m.key);
        return (!is_member(m.value) || has_member(y)) &&
               (!has_below(m.value) || (y && is_subset(m.value.as_object(), y->as_object())));
    });
}

std::vector<std::string_view> names_of(std::string_view path) {
    std::vector<std::string_view> out;
    for (;;) {
        auto dot = path.find('.');
        out.push_back(path.substr(0, dot));
        if (dot == std::string_view::npos) return out;
        path.remove_prefix(dot + 1);
    }
}

Object kept_within(const Object& nodes, std::span<const std::string_view> path) {
    if (path.empty()) return nodes;
    std::vector<Member> out;
    for (const auto& [key, node] : nodes) {
        bool matches =
            key != self && (path[0] == "*" || (key.starts_with("f:") && std::string_view(key).substr(2) == path[0]));
        if (matches) out.push_back({key, node_of(kept_within(node.as_object(), path.subspan(1)), is_member(node))});
    }
    return trimmed(std::move(out));
}

void declare(Object& nodes, const Type& type) {
    for (auto& [key, node] : nodes) {
        if (key == self || !has_below(node)) continue;
        declare(node.as_object(), step(type, key));
        if (key.starts_with("f:") && type.find(std::string_view(key).substr(2))) node[self] = Object();
    }
}

void follow(Object& nodes, const Type& type) {
    for (auto& [key, node] : nodes) {
        if (key == self || !has_below(node)) continue;
        const Type& below = step(type, key);
        if (is_atomic(below))
            node = Object();
        else
            follow(node.as_object(), below);
    }
}

void visit(const Object& nodes, const std::string& prefix, const std::function<void(const std::string&)>& fn) {
    for (const auto& [key, node] : nodes) {
        if (key != self && is_member(node)) fn(prefix + readable_element(key));
    }
    for (const auto& [key, node] : nodes) {
        if (key != self && has_below(node)) visit(node.as_object(), prefix + readable_element(key), fn);
    }
}

// Brings a document into shape in place; false if it is no FieldsV1.
bool clean(Value& fields) {
    if (!fields.is_object()) return false;
    std::vector<Member> out;
    out.reserve(fields.as_object().size());
    for (auto& [key, node] : fields.as_object()) {
        if (key == self) {
            out.push_back({std::string(self), Object()});
            continue;
        }
        auto element = canonical_element(key);
        if (!element || !clean(node)) return false;
        if (!element->empty()) out.push_back({std::move(*element), std::move(node)});
    }
    bool is_only_itself = out.size() == 1 && out[0].key == self;
    fields = is_only_itself ? Object() : Object(std::move(out));
    return true;
}

}  // namespace

bool is_member(const Value& node) { return node.as_object().empty() || node.as_object().contains(self); }
bool has_below(const Value& node) { return node.as_object().size() > (node.as_object().contains(self) ? 1u : 0u); }

std::optional<FieldSet> FieldSet::parse(Value fields_v1) {
    if (!clean(fields_v1)) return std::nullopt;
    fields_v1.erase(self);
    return FieldSet(std::move(fields_v1.as_object()));
}

void FieldSet::put(std::string element, bool member, FieldSet below) {
    Value node = node_of(std::move(below.nodes_), member);
    if (!node.is_null()) nodes_.set(element, std::move(node));
}

FieldSet FieldSet::of_paths(std::span<const std::string_view> paths) {
    FieldSet out;
    for (auto path : paths) {
        Value tree = Object();
        for (auto name : names_of(path) | std::views::reverse) tree = Object{{field_element(name), std::move(tree)}};
        out.unite(FieldSet(std::move(tree.as_object())));
    }
    return out;
}

bool FieldSet::contains(std::initializer_list<std::string_view> path) const {
    const Object* at = &nodes_;
    const Value* node = nullptr;
    for (auto element : path) {
        node = at->find(element);
        if (!node) return false;
        at = &node->as_object();
    }
    return node && is_member(*node);
}

void FieldSet::unite(const FieldSet& other) {
    if (!is_subset(other.nodes_, nodes_)) unite_nodes(nodes_, other.nodes_);
}
void FieldSet::subtract(const FieldSet& other) { subtract_nodes(nodes_, other.nodes_, false); }
void FieldSet::subtract_trees(const FieldSet& other) { subtract_nodes(nodes_, other.nodes_, true); }
FieldSet FieldSet::intersection(const FieldSet& other) const { return FieldSet(common(nodes_, other.nodes_)); }
bool FieldSet::is_subset_of(const FieldSet& other) const { return is_subset(nodes_, other.nodes_); }
FieldSet FieldSet::within(std::string_view path) const { return FieldSet(kept_within(nodes_, names_of(path))); }
void FieldSet::make_declared_fields_members(const Type& type) { declare(nodes_, type); }
void FieldSet::follow_type(const Type& type) { follow(nodes_, type); }
void FieldSet::for_each(const std::function<void(const std::string& path)>& fn) const { visit(nodes_, "", fn); }

}  // namespace mizzen::apiserver
