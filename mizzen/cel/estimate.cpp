// SPDX-License-Identifier: Apache-2.0
// estimate_cost: adds up the tree. Sizes come from the shape, by the path on which a value is reached, or from what
// made the value.
#include "mizzen/cel/estimate.hpp"

#include <map>
#include <unordered_map>

#include "mizzen/base/utf8.hpp"
#include "mizzen/cel/estimate_calls.hpp"
#include "mizzen/cel/macros.hpp"

namespace mizzen::cel {
namespace {

using Kind = Expression::Kind;

// How a value is reached from a variable. What is reached from elsewhere begins anew at the root, as it does in
// kube-apiserver.
struct Path {
    std::size_t length = 0;
    const Shape* shape = nullptr;  // null where the schema says nothing
};

// The sizes of the keys and values of a list or map that an expression made.
struct EntrySizes {
    bool is_list = false;
    Bounds key, value;
};

struct Local {
    Path path;
    std::optional<Bounds> size;
    std::optional<EntrySizes> entries;
};

std::uint64_t characters(std::string_view text) {
    std::uint64_t n = 0;
    for (std::size_t i = 0; i < text.size(); ++n) i += std::max<std::size_t>(utf8_length_at(text, i), 1);
    return n;
}

std::optional<Bounds> written_size(const Expression& e) {
    if (e.is(Kind::list)) return Bounds::exactly(e.parts.size());
    if (e.is(Kind::map)) return Bounds::exactly(e.parts.size() / 2);
    if (!e.is(Kind::literal)) return std::nullopt;
    if (auto* text = std::get_if<std::string>(&e.literal)) return Bounds::exactly(characters(*text));
    if (auto* bytes = std::get_if<ByteText>(&e.literal)) return Bounds::exactly(bytes->bytes.size());
    return Bounds::exactly(1);
}

bool is_scalar(const Type& type) {
    using K = Type::Kind;
    if (type.is_optional()) return is_scalar(type.parameters()[0]);
    return type.is(K::boolean) || type.is(K::number) || type.is(K::duration) || type.is(K::integer) ||
           type.is(K::timestamp) || type.is(K::unsigned_integer);
}

class Coster {
  public:
    Coster(const Checked& checked, const Shape& root) : checked_(checked), root_(root) {}

    Bounds cost(const Expression& e) {
        switch (e.kind) {
            case Kind::literal:
                return {};
            case Kind::identifier:
                return identifier(e);
            case Kind::select:
                return select(e);
            case Kind::call:
                return call(e);
            case Kind::list:
                return list(e);
            case Kind::map:
                return map(e);
            case Kind::structure:
                break;
            case Kind::comprehension:
                return is_bind(e) ? bind(e) : comprehension(e);
        }
        return {};
    }

  private:
    static bool is_bind(const Expression& e) {
        return e.parts[0].is(Kind::list) && e.parts[0].parts.empty() && e.accumulator != result_name;
    }

    const Local* local(const Expression& e) const {
        if (!e.is(Kind::identifier)) return nullptr;
        auto found = locals_.find(e.name);
        return found == locals_.end() || found->second.empty() ? nullptr : &found->second.back();
    }

    static const Shape& key_shape() {
        static const Shape shape = [] {
            Shape out;
            out.kind = Shape::Kind::string;
            return out;
        }();
        return shape;
    }
    Path step(const Path& from, std::string_view name) const {
        if (from.length == 0) return {1, &root_};
        Path out{from.length + 1, nullptr};
        auto* at = from.shape;
        if (!at) return out;
        if (name == "@items" || name == "@values")
            out.shape = at->element.get();
        else if (name == "@keys")
            out.shape = at->kind == Shape::Kind::map ? &key_shape() : nullptr;
        else if (auto* field = at->find_escaped(name))
            out.shape = field->shape.get();
        return out;
    }
    static std::optional<Bounds> size_at(const Path& path) {
        return path.length > 0 && path.shape ? std::optional(Bounds{0, path.shape->most}) : std::nullopt;
    }
    Path path(const Expression& e) const {
        if (auto* found = local(e)) return found->path;
        auto found = paths_.find(e.id);
        return found == paths_.end() ? Path() : found->second;
    }

