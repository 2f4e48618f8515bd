// SPDX-License-Identifier: Apache-2.0
// to_yaml: block style as kubectl writes it; lists stand below their key without further indentation.
#include <fmt/format.h>

#include "mizzen/base/utf8.hpp"
#include "mizzen/json/json.hpp"
#include "mizzen/json/yaml.hpp"
#include "mizzen/json/yaml_scalar.hpp"

namespace mizzen::json {
namespace {

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

// Characters that YAML takes as they are and no reader changes: no control characters, exotic line breaks or byte order
// marks.
bool is_printable(char32_t c) {
    if (c < ' ' || (c >= 0x7f && c < 0xa0)) return false;
    return c != 0x2028 && c != 0x2029 && c != 0xfeff && c != 0xfffe && c != 0xffff;
}

// Whether no reader takes the text for anything else than a string when it has no quotes. Cautious: quotes are never
// wrong.
bool is_plain(std::string_view s) {
    if (s.empty() || s.size() > 200 || !(is_letter(s[0]) || s[0] == '_' || s[0] == '/')) return false;
    for (std::size_t i = 0; i < s.size(); ++i) {
        const char c = s[i], next = i + 1 < s.size() ? s[i + 1] : ' ';
        const bool inside = next != ' ';
        if (is_letter(c) || (c >= '0' && c <= '9') || std::string_view("_-./@+=()").find(c) != std::string_view::npos)
            continue;
        if ((c == ':' || c == ' ') && inside) continue;
        return false;
    }
    return resolve_plain(s).is_string();
}

// Whether a literal block ("|") gives back exactly this text.
bool is_block(std::string_view s) {
    if (s.find('\n') == std::string_view::npos || s[0] == ' ' || s[0] == '\t' || s[0] == '\n') return false;
    for (std::size_t i = 0; i < s.size();) {
        const std::size_t n = utf8_length_at(s, i);
        if (n == 0) return false;
        const char c = s[i], next = i + 1 < s.size() ? s[i + 1] : '\n';
        if ((c == ' ' || c == '\t') && next == '\n') return false;
        if (c != '\n' && c != '\t' && !is_printable(utf8_character_at(s, i))) return false;
        i += n;
    }
    return true;
}

void write_quoted(std::string& out, std::string_view s) {
    out += '"';
    for (std::size_t i = 0; i < s.size();) {
        const std::size_t n = utf8_length_at(s, i);
        const char32_t c = utf8_character_at(s, i);
        if (c == '"' || c == '\\')
            out.append({'\\', s[i]});
        else if (c == '\n')
            out += "\\n";
        else if (c == '\t')
            out += "\\t";
        else if (c == '\r')
            out += "\\r";
        else if (n == 0)
            out += "\xef\xbf\xbd";
        else if (is_printable(c))
            out.append(s.substr(i, n));
        else
            out += fmt::format("\\u{:04x}", static_cast<std::uint32_t>(c));
        i += n == 0 ? 1 : n;
    }
    out += '"';
}

void write_text(std::string& out, std::string_view s) { is_plain(s) ? void(out += s) : write_quoted(out, s); }

// With a point in it, or readers of YAML 1.1 take 1e+20 for a string.
void write_number(std::string& out, const Value& v) {
    std::string n = to_json(v);
    const std::size_t e = n.find('e');
    if (e != std::string::npos && n.find('.') == std::string::npos) n.insert(e, ".0");
    out += n;
}

class Writer {
  public:
    explicit Writer(std::string& out) : out_(out) {}

    // A value that begins a line of its own, or follows "- ".
    void top(const Value& v, int indent) {
        if (v.is_object() && !v.as_object().empty()) return members(v.as_object(), indent);
        if (v.is_array() && !v.as_array().empty()) return items(v.as_array(), indent);
        leaf(v, indent);
        out_ += '\n';
    }

  private:
    void spaces(int n) { out_.append(static_cast<std::size_t>(n), ' '); }

    void members(const Object& o, int indent) {
        bool first = true;
        for (const Member& m : o) {
            if (!std::exchange(first, false)) spaces(indent);
            key(m.key, indent);
            after_key(m.value, indent);
        }
    }

    // Readers look for the ':' of a key within 1024 characters only, unless it is announced.
    void key(std::string_view k, int indent) {
        std::string text;
        write_text(text, k);
        if (text.size() < 1000) {
            out_.append(text).append(":");
            return;
        }
        out_.append("? ").append(text).append("\n");
        spaces(indent);
        out_ += ':';
    }

    void after_key(const Value& v, int indent) {
        if (v.is_object() && !v.as_object().empty()) {
            out_ += '\n';
            spaces(indent + 2);
            members(v.as_object(), indent + 2);
        } else if (v.is_array() && !v.as_array().empty()) {
            out_ += '\n';
            spaces(indent);
            items(v.as_array(), indent);
        } else {
            out_ += ' ';
            leaf(v, indent + 2);
            out_ += '\n';
        }
    }

    void items(const Array& a, int indent) {
        for (const Value& v : a) {
            if (&v != &a.front()) spaces(indent);
            out_ += "- ";
            top(v, indent + 2);
        }
    }

    void leaf(const Value& v, int indent) {
        switch (v.kind()) {
            case Kind::number:
                return write_number(out_, v);
            case Kind::string:
                return is_block(v.as_string()) ? block(v.as_string(), indent) : write_text(out_, v.as_string());
            default:
                write(out_, v);
        }
    }

    void block(std::string_view s, int indent) {
        const bool ends = s.ends_with('\n'), more = s.ends_with("\n\n");
        out_ += more ? "|+" : ends ? "|" : "|-";
        if (ends) s.remove_suffix(1);
        while (true) {
            const std::size_t end = s.find('\n');
            out_ += '\n';
            if (end != 0 && !s.empty()) spaces(std::max(indent, 2));
            out_ += s.substr(0, end);
            if (end == std::string_view::npos) return;
            s.remove_prefix(end + 1);
        }
    }

    std::string& out_;
};

}  // namespace

std::string to_yaml(const Value& v) {
    std::string out;
    Writer(out).top(v, 0);
    return out;
}

}  // namespace mizzen::json
