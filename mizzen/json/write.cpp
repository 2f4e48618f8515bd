// SPDX-License-Identifier: Apache-2.0
// Values as JSON text.
#include <charconv>
#include <cmath>

#include "mizzen/base/error.hpp"
#include "mizzen/base/utf8.hpp"
#include "mizzen/json/json.hpp"

namespace mizzen::json {
namespace {

void write_integer(std::string& out, std::int64_t n) {
    char buffer[24];
    out.append(buffer, std::to_chars(std::begin(buffer), std::end(buffer), n).ptr);
}

void write_number(std::string& out, double d) {
    if (!std::isfinite(d)) throw Error(ErrorKind::invalid, "a number that is not finite cannot be written as JSON");
    if (std::trunc(d) == d && std::fabs(d) < 0x1p63) return write_integer(out, static_cast<std::int64_t>(d));
    const double size = std::fabs(d);
    const auto format = size >= 1e-6 && size < 0x1p63 ? std::chars_format::fixed : std::chars_format::scientific;
    char buffer[64];
    out.append(buffer, std::to_chars(std::begin(buffer), std::end(buffer), d, format).ptr);
}

bool is_plain(char c) {
    return static_cast<unsigned char>(c) >= ' ' && static_cast<unsigned char>(c) < 0x80 && c != '"' && c != '\\';
}

void write_control(std::string& out, char c) {
    constexpr char digits[] = "0123456789abcdef";
    switch (c) {
        case '"':
            out += "\\\"";
            return;
        case '\\':
            out += "\\\\";
            return;
        case '\n':
            out += "\\n";
            return;
        case '\r':
            out += "\\r";
            return;
        case '\t':
            out += "\\t";
            return;
        case '\b':
            out += "\\b";
            return;
        case '\f':
            out += "\\f";
            return;
        default:
            out.append("\\u00").append({digits[(c >> 4) & 0xf], digits[c & 0xf]});
    }
}

// Writes with line breaks if indent_ is not negative.
class Writer {
  public:
    Writer(std::string& out, int indent) : out_(out), indent_(indent) {}

    void value(const Value& v) {
        switch (v.kind()) {
            case Kind::null:
                out_ += "null";
                return;
            case Kind::boolean:
                out_ += v.as_bool() ? "true" : "false";
                return;
            case Kind::integer:
                write_integer(out_, v.as_integer());
                return;
            case Kind::number:
                write_number(out_, v.as_number());
                return;
            case Kind::string:
                write_string(out_, v.as_string());
                return;
            case Kind::array:
                array(v.as_array());
                return;
            case Kind::object:
                object(v.as_object());
                return;
        }
    }

  private:
    void array(const Array& a) {
        out_ += '[';
        ++depth_;
        for (const Value& v : a) {
            begin_item(&v == &a.front());
            value(v);
        }
        end(a.empty(), ']');
    }

    void object(const Object& o) {
        out_ += '{';
        ++depth_;
        bool first = true;
        for (const Member& m : o) {
            begin_item(std::exchange(first, false));
            write_string(out_, m.key);
            out_ += indent_ < 0 ? ":" : ": ";
            value(m.value);
        }
        end(o.empty(), '}');
    }

    void begin_item(bool first) {
        if (!first) out_ += ',';
        new_line();
    }
    void end(bool empty, char bracket) {
        --depth_;
        if (!empty) new_line();
        out_ += bracket;
    }
    void new_line() {
        if (indent_ >= 0) out_.append(1, '\n').append(static_cast<std::size_t>(indent_ * depth_), ' ');
    }

    std::string& out_;
    int indent_;
    int depth_ = 0;
};

}  // namespace

void write_string(std::string& out, std::string_view s) {
    out += '"';
    for (std::size_t i = 0; i < s.size();) {
        std::size_t plain = i;
        while (plain < s.size() && is_plain(s[plain])) ++plain;
        out.append(s.substr(i, plain - i));
        i = plain;
        if (i == s.size()) break;
        const std::size_t n = utf8_length_at(s, i);
        if (n == 0)
            out += "\xef\xbf\xbd";  // JSON must be UTF-8 (RFC 8259, section 8.1)
        else if (n == 1)
            write_control(out, s[i]);
        else
            out.append(s.substr(i, n));
        i += n == 0 ? 1 : n;
    }
    out += '"';
}

void write(std::string& out, const Value& v) { Writer(out, -1).value(v); }

std::string to_json(const Value& v) {
    std::string out;
    write(out, v);
    return out;
}

std::string to_pretty_json(const Value& v, int indent) {
    std::string out;
    Writer(out, indent).value(v);
    return out;
}

}  // namespace mizzen::json
