// SPDX-License-Identifier: Apache-2.0
// Type: the built-in types, equality and names.
#include "mizzen/cel/type.hpp"

#include <array>

namespace mizzen::cel {
namespace {

std::string_view kind_name(Type::Kind kind) {
    static constexpr std::array<std::string_view, 17> names{"dyn",
                                                            "!error!",
                                                            "null_type",
                                                            "bool",
                                                            "int",
                                                            "uint",
                                                            "double",
                                                            "string",
                                                            "bytes",
                                                            "google.protobuf.Timestamp",
                                                            "google.protobuf.Duration",
                                                            "list",
                                                            "map",
                                                            "",
                                                            "",
                                                            "type",
                                                            ""};
    return names[static_cast<std::size_t>(kind)];
}

}  // namespace

Type Type::make(Node node) { return Type(std::make_shared<const Node>(std::move(node))); }

Type::Type() : Type(simple(Kind::dynamic)) {}

Type Type::simple(Kind kind) {
    static const auto all = [] {
        std::vector<Type> out;
        for (int k = 0; k <= static_cast<int>(Kind::variable); ++k) {
            auto each = static_cast<Kind>(k);
            out.push_back(make({each, std::string(kind_name(each)), {}}));
        }
        return out;
    }();
    return all[static_cast<std::size_t>(kind)];
}

Type Type::list(Type element) { return make({Kind::list, "list", {std::move(element)}}); }
Type Type::map(Type key, Type value) { return make({Kind::map, "map", {std::move(key), std::move(value)}}); }
Type Type::optional(Type value) { return opaque("optional_type", {std::move(value)}); }
Type Type::type_of(Type type) { return make({Kind::type, "type", {std::move(type)}}); }
Type Type::opaque(std::string name, std::vector<Type> parameters) {
    return make({Kind::opaque, std::move(name), std::move(parameters)});
}
Type Type::variable(std::string name) { return make({Kind::variable, std::move(name), {}}); }
Type Type::structure(std::string name) { return make({Kind::structure, std::move(name), {}}); }
Type Type::object(std::string name, const Shape& shape) { return make({Kind::structure, std::move(name), {}, &shape}); }

bool Type::is_optional() const { return is(Kind::opaque) && name() == "optional_type"; }

bool operator==(const Type& a, const Type& b) {
    if (a.node_ == b.node_) return true;
    return a.kind() == b.kind() && a.name() == b.name() && a.parameters() == b.parameters();
}

std::string to_string(const Type& type) {
    if (type.is(Type::Kind::null)) return "null";
    if (type.is(Type::Kind::timestamp)) return "timestamp";
    if (type.is(Type::Kind::duration)) return "duration";
    std::string out = type.name();
    if (type.parameters().empty()) return out;
    out += '(';
    for (auto& p : type.parameters()) out += (out.back() == '(' ? "" : ", ") + to_string(p);
    return out + ')';
}

}  // namespace mizzen::cel
