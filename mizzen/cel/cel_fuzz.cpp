// SPDX-License-Identifier: Apache-2.0
// An expression in the first line, data in the rest: parse, print, check, estimate and evaluate whatever comes.
#include <cstdint>
#include <cstdlib>

#include "mizzen/base/error.hpp"
#include "mizzen/cel/estimate.hpp"
#include "mizzen/cel/program.hpp"
#include "mizzen/json/json.hpp"

using namespace mizzen;
using namespace mizzen::cel;

namespace {

std::shared_ptr<const Shape> scalar(Shape::Kind kind, std::uint64_t most) {
    auto out = std::make_shared<Shape>();
    out->kind = kind;
    out->most = most;
    return out;
}

std::shared_ptr<const Shape> container(Shape::Kind kind, std::shared_ptr<const Shape> element) {
    auto out = std::make_shared<Shape>();
    out->kind = kind;
    out->element = std::move(element);
    out->most = 100;
    return out;
}

// One member of every kind.
Shape shape() {
    using K = Shape::Kind;
    Shape out;
    out.kind = K::object;
    out.has_properties = true;
    auto text = scalar(K::string, 100);
    out.fields = {{"a-b", "a__dash__b", text},          {"b", "b", scalar(K::boolean, 0)},
                  {"d", "d", scalar(K::duration, 32)},  {"i", "i", scalar(K::integer, 0)},
                  {"l", "l", container(K::list, text)}, {"m", "m", container(K::map, text)},
                  {"n", "n", scalar(K::number, 0)},     {"s", "s", text},
                  {"t", "t", scalar(K::time, 32)},      {"x", "x", scalar(K::integer_or_string, 100)},
                  {"y", "y", scalar(K::bytes, 100)}};
    return out;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    std::string_view text(reinterpret_cast<const char*>(data), size);
    auto end = std::min(text.find('\n'), text.size());
    auto expression = text.substr(0, end);
    static const Shape self = shape();
    json::Value object = json::Object();
    try {
        if (end < text.size()) object = json::parse(text.substr(end));
    } catch (const Error&) {
    }
    Source source(expression);
    auto parsed = parse(source);
    to_string(parsed.issues, source);
    if (!parsed.well()) return 0;
    if (!parse(Source(to_string(parsed.root))).well()) std::abort();
    Environment environment;
    environment.add_variable("self", type_of(self, "self"));
    environment.add_variable("oldSelf", Type::optional(type_of(self, "self")));
    auto compiled = compile(expression, environment);
    if (!compiled.well()) return 0;
    estimate_cost(compiled.checked, self);
    std::array<Value, 2> variables{read(object, self), none()};
    auto outcome = compiled.program->run(variables, 100'000);
    if (outcome.value.is(Value::Kind::string) || outcome.value.failed()) shown(outcome.value);
    return 0;
}
