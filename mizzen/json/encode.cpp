// SPDX-License-Identifier: Apache-2.0
// Structs to JSON text, without a Value in between.
#include <charconv>

#include "mizzen/json/codec.hpp"
#include "mizzen/json/json.hpp"
#include "mizzen/json/tables.hpp"

namespace mizzen::json {
namespace {

class TextEncoder {
  public:
    explicit TextEncoder(std::string& out) : out_(out) {}

    // `defaults` is what a decoder would start from, or null where that is not known.
    void value(const TypeInfo& t, const void* p, const void* defaults) {
        switch (t.shape) {
            case Shape::boolean:
                out_ += load<bool>(p) ? "true" : "false";
                return;
            case Shape::integer:
                integer(load_integer(t, p));
                return;
            case Shape::number:
                write(out_, Value(load_number(t, p)));
                return;
            case Shape::string:
                write_string(out_, *static_cast<const std::string*>(p));
                return;
            case Shape::enumeration:
                write_string(out_, load_name(t, p));
                return;
            case Shape::object:
                object(t, p, defaults);
                return;
            case Shape::list:
                list(t, p);
                return;
            case Shape::map:
                map(t, p);
                return;
            case Shape::optional:
                if (t.count(p) == 0)
                    out_ += "null";
                else
                    value(t.element(), t.at(p, 0), t.element().defaults);
                return;
            case Shape::value:
                write(out_, *static_cast<const Value*>(p));
                return;
            case Shape::int_or_string:
            case Shape::custom:
                write(out_, t.to_value(p));
                return;
        }
    }

  private:
    void integer(std::int64_t n) {
        char buffer[24];
        out_.append(buffer, std::to_chars(std::begin(buffer), std::end(buffer), n).ptr);
    }

    void object(const TypeInfo& t, const void* p, const void* defaults) {
        out_ += '{';
        const std::size_t start = out_.size();
        for (const FieldInfo& f : t.fields) {
            const TypeInfo& type = f.type();
            const void* member = offset(p, f.offset);
            const void* otherwise = defaults ? offset(defaults, f.offset) : nullptr;
            if (is_left_out(f, type, member, otherwise)) continue;
            const std::size_t before = out_.size();
            if (before != start) out_ += ',';
            write_string(out_, f.key);
            out_ += ':';
            const std::size_t content = out_.size();
            value(type, member, otherwise ? otherwise : type.defaults);
            const bool empty = type.shape == Shape::object && out_.size() == content + 2;
            if (empty && !f.always) out_.resize(before);
        }
        out_ += '}';
    }

    void list(const TypeInfo& t, const void* p) {
        out_ += '[';
        const TypeInfo& element = t.element();
        for (std::size_t i = 0, n = t.count(p); i < n; ++i) {
            if (i > 0) out_ += ',';
            value(element, t.at(p, i), element.defaults);
        }
        out_ += ']';
    }

    void map(const TypeInfo& t, const void* p) {
        struct Context {
            TextEncoder& encoder;
            const TypeInfo& element;
            bool first = true;
        } context{*this, t.element()};
        out_ += '{';
        t.each(
            p,
            [](void* c, std::string_view key, const void* v) {
                auto& [encoder, element, first] = *static_cast<Context*>(c);
                if (!std::exchange(first, false)) encoder.out_ += ',';
                write_string(encoder.out_, key);
                encoder.out_ += ':';
                encoder.value(element, v, element.defaults);
            },
            &context);
        out_ += '}';
    }

    std::string& out_;
};

}  // namespace

void encode(std::string& out, const TypeInfo& t, const void* object) { TextEncoder(out).value(t, object, t.defaults); }

}  // namespace mizzen::json
