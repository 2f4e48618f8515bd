// SPDX-License-Identifier: Apache-2.0
// plan: from the checked tree to steps. Constants are computed here, once.
#include "mizzen/cel/plan.hpp"

#include <algorithm>
#include <array>

#include "mizzen/cel/macros.hpp"
#include "mizzen/cel/program.hpp"

namespace mizzen::cel {
namespace {

using Kind = Expression::Kind;
using Op = Node::Op;

Value literal_value(const Literal& literal) {
    struct Visitor {
        Value operator()(std::nullptr_t) const { return {}; }
        Value operator()(const std::string& s) const { return s; }
        Value operator()(const ByteText& b) const { return Blob{Text::of(b.bytes)}; }
        Value operator()(bool b) const { return b; }
        Value operator()(std::int64_t n) const { return n; }
        Value operator()(std::uint64_t n) const { return n; }
        Value operator()(double n) const { return n; }
    };
    return std::visit(Visitor{}, literal);
}

bool is_conversion(std::string_view name) {
    static constexpr std::array<std::string_view, 10> names{"bool", "bytes",  "double",    "duration", "dyn",
                                                            "int",  "string", "timestamp", "type",     "uint"};
    return std::find(names.begin(), names.end(), name) != names.end();
}

bool is_key(const Value& v) {
    using K = Value::Kind;
    return v.is(K::boolean) || v.is(K::integer) || v.is(K::unsigned_integer) || v.is(K::number) || v.is(K::string);
}

class Planner {
  public:
    Planner(const Checked& checked, const Environment& environment, Plan& out)
        : checked_(checked), environment_(environment), out_(out) {}

    Node run() { return make(checked_.root); }

  private:
    struct Local {
        std::string_view name;
        std::size_t slot;
    };

    static Node node(Op op) {
        Node out;
        out.op = op;
        return out;
    }
    static Node constant(Value value) {
        auto out = node(Op::constant);
        out.value = std::move(value);
        return out;
    }
    static bool all_constant(const Node& n) {
        return n.optionals.empty() &&
               std::all_of(n.parts.begin(), n.parts.end(), [](auto& p) { return p.op == Op::constant; });
    }
    // Its value now, if all parts are constants.
    static Node folded(Node n) {
        if (!all_constant(n)) return n;
        auto value = evaluate(n, 0, {}, UINT64_MAX).value;
        return value.failed() ? n : constant(std::move(value));
    }

    Node make(const Expression& e) {
        switch (e.kind) {
            case Kind::literal:
                return constant(literal_value(e.literal));
            case Kind::identifier:
                return identifier(e);
            case Kind::select:
                return select(e);
            case Kind::call:
                return call(e);
            case Kind::list:
            case Kind::map:
                return aggregate(e);
            case Kind::structure:
                break;
            case Kind::comprehension:
                return comprehension(e);
        }
        return constant({});
    }

    Node identifier(const Expression& e) {
        auto out = node(Op::local);
        out.is_attribute = true;
        for (auto local = locals_.rbegin(); local != locals_.rend(); ++local) {
            if (local->name == e.name) return out.slot = local->slot, out;
        }
        out.op = Op::variable;
        auto& variables = environment_.variables();
        auto found = std::find_if(variables.begin(), variables.end(), [&](auto& v) { return v.name == e.name; });
        if (found == variables.end()) return constant(checked_.type_of(e).parameters()[0]);
        out.slot = static_cast<std::size_t>(found - variables.begin());
        return out;
    }

    static void name_member(Node& n, const std::string& name) {
        n.name = name;
        n.plain = unescape_name(name).value_or(std::string("\0", 1));  // no member has that name
        n.is_attribute = true;
    }

    Node select(const Expression& e) {
        auto out = node(e.is_test ? Op::test : Op::select);
        name_member(out, e.name);
        out.parts.push_back(make(e.parts[0]));
        return out;
    }

    Node call(const Expression& e) {
        if (e.name == operators::optional_select) {
            auto out = node(Op::optional_select);
            name_member(out, std::get<std::string>(e.parts[1].literal));
            out.parts.push_back(make(e.parts[0]));
            return out;
        }
        auto out = node(op_of(e));
        out.name = e.name;
        out.overloads = checked_.overloads_of(e);
        out.all = environment_.library().find(e.name);
        for (auto& part : e.parts) out.parts.push_back(make(part));
        out.is_attribute = out.op == Op::index || out.op == Op::optional_index || out.op == Op::conditional;
        if (out.op != Op::call) return out;
        if (e.name == operators::add && appends(out)) return append(std::move(out));
        if (e.name == operators::in) return membership(std::move(out));
        if (is_conversion(e.name) && all_constant(out)) return converted(std::move(out));
        compile_pattern(out);
        return out;
    }

    static Op op_of(const Expression& e) {
        static constexpr std::pair<const char*, Op> special[] = {
            {operators::logical_and, Op::logical_and},
            {operators::logical_or, Op::logical_or},
            {operators::conditional, Op::conditional},
            {operators::not_strictly_false, Op::not_strictly_false},
            {operators::index, Op::index},
            {operators::optional_index, Op::optional_index}};
        for (auto& [name, op] : special) {
            if (e.name == name) return op;
        }
        if (e.is_member && e.parts.size() == 2 && e.name == "or") return Op::optional_or;
        if (e.is_member && e.parts.size() == 2 && e.name == "orValue") return Op::optional_or_value;
        return Op::call;
    }

