// SPDX-License-Identifier: Apache-2.0
// YAML as Kubernetes reads it: YAML 1.1 booleans (y, yes, on), several documents in a file, duplicate keys refused.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "mizzen/json/value.hpp"

namespace mizzen::json {

// A document and where things stand in it, so that a later complaint about a field can name its line.
struct Position {
    int line = 0;    // from 1
    int column = 0;  // from 1
};
struct YamlDocument {
    Value value;
    Position start;
    std::vector<std::pair<std::string, Position>>
        positions;  // of each member, by path: "spec.template.spec.containers[0].image"

    // Where the member at `path` stands, or the nearest parent that is known.
    Position where(std::string_view path) const;
};

// Reads all documents of a file; empty documents are left out. JSON is YAML, so JSON is read too.
// Anchors and aliases work, bounded against expansion bombs; keys become strings. Throws Error(invalid):
// "shop.yaml:12:3: expected …" where `name` is "shop.yaml".
std::vector<YamlDocument> parse_yaml(std::string_view text, std::string_view name = "input");

// Writes block YAML that every YAML 1.1 and 1.2 reader takes for the same value (strings that look like something else
// are quoted).
std::string to_yaml(const Value&);

}  // namespace mizzen::json
