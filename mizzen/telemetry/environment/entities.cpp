// SPDX-License-Identifier: Apache-2.0
// Entity by entity, from left to right.
#include "mizzen/telemetry/environment/detail/entities.hpp"

#include <algorithm>
#include <optional>

#include "mizzen/base/text.hpp"
#include "mizzen/base/utf8.hpp"
#include "mizzen/telemetry/environment/detail/values.hpp"
#include "mizzen/telemetry/environment/endpoint.hpp"

namespace mizzen::telemetry {
namespace {

struct Described {
    Entity entity;
    Pairs id, description;
    std::string text;
};

bool is_name(std::string_view text) {
    const auto is_letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); };
    return !text.empty() && is_letter(text[0]) && std::ranges::all_of(text, [&](char c) {
        return is_letter(c) || (c >= '0' && c <= '9') || c == '.' || c == '_' || c == '-';
    });
}

std::optional<Pairs> pairs_of(std::string_view text) {
    auto pairs = parse_pairs(text);
    if (!pairs || !std::ranges::all_of(*pairs, [](const auto& p) { return is_name(p.first) && is_utf8(p.second); }))
        return std::nullopt;
    return pairs;
}

// What stands between the two at the front of `text`, which is taken; nothing if there is no such thing.
std::optional<std::string_view> take_between(std::string_view& text, char open, char close) {
    if (!text.starts_with(open)) return std::nullopt;
    const std::size_t end = text.find(close);
    if (end == text.npos) return std::nullopt;
    const std::string_view inner = text.substr(1, end - 1);
    text.remove_prefix(end + 1);
    return inner;
}

std::optional<Described> parse_entity(std::string_view text, std::vector<std::string>& problems) {
    Described out{.text = std::string(text)};
    const auto malformed = [&](std::string_view expected) {
        problems.push_back("\"" + out.text + "\" is left out: expected " + std::string(expected));
        return std::nullopt;
    };
    const std::string_view type = trim(text.substr(0, text.find('{')));
    if (!is_name(type)) return malformed("type{key=value}[key=value]@schema");
    out.entity.type = type;
    text.remove_prefix(std::min(text.find('{'), text.size()));
    const auto id = take_between(text, '{', '}');
    const auto identifying = id ? pairs_of(*id) : std::nullopt;
    if (!identifying || identifying->empty()) return malformed("{key=value} behind the type");
    out.id = *identifying;
    if (text.starts_with('[')) {
        const auto inner = take_between(text, '[', ']');
        const auto describing = inner ? pairs_of(*inner) : std::nullopt;
        if (!describing) return malformed("[key=value] behind what identifies it");
        out.description = *describing;
    }
    if (text.starts_with('@')) {
        const auto url = parse_endpoint(trim(text.substr(1)));
        if (url && url->tls)
            out.entity.schema_url = trim(text.substr(1));
        else
            problems.push_back("the schema of \"" + out.text + "\" is no URL and is left out");
    } else if (!trim(text).empty()) {
        return malformed("nothing behind its attributes but @schema");
    }
    return out;
}

bool identifies_differently(const Described& a, const Described& b) {
    return a.entity.type == b.entity.type && std::ranges::any_of(a.id, [&](const auto& pair) {
               return std::ranges::any_of(
                   b.id, [&](const auto& other) { return other.first == pair.first && other.second != pair.second; });
           });
}

}  // namespace

ParsedEntities parse_entities(std::string_view text) {
    ParsedEntities out;
    std::vector<Described> all;
    for (const std::string_view part : split(text, ';')) {
        if (trim(part).empty()) continue;
        auto entity = parse_entity(trim(part), out.problems);
        if (!entity) continue;
        std::erase_if(all, [&](const Described& before) {
            const bool is_same = before.entity.type == entity->entity.type && before.id == entity->id;
            if (!is_same && !identifies_differently(before, *entity)) return false;
            out.problems.push_back("\"" + before.text + "\" is left out: \"" + entity->text + "\" comes after it");
            return true;
        });
        all.push_back(std::move(*entity));
    }
    // A description that a later one contradicts is the later one's alone.
    for (auto each = all.rbegin(); each != all.rend(); ++each) {
        for (auto& [key, value] : each->id) {
            if (!out.attributes.find(key)) out.attributes.set(key, value);
            each->entity.id_keys.push_back(key);
        }
        for (auto& [key, value] : each->description) {
            const AttributeValue* later = out.attributes.find(key);
            if (later && *later != AttributeValue(value)) {
                out.problems.push_back(key + " of \"" + each->text + "\" is left out: a later entity says otherwise");
                continue;
            }
            if (!later) out.attributes.set(key, value);
            each->entity.description_keys.push_back(key);
        }
    }
    for (Described& each : all) out.entities.push_back(std::move(each.entity));
    return out;
}

}  // namespace mizzen::telemetry
