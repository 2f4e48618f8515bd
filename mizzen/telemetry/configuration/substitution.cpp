// SPDX-License-Identifier: Apache-2.0
// Left to right; each "$$" ends what may belong to a variable.
#include "mizzen/telemetry/configuration/detail/substitution.hpp"

#include <algorithm>

#include "mizzen/base/error.hpp"

namespace mizzen::telemetry {
namespace {

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool is_name_part(char c) { return is_letter(c) || c == '_' || (c >= '0' && c <= '9'); }

// The name at the front.
std::string_view name_of(std::string_view text) {
    if (text.empty() || (!is_letter(text[0]) && text[0] != '_')) return {};
    const auto* const end = std::ranges::find_if_not(text, is_name_part);
    return text.substr(0, static_cast<std::size_t>(end - text.begin()));
}

[[noreturn]] void fail(std::string_view reference) {
    throw Error(ErrorKind::invalid, "${" + std::string(reference) +
                                        "}: expected ${NAME}, ${env:NAME} or ${NAME:-otherwise}; write $$ for a $");
}

std::string value_of(std::string_view reference, const Environment& environment) {
    std::string_view rest = reference;
    if (rest.starts_with("env:") && !rest.starts_with("env:-")) rest.remove_prefix(4);
    const std::string_view name = name_of(rest);
    rest.remove_prefix(name.size());
    if (name.empty() || (!rest.empty() && !rest.starts_with(":-")) || rest.find('\n') != rest.npos) fail(reference);
    auto value = environment(name);
    if (value && !value->empty()) return std::move(*value);
    return std::string(rest.empty() ? rest : rest.substr(2));
}

void append(Substituted& out, std::string_view text, const Environment& environment) {
    for (;;) {
        const std::size_t begin = text.find("${"), end = text.find('}', begin == text.npos ? begin : begin + 2);
        if (begin == text.npos || end == text.npos) break;
        out.text += text.substr(0, begin);
        if (end == begin + 2) {
            out.text += "${}";
        } else {
            out.text += value_of(text.substr(begin + 2, end - begin - 2), environment);
            out.has_variables = true;
        }
        text.remove_prefix(end + 1);
    }
    out.text += text;
}

}  // namespace

Substituted substitute(std::string_view text, const Environment& environment) {
    Substituted out;
    for (std::size_t escape = text.find("$$"); escape != text.npos; escape = text.find("$$")) {
        append(out, text.substr(0, escape), environment);
        out.text += '$';
        text.remove_prefix(escape + 2);
    }
    append(out, text, environment);
    return out;
}

}  // namespace mizzen::telemetry