    std::optional<Bounds> size(const Expression& e) {
        if (auto found = sizes_.find(e.id); found != sizes_.end()) return found->second;
        if (auto written = written_size(e)) return written;
        if (auto at = size_at(path(e))) return sizes_[e.id] = *at, at;
        if (is_scalar(checked_.type_of(e))) return Bounds::exactly(1);
        auto* found = local(e);
        return found ? found->size : std::nullopt;
    }
    Bounds size_or_unknown(const Expression& e) { return size(e).value_or(Bounds::unknown()); }
    std::optional<EntrySizes> entries(const Expression& e) const {
        if (auto found = entries_.find(e.id); found != entries_.end()) return found->second;
        auto* found = local(e);
        return found ? found->entries : std::nullopt;
    }
    void set_size(const Expression& e, const std::optional<Bounds>& size) {
        if (size) sizes_[e.id] = *size;
    }
    void set_entries(const Expression& e, const std::optional<EntrySizes>& sizes) {
        if (sizes) entries_[e.id] = *sizes;
    }

    Operand operand(const Expression& e) {
        Operand out{&e, checked_.type_of(e), size_or_unknown(e), std::nullopt};
        if (out.type.parameters().empty()) return out;
        auto at = path(e);
        out.element = at.length > 0 ? size_at(step(at, "@items")).value_or(Bounds::unknown()) : Bounds::unknown();
        return out;
    }

    Bounds identifier(const Expression& e) {
        auto* found = local(e);
        paths_[e.id] = found ? found->path : Path{1, &root_};
        return Bounds::exactly(1);
    }

    Bounds select(const Expression& e) {
        auto sum = cost(e.parts[0]);
        if (e.is_test) return sum;
        auto& type = checked_.type_of(e.parts[0]);
        bool has_members = type.is(Type::Kind::map) || type.is(Type::Kind::structure) || type.is(Type::Kind::variable);
        paths_[e.id] = step(path(e.parts[0]), e.name);
        return has_members ? sum + Bounds::exactly(1) : sum;
    }

    Bounds call(const Expression& e) {
        if (e.name == "dyn" && e.parts.size() == 1) {
            auto sum = cost(e.parts[0]) + Bounds::exactly(1);
            set_size(e, size(e.parts[0]));
            set_entries(e, entries(e.parts[0]));
            return sum;
        }
        std::vector<Bounds> costs;
        std::vector<Operand> args;
        for (std::size_t i = e.is_member ? 1 : 0; i < e.parts.size(); ++i) {
            costs.push_back(cost(e.parts[i]));
            args.push_back(operand(e.parts[i]));
        }
        auto& overloads = checked_.overloads_of(e);
        if (overloads.empty()) return {};
        Bounds sum;
        std::optional<Operand> target;
        if (e.is_member) {
            sum = cost(e.parts[0]);
            target = operand(e.parts[0]);
        }
        Bounds worst{UINT64_MAX, 0};
        std::optional<Bounds> result;
        for (auto* overload : overloads) {
            auto [own, made] = overload_cost(e, overload->id, target ? &*target : nullptr, args, costs);
            worst = worst | own;
            if (made) result = result ? *result | *made : *made;
            if (overload->id == "index_list" || overload->id == "index_map") {
                auto inner = entries(e.parts[0]);
                result = inner ? std::optional(inner->value) : std::nullopt;
                paths_[e.id] = step(path(e.parts[0]), overload->id == "index_list" ? "@items" : "@values");
            }
            if (!result) result = size(e);
        }
        set_size(e, result);
        return sum + worst;
    }

