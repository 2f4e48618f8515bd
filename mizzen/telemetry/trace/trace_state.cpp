// SPDX-License-Identifier: Apache-2.0
// TraceState as one canonical text that is searched member by member.
#include "mizzen/telemetry/trace/trace_state.hpp"

#include <algorithm>

#include "mizzen/base/digits.hpp"
#include "mizzen/base/text.hpp"

namespace mizzen::telemetry {
namespace {

struct Member {
    std::string_view key, value, whole;
};

Member member(std::string_view whole) {
    const std::size_t equals = std::min(whole.find('='), whole.size());
    return {whole.substr(0, equals), whole.substr(std::min(equals + 1, whole.size())), whole};
}

// Optional whitespace is spaces and tabs (RFC 9110, section 5.6.3), nothing else.
std::string_view without_padding(std::string_view text) {
    const std::size_t first = text.find_first_not_of(" \t");
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

std::vector<Member> members(std::string_view list) {
    std::vector<Member> out;
    if (list.empty()) return out;
    for (const std::string_view part : split(list, ',')) out.push_back(member(part));
    return out;
}

std::string joined(const std::vector<Member>& members) {
    std::string out;
    for (const Member& m : members) {
        if (!out.empty()) out += ',';
        out += m.whole;
    }
    return out;
}

bool starts_key(char c) { return is_digit(c) || (c >= 'a' && c <= 'z'); }

}  // namespace

bool is_trace_state_key(std::string_view key) {
    return !key.empty() && key.size() <= 256 && starts_key(key[0]) && std::all_of(key.begin(), key.end(), [](char c) {
        return starts_key(c) || c == '_' || c == '-' || c == '*' || c == '/' || c == '@';
    });
}

bool is_trace_state_value(std::string_view value) {
    return !value.empty() && value.size() <= 256 && value.back() != ' ' &&
           std::all_of(value.begin(), value.end(), [](char c) { return c >= ' ' && c <= '~' && c != ',' && c != '='; });
}

TraceState::TraceState(std::string text) {
    if (!text.empty()) text_ = std::make_shared<const std::string>(std::move(text));
}

std::optional<TraceState> TraceState::parse(const std::vector<std::string_view>& fields) {
    std::vector<Member> kept;
    std::size_t count = 0;
    for (const std::string_view field : fields) {
        for (const std::string_view part : split(field, ',')) {
            const std::string_view text = without_padding(part);
            if (text.empty()) continue;
            const Member m = member(text);
            if (!is_trace_state_key(m.key) || !is_trace_state_value(m.value)) return std::nullopt;
            if (++count > most_members) return std::nullopt;
            const auto same = [&m](const Member& other) { return other.key == m.key; };
            if (std::none_of(kept.begin(), kept.end(), same)) kept.push_back(m);
        }
    }
    return TraceState(joined(kept));
}

std::optional<std::string_view> TraceState::find(std::string_view key) const {
    std::string_view rest = view();
    while (!rest.empty()) {
        const std::size_t comma = std::min(rest.find(','), rest.size());
        const Member m = member(rest.substr(0, comma));
        if (m.key == key) return m.value;
        rest.remove_prefix(std::min(comma + 1, rest.size()));
    }
    return std::nullopt;
}

TraceState TraceState::with(std::string_view key, std::string_view value) const {
    if (!is_trace_state_key(key) || !is_trace_state_value(value)) return *this;
    const TraceState others = without(key);
    std::vector<Member> all = members(others.view());
    if (all.size() == most_members) all.pop_back();
    const std::string own = std::string(key) + '=' + std::string(value);
    all.insert(all.begin(), member(own));
    return TraceState(joined(all));
}

TraceState TraceState::without(std::string_view key) const {
    if (!find(key)) return *this;
    std::vector<Member> all = members(view());
    std::erase_if(all, [key](const Member& m) { return m.key == key; });
    return TraceState(joined(all));
}

std::string TraceState::to_header(std::size_t most_bytes) const {
    if (view().size() <= most_bytes) return std::string(view());
    std::vector<Member> all = members(view());
    std::size_t bytes = view().size();
    const auto leave_out = [&](std::size_t at) {
        bytes -= std::min(bytes, all[at].whole.size() + 1);
        all.erase(all.begin() + static_cast<std::ptrdiff_t>(at));
    };
    for (std::size_t at = all.size(); at-- > 0 && bytes > most_bytes;) {
        if (all[at].whole.size() > 128) leave_out(at);
    }
    while (!all.empty() && bytes > most_bytes) leave_out(all.size() - 1);
    return joined(all);
}

}  // namespace mizzen::telemetry