    // accumulator + [elements]
    bool appends(const Node& n) const {
        return n.parts[0].op == Op::local && !accumulators_.empty() && n.parts[0].slot == accumulators_.back() &&
               n.parts[1].op == Op::list && n.parts[1].optionals.empty();
    }
    static Node append(Node n) {
        auto out = node(Op::append);
        out.slot = n.parts[0].slot;
        out.parts = std::move(n.parts[1].parts);
        return out;
    }

    static Node membership(Node n) {
        bool is_list = n.overloads.size() == 1 && n.overloads[0]->id == "in_list" && n.parts[1].op == Op::constant;
        if (!is_list || !n.parts[1].value.is(Value::Kind::list)) return n;
        auto& list = n.parts[1].value.list();
        if (list.size() == 0) return constant(false);
        auto out = node(Op::member_of);
        for (std::size_t i = 0; i < list.size(); ++i) {
            if (!is_key(list.at(i))) return n;
            out.members.insert(list.at(i));
        }
        out.parts.push_back(std::move(n.parts[0]));
        return out;
    }

    Node converted(Node n) {
        auto value = evaluate(n, 0, {}, UINT64_MAX).value;
        if (value.failed() && out_.problem.empty()) out_.problem = value.message();
        return constant(std::move(value));
    }

    void compile_pattern(Node& n) {
        bool takes_pattern = !n.overloads.empty() && n.overloads[0]->match;
        if (!takes_pattern || n.parts[1].op != Op::constant || !n.parts[1].value.is(Value::Kind::string)) return;
        auto pattern = compiled_pattern(n.parts[1].value.string());
        if (!pattern.regex && out_.problem.empty()) out_.problem = pattern.problem;
        n.regex = std::move(pattern.regex);
    }

    Node aggregate(const Expression& e) {
        auto out = node(e.is(Kind::list) ? Op::list : Op::map);
        for (auto& part : e.parts) out.parts.push_back(make(part));
        if (std::find(e.optionals.begin(), e.optionals.end(), true) != e.optionals.end()) out.optionals = e.optionals;
        return folded(std::move(out));
    }

    std::size_t push(std::string_view name) {
        locals_.push_back({name, locals_.size()});
        out_.locals = std::max(out_.locals, locals_.size());
        return locals_.back().slot;
    }

    Node comprehension(const Expression& e) {
        bool is_bind = e.parts[0].is(Kind::list) && e.parts[0].parts.empty() && e.accumulator != result_name;
        auto out = node(is_bind ? Op::bind : Op::fold);
        if (is_bind) {
            out.parts.push_back(make(e.parts[1]));
            out.slot = push(e.accumulator);
            out.parts.push_back(make(e.parts[4]));
            locals_.pop_back();
            return out;
        }
        out.has_second = !e.second.empty();
        out.parts.push_back(make(e.parts[0]));
        out.parts.push_back(make(e.parts[1]));
        out.slot = push(e.accumulator);
        accumulators_.push_back(out.slot);
        push(e.name);
        if (out.has_second) push(e.second);
        out.parts.push_back(make(e.parts[2]));
        out.parts.push_back(make(e.parts[3]));
        locals_.resize(locals_.size() - (out.has_second ? 2 : 1));
        out.parts.push_back(make(e.parts[4]));
        accumulators_.pop_back();
        locals_.pop_back();
        return out;
    }

    const Checked& checked_;
    const Environment& environment_;
    Plan& out_;
    std::vector<Local> locals_;
    std::vector<std::size_t> accumulators_;
};

}  // namespace

Plan plan(const Checked& checked, const Environment& environment) {
    Plan out;
    out.root = Planner(checked, environment, out).run();
    return out;
}

Program::Program() = default;
Program::Program(Program&&) noexcept = default;
Program& Program::operator=(Program&&) noexcept = default;
Program::~Program() = default;

Program::Outcome Program::run(std::span<const Value> variables, std::uint64_t limit) const {
    auto spent = evaluate(*root_, locals_, variables, limit);
    return {std::move(spent.value), spent.cost, spent.exceeded};
}

Compiled compile(std::string_view text, const Environment& environment) {
    Compiled out;
    Source source(text);
    auto parsed = parse(source);
    if (!parsed.well()) {
        out.issues = to_string(parsed.issues, source);
        return out;
    }
    out.checked = check(std::move(parsed), environment);
    if (out.checked.well()) check_literals(out.checked);
    if (!out.checked.well()) {
        out.issues = to_string(out.checked.issues, source);
        return out;
    }
    auto planned = plan(out.checked, environment);
    out.problem = std::move(planned.problem);
    if (!out.problem.empty()) return out;
    auto program = std::shared_ptr<Program>(new Program);
    program->root_ = std::make_unique<const Node>(std::move(planned.root));
    program->locals_ = planned.locals;
    out.program = std::move(program);
    return out;
}

}  // namespace mizzen::cel
