// SPDX-License-Identifier: Apache-2.0
// Tables and notes to Markdown.
#include "mizzen/json/reference.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "mizzen/json/codec.hpp"
#include "mizzen/json/json.hpp"
#include "mizzen/json/tables.hpp"

namespace mizzen::json {
namespace {

// The one character that ends a cell.
std::string cell(std::string_view text) {
    std::string out;
    for (const char c : text) {
        if (c == '|') out += '\\';
        out += c == '\n' ? ' ' : c;
    }
    return out;
}

std::string code(std::string_view text) { return text.empty() ? "" : "`" + cell(text) + "`"; }

std::string type_text(const TypeInfo& t) {
    switch (t.shape) {
        case Shape::list:
            return "list of " + type_text(t.element());
        case Shape::map:
            return "map of " + type_text(t.element());
        case Shape::optional:
            return type_text(t.element());
        case Shape::enumeration: {
            std::string out;
            for (const std::string_view n : t.names)
                if (!n.empty()) out.append(out.empty() ? "" : ", ").append(code(n));
            return out;
        }
        case Shape::object:
            return "object";
        default:
            return std::string(t.name);
    }
}

std::string range_text(std::optional<double> low, std::optional<double> high) {
    const auto text = [](double d) { return to_json(Value(d)); };
    if (low && high) return text(*low) + " to " + text(*high);
    return low ? "at least " + text(*low) : high ? "at most " + text(*high) : "";
}

// What holds for the elements of a list or map is marked by "each".
std::string limits_text(const Note& note, const TypeInfo& type) {
    const Shape shape = type.shape == Shape::optional ? type.element().shape : type.shape;
    const bool has_elements = shape == Shape::list || shape == Shape::map;
    const std::string each = has_elements ? "each " : "";
    std::vector<std::string> parts;
    if (note.required) parts.push_back("required");
    const std::string range = range_text(note.min, note.max);
    if (!range.empty()) parts.push_back(each + range);
    const std::string length = range_text(note.min_length, note.max_length);
    const bool is_one = (note.min_length ? !note.max_length && *note.min_length == 1 : note.max_length == 1);
    const std::string_view unit = has_elements ? " item" : " character";
    if (!length.empty()) parts.push_back(fmt::format("{}{}{}", length, unit, is_one ? "" : "s"));
    if (!note.pattern.empty()) parts.push_back(each + code(note.pattern));
    if (!note.list_keys.empty()) parts.push_back(fmt::format("unique by {}", fmt::join(note.list_keys, ", ")));
    if (note.immutable) parts.push_back("cannot be changed");
    for (const Rule& r : note.rules) parts.push_back(r.message.empty() ? code(r.expression) : cell(r.message));
    return fmt::format("{}", fmt::join(parts, "; "));
}

class Page {
  public:
    std::string out;

    void rows(const TypeInfo& t, const std::string& prefix) {
        if (std::find(open_.begin(), open_.end(), &t) != open_.end()) return;
        open_.push_back(&t);
        for (const FieldInfo& f : t.fields) {
            const std::string path = prefix + std::string(f.key);
            row(f, path, t.defaults);
            below(f.type(), path);
        }
        open_.pop_back();
    }

  private:
    void row(const FieldInfo& f, const std::string& path, const void* defaults) {
        const TypeInfo& type = f.type();
        const Note note = f.note ? *f.note : Note{};
        std::string default_text;
        const bool has_default =
            defaults && !note.required && type.shape != Shape::object && type.shape != Shape::optional;
        if (has_default && !is_left_out(f, type, offset(defaults, f.offset), nullptr))
            encode(default_text, type, offset(defaults, f.offset));
        out += fmt::format("| {} | {} | {} | {} | {} |\n", code(path), type_text(type), code(default_text),
                           limits_text(note, type), cell(note.doc));
    }

    void below(const TypeInfo& t, const std::string& path) {
        switch (t.shape) {
            case Shape::object:
                return rows(t, path + ".");
            case Shape::optional:
                return below(t.element(), path);
            case Shape::list:
                return below(t.element(), path + "[]");
            case Shape::map:
                return below(t.element(), path + ".*");
            default:
                return;
        }
    }

    std::vector<const TypeInfo*> open_;
};

}  // namespace

std::string reference(const TypeInfo& t, std::string_view title) {
    Page page;
    page.out = fmt::format("# {}\n\n| Field | Type | Default | Limits | |\n|---|---|---|---|---|\n", title);
    page.rows(t, "");
    return std::move(page.out);
}

}  // namespace mizzen::json
