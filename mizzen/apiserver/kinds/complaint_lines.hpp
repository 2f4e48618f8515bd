// SPDX-License-Identifier: Apache-2.0
// For tests: compares what we say of an object with what a real kube-apiserver said.
#pragma once
#include <algorithm>
#include <iterator>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "mizzen/apiserver/status.hpp"

namespace mizzen::apiserver {

// "reason field: message". Values that are whole objects show Go's internal types, differences are drawn in Go's way
// and broken patterns are described in other words: what stands around them is compared.
inline std::string complaint_line(std::string_view reason, std::string_view field, std::string_view message) {
    std::string text(message);
    for (std::string_view mark : {"value: {", "value: [{", "value: null: "}) {
        auto at = text.find(mark), end = text.rfind(": ");
        if (at != std::string::npos && end != std::string::npos && end >= at + 5)
            text = text.substr(0, at) + "value …" + text.substr(end);
    }
    if (auto at = text.find("isn't: "); at != std::string::npos) text.resize(at);
    if (auto at = text.find('\n'); at != std::string::npos) text.resize(at);
    return std::string(reason) + " " + std::string(field) + ": " + text;
}

inline std::set<std::string> complaint_lines(const std::vector<FieldError>& errors) {
    std::set<std::string> out;
    for (auto& e : errors) out.insert(complaint_line(e.reason, e.field, e.message));
    return out;
}

// Of the causes of a recorded status.
inline std::set<std::string> recorded_lines(const json::Value& want) {
    std::set<std::string> out;
    auto* causes = want.find("causes");
    for (auto& c : causes ? causes->as_array() : json::Array())
        out.insert(complaint_line(c.text("reason"), c.text("field"), c.text("message")));
    return out;
}

// "" if both say the same; the order of a Go map is anybody's guess, so order does not count.
inline std::string difference(const std::set<std::string>& ours, const std::set<std::string>& theirs) {
    std::string out;
    for (auto& line : ours) out += theirs.contains(line) ? "" : "only we say:   " + line + "\n";
    for (auto& line : theirs) out += ours.contains(line) ? "" : "only they say: " + line + "\n";
    return out;
}

}  // namespace mizzen::apiserver
