// SPDX-License-Identifier: Apache-2.0
// Limits, patterns, names and list keys.
#include "mizzen/json/check.hpp"

#include <fmt/format.h>

#include <cmath>
#include <map>
#include <unordered_map>

#include "mizzen/base/regex.hpp"
#include "mizzen/base/utf8.hpp"
#include "mizzen/json/codec.hpp"
#include "mizzen/json/json.hpp"

namespace mizzen::json {
namespace {

// A number as a person wrote it: 5000, not 5000.0.
std::string shown(double d) { return to_json(Value(d)); }

// Enough of a text to recognise it.
std::string shown(std::string_view text) {
    constexpr std::size_t most = 60;
    std::string out;
    write_string(out, text.size() > most ? to_valid_utf8(text.substr(0, most)) + "…" : std::string(text));
    return out;
}

// Patterns come from tables, so there are few of them; each is compiled once per thread.
bool matches(std::string_view pattern, std::string_view text) {
    thread_local std::map<std::string, Regex, std::less<>> compiled;
    auto at = compiled.find(pattern);
    if (at == compiled.end()) at = compiled.emplace(std::string(pattern), Regex(pattern)).first;
    return at->second.search(text);
}

std::size_t count_characters(std::string_view text) {
    std::size_t n = 0;
    for (const char c : text) n += (static_cast<unsigned char>(c) & 0xc0) != 0x80;
    return n;
}

std::string check_length(std::size_t n, const Note& note, std::string_view unit) {
    const auto length = static_cast<std::int64_t>(n);
    if (note.min_length && length < *note.min_length)
        return fmt::format("{} {} are fewer than the least, {}", length, unit, *note.min_length);
    if (note.max_length && length > *note.max_length)
        return fmt::format("{} {} are more than the most, {}", length, unit, *note.max_length);
    return "";
}

}  // namespace

bool is_whole(double d) { return std::trunc(d) == d && d >= -0x1p63 && d < 0x1p63; }

std::string check_range(double value, const Note& note) {
    if (note.min && value < *note.min) return fmt::format("{} is below the least, {}", shown(value), shown(*note.min));
    if (note.max && value > *note.max) return fmt::format("{} is above the most, {}", shown(value), shown(*note.max));
    return "";
}

std::string check_text(std::string_view text, const Note& note) {
    if (note.min_length || note.max_length) {
        std::string wrong = check_length(count_characters(text), note, "characters");
        if (!wrong.empty()) return wrong;
    }
    if (!note.pattern.empty() && !matches(note.pattern, text))
        return fmt::format("{} does not match {}", shown(text), note.pattern);
    return "";
}

std::string check_count(std::size_t items, const Note& note) { return check_length(items, note, "items"); }

std::string expected(std::string_view wanted, const Value& got) {
    const std::string_view kind = to_string(got.kind());
    const std::string_view article = got.is_null() ? "" : kind.find_first_of("aeiou") == 0 ? "an " : "a ";
    return fmt::format("expected {}, got {}{}", wanted, article, kind);
}

std::string does_not_fit(std::int64_t value, const TypeInfo& t) {
    return fmt::format("{} does not fit {}{} bits", value, t.is_signed ? "" : "an unsigned integer of ", t.size * 8);
}

std::string not_one_of(std::string_view got, std::span<const std::string_view> names) {
    std::string list;
    for (const std::string_view n : names)
        if (!n.empty()) list.append(list.empty() ? "" : ", ").append(n);
    return fmt::format("expected one of {}; got {}", list, shown(got));
}

std::string unknown_field(std::string_view key, const TypeInfo& object) {
    std::vector<std::string_view> known;
    for (const FieldInfo& f : object.fields) known.push_back(f.key);
    const std::string_view near = nearest(key, known);
    return near.empty() ? "unknown field" : fmt::format("unknown field; did you mean {}?", near);
}

std::optional<Repeated> find_repeated(const Array& items, std::span<const std::string_view> keys) {
    std::unordered_map<std::string, std::size_t> seen;
    for (std::size_t i = 0; i < items.size(); ++i) {
        std::string identity;
        for (const std::string_view key : keys) {
            const Value* v = items[i].find(key);
            write(identity, v ? *v : Value());
            identity += ' ';
        }
        const auto [first, fresh] = seen.emplace(std::move(identity), i);
        if (!fresh) return Repeated{i, fmt::format("has the same {} as [{}]", fmt::join(keys, " and "), first->second)};
    }
    return std::nullopt;
}

}  // namespace mizzen::json
