// SPDX-License-Identifier: Apache-2.0
// The extended strings: positions count code points.
#include <fmt/format.h>

#include <algorithm>

#include "mizzen/base/utf8.hpp"
#include "mizzen/cel/function.hpp"
#include "mizzen/cel/runes.hpp"

namespace mizzen::cel {
namespace {

using Kind = Value::Kind;
using namespace types;

Value out_of_range(std::int64_t index) { return failure(fmt::format("index out of range: {}", index)); }
std::int64_t signed_size(const Runes& runes) { return static_cast<std::int64_t>(runes.size()); }
std::size_t at(std::int64_t n) { return static_cast<std::size_t>(n); }

Value char_at(Arguments args) {
    Runes runes(args[0].string());
    auto i = args[1].integer();
    if (i < 0 || i > signed_size(runes)) return out_of_range(i);
    return args[0].text().part(i == signed_size(runes) ? std::string_view() : runes.part(at(i), at(i) + 1));
}

Value index_of(Arguments args) {
    Runes runes(args[0].string());
    auto offset = args.size() > 2 ? args[2].integer() : 0;
    if (offset < 0) return out_of_range(offset);
    auto part = args[1].string();
    if (part.empty()) return std::min(offset, signed_size(runes));
    if (offset >= signed_size(runes)) return std::int64_t{-1};
    auto found = args[0].string().find(part, runes.byte(at(offset)));
    return found == std::string_view::npos ? std::int64_t{-1} : static_cast<std::int64_t>(runes.index_of_byte(found));
}

Value last_index_of(Arguments args) {
    Runes runes(args[0].string());
    auto part = args[1].string();
    auto offset = args.size() > 2 ? args[2].integer() : signed_size(runes);
    if (offset < 0) return out_of_range(offset);
    if (part.empty()) return std::min(offset, signed_size(runes));
    if (args.size() > 2 && offset >= signed_size(runes)) return std::int64_t{-1};
    auto last = runes.byte(at(std::min(offset, signed_size(runes))));
    auto found = args[0].string().rfind(part, last);
    return found == std::string_view::npos ? std::int64_t{-1} : static_cast<std::int64_t>(runes.index_of_byte(found));
}

template <char first, char last, int shift>
Value change_case(Arguments args) {
    std::string out(args[0].string());
    for (auto& c : out) c = c >= first && c <= last ? static_cast<char>(c + shift) : c;
    return out;
}

// Before, between and after all characters where `old` is empty.
std::optional<std::string> replaced(std::string_view text, std::string_view old, std::string_view with,
                                    std::int64_t most) {
    std::string out;
    std::size_t begin = 0;
    Runes runes(old.empty() ? text : "");
    for (std::int64_t n = 0; most < 0 || n < most; ++n) {
        if (out.size() > largest_text) return std::nullopt;
        if (old.empty()) {
            if (n > signed_size(runes)) break;
            if (n > 0) out += runes.part(at(n) - 1, at(n));
            begin = runes.byte(at(n));
            out += with;
            continue;
        }
        auto found = text.find(old, begin);
        if (found == std::string_view::npos) break;
        out.append(text.substr(begin, found - begin)).append(with);
        begin = found + old.size();
    }
    return out.append(text.substr(begin));
}

Value replace(Arguments args) {
    auto most = args.size() > 3 ? args[3].integer() : -1;
    auto out = replaced(args[0].string(), args[1].string(), args[2].string(), most);
    return out ? Value(std::move(*out)) : text_too_large();
}

Value split(Arguments args) {
    auto& whole = args[0].text();
    auto text = args[0].string(), separator = args[1].string();
    auto most = args.size() > 2 ? args[2].integer() : -1;
    std::vector<Value> out;
    auto has_room = [&] { return most < 0 || std::ssize(out) + 1 < most; };
    if (most == 0) return ListValue();
    if (separator.empty()) {
        Runes runes(text);
        std::size_t i = 0;
        for (; i + 1 < runes.size() && has_room(); ++i) out.emplace_back(whole.part(runes.part(i, i + 1)));
        if (runes.size() > 0) out.emplace_back(whole.part(runes.part(i, runes.size())));
        return ListValue(std::move(out));
    }
    for (std::size_t found; has_room() && (found = text.find(separator)) != std::string_view::npos;) {
        out.emplace_back(whole.part(text.substr(0, found)));
        text.remove_prefix(found + separator.size());
    }
    out.emplace_back(whole.part(text));
    return ListValue(std::move(out));
}

Value substring(Arguments args) {
    Runes runes(args[0].string());
    auto begin = args[1].integer(), end = args.size() > 2 ? args[2].integer() : signed_size(runes);
    if (args.size() > 2 && begin > end)
        return failure(fmt::format("invalid substring range. start: {}, end: {}", begin, end));
    if (begin < 0 || begin > signed_size(runes)) return out_of_range(begin);
    if (end < 0 || end > signed_size(runes)) return out_of_range(end);
    return args[0].text().part(runes.part(at(begin), at(end)));
}

bool is_white(char32_t c) {
    return (c >= 9 && c <= 13) || c == ' ' || c == 0x85 || c == 0xa0 || c == 0x1680 || (c >= 0x2000 && c <= 0x200a) ||
           c == 0x2028 || c == 0x2029 || c == 0x202f || c == 0x205f || c == 0x3000;
}

Value trim(Arguments args) {
    auto text = args[0].string();
    Runes runes(text);
    std::size_t begin = 0, end = runes.size();
    auto white = [&](std::size_t i) { return is_white(utf8_character_at(text, runes.byte(i))); };
    while (begin < end && white(begin)) ++begin;
    while (end > begin && white(end - 1)) --end;
    return args[0].text().part(runes.part(begin, end));
}

Value join(Arguments args) {
    std::string out;
    auto& list = args[0].list();
    for (std::size_t i = 0; i < list.size(); ++i) {
        auto item = list.at(i);
        if (!item.is(Kind::string)) return failure(fmt::format("join: invalid input: {}", shown(item)));
        if (i > 0 && args.size() > 1) out += args[1].string();
        out += item.string();
        if (out.size() > largest_text) return text_too_large();
    }
    return out;
}

Value quote(Arguments args) {
    std::string out = "\"";
    for (char c : to_valid_utf8(args[0].string())) {
        constexpr std::string_view plain = "\a\b\f\n\r\t\v\\\"", codes = "abfnrtv\\\"";
        auto found = plain.find(c);
        if (found == std::string_view::npos || c == '\0')
            out += c;
        else
            out.append("\\").append(1, codes[found]);
    }
    return out + '"';
}

}  // namespace

void add_strings(Overloads& out) {
    auto member = [&](const char* name, const char* id, std::vector<Type> parameters, Type result,
                      Value (*fn)(Arguments)) {
        out.push_back({name, id, true, std::move(parameters), std::move(result), fn});
    };
    auto s = string(), n = integer();
    auto texts = Type::list(string());
    member("charAt", "string_char_at_int", {s, n}, s, char_at);
    member("indexOf", "string_index_of_string", {s, s}, n, index_of);
    member("indexOf", "string_index_of_string_int", {s, s, n}, n, index_of);
    member("lastIndexOf", "string_last_index_of_string", {s, s}, n, last_index_of);
    member("lastIndexOf", "string_last_index_of_string_int", {s, s, n}, n, last_index_of);
    member("lowerAscii", "string_lower_ascii", {s}, s, change_case<'A', 'Z', 32>);
    member("upperAscii", "string_upper_ascii", {s}, s, change_case<'a', 'z', -32>);
    member("replace", "string_replace_string_string", {s, s, s}, s, replace);
    member("replace", "string_replace_string_string_int", {s, s, s, n}, s, replace);
    member("split", "string_split_string", {s, s}, texts, split);
    member("split", "string_split_string_int", {s, s, n}, texts, split);
    member("substring", "string_substring_int", {s, n}, s, substring);
    member("substring", "string_substring_int_int", {s, n, n}, s, substring);
    member("trim", "string_trim", {s}, s, trim);
    member("join", "list_join", {texts}, s, join);
    member("join", "list_join_string", {texts, s}, s, join);
    out.push_back({"strings.quote", "strings_quote", false, {s}, s, quote});
}

}  // namespace mizzen::cel
