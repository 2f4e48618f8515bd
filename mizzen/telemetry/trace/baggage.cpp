// SPDX-License-Identifier: Apache-2.0
// Baggage is read from and written to its header field.
#include "mizzen/telemetry/trace/baggage.hpp"

#include <algorithm>
#include <optional>

#include "mizzen/base/digits.hpp"
#include "mizzen/base/text.hpp"
#include "mizzen/base/utf8.hpp"
#include "mizzen/telemetry/trace/ids.hpp"

namespace mizzen::telemetry {
namespace {

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

bool is_token(std::string_view text) {
    return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
        return is_letter(c) || is_digit(c) || std::string_view("!#$%&'*+-.^_`|~").find(c) != std::string_view::npos;
    });
}

// baggage-octet of the specification: printable ASCII without space " , ; and backslash.
bool is_octet(char c) { return c > ' ' && c <= '~' && c != '"' && c != ',' && c != ';' && c != '\\'; }

bool is_writable(std::string_view metadata) {
    return std::all_of(metadata.begin(), metadata.end(),
                       [](char c) { return is_octet(c) || c == ';' || c == ' ' || c == '\t'; });
}

std::optional<BaggageEntry> parse_member(std::string_view text) {
    const std::size_t semicolon = std::min(text.find(';'), text.size());
    const std::string_view pair = text.substr(0, semicolon);
    const std::size_t equals = pair.find('=');
    if (equals == std::string_view::npos) return std::nullopt;
    const std::string_view name = trim(pair.substr(0, equals)), value = trim(pair.substr(equals + 1));
    if (!is_token(name) || !std::all_of(value.begin(), value.end(), is_octet)) return std::nullopt;
    const std::string_view metadata = trim(text.substr(std::min(semicolon + 1, text.size())));
    if (!is_writable(metadata)) return std::nullopt;
    return BaggageEntry{std::string(name), decode_baggage_value(value), std::string(metadata)};
}

void put(std::vector<BaggageEntry>& entries, BaggageEntry entry) {
    const auto same = std::find_if(entries.begin(), entries.end(), [&](const auto& e) { return e.name == entry.name; });
    if (same == entries.end()) {
        entries.push_back(std::move(entry));
    } else {
        *same = std::move(entry);
    }
}

}  // namespace

std::string encode_baggage_value(std::string_view value) {
    std::string out;
    for (const char c : value) {
        if (is_octet(c) && c != '%') {
            out += c;
        } else {
            const auto byte = static_cast<unsigned char>(c);
            out += {'%', "0123456789ABCDEF"[byte >> 4], "0123456789ABCDEF"[byte & 0xf]};
        }
    }
    return out;
}

std::string decode_baggage_value(std::string_view text) {
    std::string out;
    for (std::size_t at = 0; at < text.size(); ++at) {
        const auto byte =
            text[at] == '%' && at + 2 < text.size() ? parse_hex(text.substr(at + 1, 2), true) : std::nullopt;
        out += byte ? static_cast<char>(*byte) : text[at];
        if (byte) at += 2;
    }
    return to_valid_utf8(out);
}

Baggage::Baggage(std::vector<BaggageEntry> entries) {
    if (!entries.empty()) entries_ = std::make_shared<const std::vector<BaggageEntry>>(std::move(entries));
}

Baggage Baggage::parse(const std::vector<std::string_view>& fields) {
    std::vector<BaggageEntry> entries;
    std::size_t bytes = 0, count = 0;
    for (const std::string_view field : fields) {
        for (const std::string_view part : split(field, ',')) {
            const std::string_view text = trim(part);
            if (text.empty()) continue;
            bytes += text.size() + 1;
            if (++count > most_members || bytes - 1 > most_bytes) return Baggage(std::move(entries));
            if (auto entry = parse_member(text)) put(entries, *std::move(entry));
        }
    }
    return Baggage(std::move(entries));
}

const BaggageEntry* Baggage::find(std::string_view name) const {
    const auto* found = std::find_if(begin(), end(), [name](const BaggageEntry& e) { return e.name == name; });
    return found == end() ? nullptr : found;
}

Baggage Baggage::with(std::string name, std::string value, std::string metadata) const {
    if (name.empty()) return *this;
    std::vector<BaggageEntry> entries(begin(), end());
    put(entries, {std::move(name), to_valid_utf8(value), std::move(metadata)});
    return Baggage(std::move(entries));
}

Baggage Baggage::without(std::string_view name) const {
    if (!find(name)) return *this;
    std::vector<BaggageEntry> entries(begin(), end());
    std::erase_if(entries, [name](const BaggageEntry& e) { return e.name == name; });
    return Baggage(std::move(entries));
}

std::string Baggage::to_header() const {
    std::string out;
    std::size_t count = 0;
    for (const BaggageEntry& entry : *this) {
        if (!is_token(entry.name)) continue;
        std::string member = entry.name + '=' + encode_baggage_value(entry.value);
        if (!entry.metadata.empty() && is_writable(entry.metadata)) member += ';' + entry.metadata;
        if (++count > most_members) break;
        if (out.size() + member.size() + (out.empty() ? 0 : 1) > most_bytes) break;
        if (!out.empty()) out += ',';
        out += member;
    }
    return out;
}

bool operator==(const Baggage& a, const Baggage& b) { return std::equal(a.begin(), a.end(), b.begin(), b.end()); }

}  // namespace mizzen::telemetry
