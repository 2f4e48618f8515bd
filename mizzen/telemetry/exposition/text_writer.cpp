// SPDX-License-Identifier: Apache-2.0
// Numbers go by to_chars; texts are looked through once without a branch and mostly copied whole.
#include "mizzen/telemetry/exposition/text_writer.hpp"

#include <array>
#include <charconv>
#include <cmath>

#include "mizzen/base/utf8.hpp"

namespace mizzen::telemetry {
namespace {

template <class T>
void append_integer(std::string& out, T value) {
    std::array<char, 24> text;
    const auto end = std::to_chars(text.data(), text.data() + text.size(), value).ptr;
    out.append(text.data(), static_cast<std::size_t>(end - text.data()));
}

std::string_view special(double value) {
    if (std::isnan(value)) return "NaN";
    if (std::isinf(value)) return value > 0 ? "+Inf" : "-Inf";
    return "";
}

}  // namespace

void append(std::string& out, std::uint64_t value) { append_integer(out, value); }
void append(std::string& out, std::int64_t value) { append_integer(out, value); }

void append_go(std::string& out, double value) {
    if (const std::string_view word = special(value); !word.empty()) {
        out += word;
        return;
    }
    std::array<char, 32> text;
    auto end = std::to_chars(text.data(), text.data() + text.size(), value, std::chars_format::scientific).ptr;
    const std::string_view scientific(text.data(), static_cast<std::size_t>(end - text.data()));
    const std::string_view digits = scientific.substr(scientific.find('e') + 2);
    int exponent = 0;
    std::from_chars(digits.data(), digits.data() + digits.size(), exponent);
    if (scientific[scientific.find('e') + 1] == '-') exponent = -exponent;
    if (exponent >= -4 && exponent < 6)
        end = std::to_chars(text.data(), text.data() + text.size(), value, std::chars_format::fixed).ptr;
    out.append(text.data(), static_cast<std::size_t>(end - text.data()));
}

void append_float(std::string& out, double value) {
    const std::size_t begin = out.size();
    append_go(out, value);
    if (std::isfinite(value) && out.find_first_of(".e", begin) == out.npos) out += ".0";
}

void append_seconds(std::string& out, WallTime time) {
    const std::int64_t all = time.time_since_epoch().count();
    const auto nanoseconds = all < 0 ? 0 - static_cast<std::uint64_t>(all) : static_cast<std::uint64_t>(all);
    if (all < 0) out += '-';
    append(out, nanoseconds / 1'000'000'000);
    out += '.';
    std::array<char, 9> digits;
    std::uint64_t rest = nanoseconds % 1'000'000'000;
    for (std::size_t i = digits.size(); i-- > 0; rest /= 10) digits[i] = static_cast<char>('0' + rest % 10);
    std::string_view decimals(digits.data(), digits.size());
    while (decimals.size() > 1 && decimals.back() == '0') decimals.remove_suffix(1);
    out += decimals;
}

void append_escaped(std::string& out, std::string_view text, bool quotes) {
    unsigned special_bytes = 0, high_bits = 0;
    for (const char c : text) {
        special_bytes |=
            static_cast<unsigned>(c == '\\') | static_cast<unsigned>(c == '"') | static_cast<unsigned>(c == '\n');
        high_bits |= static_cast<unsigned char>(c);
    }
    if (high_bits >= 0x80 && !is_utf8(text)) return append_escaped(out, to_valid_utf8(text), quotes);
    if (!special_bytes) {
        out += text;
        return;
    }
    for (const char c : text) {
        if (c == '\\' || (c == '"' && quotes)) out += '\\';
        if (c == '\n')
            out += "\\n";
        else
            out += c;
    }
}

std::string quoted_if_needed(std::string_view name, bool is_label) {
    if (is_label ? is_legacy_label_name(name) : is_legacy_metric_name(name)) return std::string(name);
    std::string out = "\"";
    append_escaped(out, name);
    return out + '"';
}

std::string base_name(const Family& family, Escaping escaping) {
    const std::string_view suffix = family.type == MetricType::counter ? "_total"
                                    : family.type == MetricType::info  ? "_info"
                                                                       : "";
    std::string name = escaped_name(family.name + std::string(suffix), escaping);
    name.resize(name.size() - suffix.size());  // no scheme changes the end of it
    return name;
}

SampleHead::SampleHead(const Family& family, std::string_view suffix, Escaping escaping) : family_(family) {
    const std::string name = base_name(family, escaping) + std::string(suffix);
    is_quoted_ = !is_legacy_metric_name(name);
    opening_ = quoted_if_needed(name, false);
    if (is_quoted_) opening_.insert(0, "{");
    for (const std::string& label : family.label_names)
        prefixes_.push_back(quoted_if_needed(escaped_label(label, escaping), true) + "=\"");
}

void SampleHead::append_to(std::string& out, std::size_t row, std::string_view extra_name,
                           std::string_view extra_value) const {
    out += opening_;
    char before = is_quoted_ ? ',' : '{';
    for (std::size_t i = 0; i < prefixes_.size(); ++i) {
        const std::string_view value = family_.labels.at(row, i);
        if (value.empty()) continue;
        out += before;
        before = ',';
        out += prefixes_[i];
        append_escaped(out, value);
        out += '"';
    }
    if (!extra_name.empty()) {
        out += before;
        before = ',';
        out += extra_name;
        out += "=\"";
        out += extra_value;
        out += '"';
    }
    if (before == ',') out += '}';
    out += ' ';
}

}  // namespace mizzen::telemetry
