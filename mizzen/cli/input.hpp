// SPDX-License-Identifier: Apache-2.0
// Input: the YAML files that a user hands to Mizzen, read and checked before anything happens.
#pragma once
#include <filesystem>
#include <string>
#include <vector>

#include "mizzen/json/value.hpp"
#include "mizzen/json/yaml.hpp"
#include "mizzen/operator/web_app.hpp"

namespace mizzen::cli {

// One object of a file.
struct InputObject {
    json::Value object;
    std::string file;
    json::YamlDocument document;  // where its fields stand

    bool is_web_app() const;
    // "shop.yaml:12:3" of a field, by its path; of the object's start if the path is not known.
    std::string place(std::string_view path) const;
    // "WebApp shop"
    std::string name() const;
};

// All objects of the files, in order. WebApps are checked against their definition; other kinds only for apiVersion,
// kind and a name: the rest is the server's to judge. "-" is standard input. Throws Error(invalid) with one line per
// problem: "shop.yaml:7:3: spec.replicaz: unknown field; did you mean replicas?".
std::vector<InputObject> read_input(const std::vector<std::string>& files);
std::vector<InputObject> parse_input(std::string_view text, const std::string& name);

// The WebApp of a checked object, defaults filled in.
WebApp to_web_app(const InputObject&);

}  // namespace mizzen::cli
