// SPDX-License-Identifier: Apache-2.0
// Type: what the checker knows of a value.
#pragma once
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace mizzen::cel {

struct Shape;

// Immutable and cheap to copy.
class Type {
  public:
    enum class Kind : std::uint8_t {
        dynamic,  // any type; known only when evaluated
        error,    // of an expression that is wrong: fits everything, so that one mistake gives one message
        null,
        boolean,
        integer,
        unsigned_integer,
        number,
        string,
        bytes,
        timestamp,
        duration,
        list,       // of parameters()[0]
        map,        // from parameters()[0] to parameters()[1]
        structure,  // an object with fields, or one of the named types such as kubernetes.URL
        opaque,     // name(parameters…), as optional_type(int)
        type,       // of parameters()[0], if that is known
        variable,   // stands for a type that is still to be found
    };

    Type();  // dynamic
    static Type simple(Kind kind);
    static Type list(Type element);
    static Type map(Type key, Type value);
    static Type optional(Type value);
    static Type type_of(Type type);
    static Type opaque(std::string name, std::vector<Type> parameters = {});
    static Type variable(std::string name);
    // A named type without fields.
    static Type structure(std::string name);
    // An object whose fields are those of `shape`, which must outlive the type.
    static Type object(std::string name, const Shape& shape);

    Kind kind() const { return node_->kind; }
    bool is(Kind kind) const { return node_->kind == kind; }
    bool is_optional() const;
    bool is_dynamic_or_error() const { return is(Kind::dynamic) || is(Kind::error); }
    // "list", "int", "google.protobuf.Duration", "net.IP", "selfType.spec".
    const std::string& name() const { return node_->name; }
    const std::vector<Type>& parameters() const { return node_->parameters; }
    // Of an object; else nullptr.
    const Shape* shape() const { return node_->shape; }

    // The same kind, name and parameters.
    friend bool operator==(const Type& a, const Type& b);

  private:
    struct Node {
        Kind kind;
        std::string name;
        std::vector<Type> parameters;
        const Shape* shape = nullptr;
    };
    explicit Type(std::shared_ptr<const Node> node) : node_(std::move(node)) {}
    static Type make(Node node);
    std::shared_ptr<const Node> node_;
};

// As messages show it: "list(int)", "map(string, dyn)", "!error!".
std::string to_string(const Type& type);

}  // namespace mizzen::cel
