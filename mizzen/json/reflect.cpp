// SPDX-License-Identifier: Apache-2.0
// Joins the members of a struct with the notes of its initialisers.
#include "mizzen/json/reflect.hpp"

#include <fmt/format.h>

#include "mizzen/base/error.hpp"

namespace mizzen::json {

std::string json_key(std::string_view cpp_name) {
    std::string out;
    bool upper = false;
    for (const char c : cpp_name) {
        if (c == '_') {
            upper = true;
            continue;
        }
        out += upper && c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
        upper = false;
    }
    return out;
}

namespace detail {

void record(const Note& note, TypeOf type) { recorder->add(note, type); }

void too_many_rules(std::string_view doc) {
    throw Error(ErrorKind::bug, fmt::format("the member \"{}\" has more than two rules; join them with &&", doc));
}

void Recorder::add(Note note, TypeOf type) {
    if (!note.list_keys.empty()) note.list_keys = keys_.emplace_back(note.list_keys.begin(), note.list_keys.end());
    if (!note.rules.empty()) note.rules = rules_.emplace_back(note.rules.begin(), note.rules.end());
    entries_.push_back({note, type});
}

StructTable::StructTable(TypeInfo info, std::vector<RawField> raw, Recorder recorder)
    : info_(info), recorder_(std::move(recorder)) {
    const auto& notes = recorder_.entries();
    if (notes.size() != raw.size())
        throw Error(ErrorKind::bug, fmt::format("{} has {} members but {} notes; give each member a field() or maybe()",
                                                info.name, raw.size(), notes.size()));
    for (std::size_t i = 0; i < raw.size(); ++i) {
        const Note& note = notes[i].note;
        // The notes of a nested struct without a note of its own can make the numbers agree; the types then do not.
        if (notes[i].type != raw[i].type)
            throw Error(ErrorKind::bug, fmt::format("{}.{} has no note; give each member a field() or maybe()",
                                                    info.name, raw[i].name));
        const std::string& key = keys_.emplace_back(note.key.empty() ? json_key(raw[i].name) : std::string(note.key));
        fields_.push_back({raw[i].name, key, raw[i].type, raw[i].offset, &note, note.required});
    }
    info_.fields = fields_;
}

}  // namespace detail
}  // namespace mizzen::json
