// SPDX-License-Identifier: Apache-2.0
// Field selectors: equalities joined by commas; a backslash takes the meaning from ',', '=' and itself.
#include <fmt/format.h>

#include <algorithm>

#include "mizzen/apiserver/selector/selector.hpp"
#include "mizzen/apiserver/status.hpp"

namespace mizzen::apiserver {
namespace {

std::vector<std::string_view> split_terms(std::string_view text) {
    std::vector<std::string_view> out;
    std::size_t start = 0;
    bool is_escaped = false;
    for (std::size_t i = 0; i <= text.size(); ++i) {
        if (i == text.size() || (text[i] == ',' && !is_escaped)) {
            if (i > start) out.push_back(text.substr(start, i - start));
            start = i + 1;
        }
        is_escaped = i < text.size() && text[i] == '\\' && !is_escaped;
    }
    return out;
}

// The whole character at `i`, so that a complaint does not cut it in half.
std::string_view character(std::string_view text, std::size_t i) {
    std::size_t end = i + 1;
    while (end < text.size() && (static_cast<unsigned char>(text[end]) & 0xc0) == 0x80) ++end;
    return text.substr(i, end - i);
}

std::string unescaped(std::string_view text) {
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '\\') {
            auto next = i + 1 < text.size() ? character(text, i + 1) : std::string_view();
            if (next != "\\" && next != "," && next != "=") {
                throw bad_request(fmt::format("invalid field selector: invalid escape sequence: \\{}", next));
            }
            ++i;
        } else if (text[i] == ',' || text[i] == '=') {
            throw bad_request(
                fmt::format("invalid field selector: unescaped character in value: {}", static_cast<int>(text[i])));
        }
        out += text[i];
    }
    return out;
}

void require_supported(std::string_view field, const std::function<bool(std::string_view)>& is_supported,
                       bool only_metadata) {
    if (is_supported(field)) return;
    if (!only_metadata) throw bad_request(fmt::format("field label not supported: {}", field));
    throw bad_request(
        fmt::format(R"({} is not a known field selector: only "metadata.name", "metadata.namespace")", quoted(field)));
}

}  // namespace

FieldSelector FieldSelector::parse(std::string_view text, const std::function<bool(std::string_view)>& is_supported,
                                   bool only_metadata) {
    FieldSelector out;
    auto parts = split_terms(text);
    std::ranges::sort(parts);
    for (auto part : parts) {
        auto op = part.find('=');
        if (auto unequal = part.find("!="); unequal < op) op = unequal;
        if (op == std::string_view::npos)
            throw bad_request(fmt::format("invalid selector: '{}'; can't understand '{}'", text, part));
        auto rest = part.substr(op);
        rest.remove_prefix(rest.starts_with("!=") || rest.starts_with("==") ? 2 : 1);
        Term term{std::string(part.substr(0, op)), unescaped(rest), part[op] == '='};
        if (!term.field.empty() || !term.value.empty()) out.terms_.push_back(std::move(term));
    }
    for (const auto& term : out.terms_) require_supported(term.field, is_supported, only_metadata);
    return out;
}

bool FieldSelector::matches(const std::function<std::string(std::string_view)>& field_of) const {
    return std::ranges::all_of(terms_, [&](const Term& t) { return (field_of(t.field) == t.value) == t.equal; });
}

std::optional<std::string_view> FieldSelector::exact(std::string_view field) const {
    for (const auto& term : terms_) {
        if (term.equal && term.field == field) return term.value;
    }
    return std::nullopt;
}

}  // namespace mizzen::apiserver