    CallEstimate overload_cost(const Expression& e, std::string_view id, const Operand* target,
                               const std::vector<Operand>& args, const std::vector<Bounds>& costs) {
        if (id == "logical_and" || id == "logical_or")
            return {{costs[0].least, plus(costs[0].most, costs[1].most)}, std::nullopt};
        if (id == "conditional") {
            auto yes = entries(e.parts[1]), no = entries(e.parts[2]);
            if (yes && no) set_entries(e, EntrySizes{yes->is_list, yes->key | no->key, yes->value | no->value});
            return {costs[0] + (costs[1] | costs[2]), args[1].size | args[2].size};
        }
        if (id == "add_list") {
            auto a = entries(e.parts[0]), b = entries(e.parts[1]);
            if (a && b) set_entries(e, EntrySizes{a->is_list, a->key | b->key, a->value | b->value});
        }
        auto out = estimate_call(e.name, id, target, args);
        for (auto& c : costs) out.cost = out.cost + c;
        return out;
    }

    Bounds list(const Expression& e) {
        Bounds sum, each{e.parts.empty() ? 0 : UINT64_MAX, 0};
        for (auto& part : e.parts) {
            sum = sum + cost(part);
            each = each | size_or_unknown(part);
        }
        set_entries(e, EntrySizes{true, Bounds::exactly(1), each});
        return sum + Bounds::exactly(10);
    }

    Bounds map(const Expression& e) {
        Bounds sum, key{e.parts.empty() ? 0 : UINT64_MAX, 0}, value = key;
        for (std::size_t i = 0; i + 1 < e.parts.size(); i += 2) {
            sum = sum + cost(e.parts[i]) + cost(e.parts[i + 1]);
            key = key | size_or_unknown(e.parts[i]);
            value = value | size_or_unknown(e.parts[i + 1]);
        }
        set_entries(e, EntrySizes{false, key, value});
        return sum + Bounds::exactly(30);
    }

    Local element(const Expression& range, bool wants_key) {
        auto made = entries(range);
        bool is_list = made ? made->is_list : checked_.type_of(range).is(Type::Kind::list);
        auto name = is_list ? (wants_key ? "@indices" : "@items") : (wants_key ? "@keys" : "@values");
        Local out{step(path(range), name), std::nullopt, std::nullopt};
        if (made) out.size = wants_key ? made->key : made->value;
        return out;
    }

    Bounds comprehension(const Expression& e) {
        auto &range = e.parts[0], &start = e.parts[1], &condition = e.parts[2], &step = e.parts[3],
             &result = e.parts[4];
        auto sum = cost(range) + cost(start);
        locals_[e.accumulator].push_back({path(start), size(start), entries(start)});
        bool is_pair = !e.second.empty();
        auto made = entries(range);
        bool is_list = made ? made->is_list : checked_.type_of(range).is(Type::Kind::list);
        locals_[e.name].push_back(element(range, is_pair || !is_list));
        if (is_pair) locals_[e.second].push_back(element(range, false));
        auto loop = cost(condition) + cost(step);
        locals_[e.name].pop_back();
        if (is_pair) locals_[e.second].pop_back();
        sum = sum + cost(result);
        locals_[e.accumulator].pop_back();
        auto count = size_or_unknown(range);
        sum = sum + count * loop;
        if (start.is(Kind::literal)) {
            set_size(e, size(start));
        } else if (start.is(Kind::list) || start.is(Kind::map)) {
            set_size(e, count);
            set_entries(e, entries(step));
        }
        return sum;
    }

    Bounds bind(const Expression& e) {
        auto &value = e.parts[1], &body = e.parts[4];
        auto sum = cost(e.parts[0]) + cost(value);
        locals_[e.accumulator].push_back({path(value), size(value), entries(value)});
        sum = sum + cost(body);
        locals_[e.accumulator].pop_back();
        set_size(e, size(body));
        set_entries(e, entries(body));
        return sum;
    }

    const Checked& checked_;
    const Shape& root_;
    std::unordered_map<int, Path> paths_;
    std::unordered_map<int, Bounds> sizes_;
    std::unordered_map<int, EntrySizes> entries_;
    std::map<std::string, std::vector<Local>, std::less<>> locals_;
};

}  // namespace

std::uint64_t estimate_cost(const Checked& checked, const Shape& self) {
    return Coster(checked, self).cost(checked.root).most;
}

}  // namespace mizzen::cel
