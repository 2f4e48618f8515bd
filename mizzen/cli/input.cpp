// SPDX-License-Identifier: Apache-2.0
// Reads and checks input files.
#include "mizzen/cli/input.hpp"

#include <algorithm>

#include "mizzen/base/error.hpp"
#include "mizzen/base/files.hpp"
#include "mizzen/json/codec.hpp"
#include "mizzen/operator/operator.hpp"

namespace mizzen::cli {
namespace {

// What a problem speaks of: "spec.replicaz: unknown field" is about "spec.replicaz".
std::string_view path_of(std::string_view problem) {
    return problem.substr(0, std::min(problem.size(), problem.find(": ")));
}

json::Value without_type(json::Value object) {
    object.erase("apiVersion");
    object.erase("kind");
    return object;
}

void check_common(const InputObject& input, std::vector<std::string>& problems) {
    auto complain = [&](std::string_view path, std::string text) {
        problems.push_back(input.place(path) + ": " + std::move(text));
    };
    if (!input.object.is_object()) return complain("", "expected an object with apiVersion, kind and metadata");
    for (const char* key : {"apiVersion", "kind"}) {
        if (input.object.text(key).empty())
            complain("", std::string(key) + ": required; for a WebApp: apiVersion: mizzen.dev/v1, kind: WebApp");
    }
    if (input.object.text({"metadata", "name"}).empty()) complain("metadata", "metadata.name: required");
}

void check_web_app(const InputObject& input, std::vector<std::string>& problems) {
    const std::size_t before = problems.size();
    for (const std::string& problem : json::problems<WebApp>(without_type(input.object), json::Unknown::refuse)) {
        problems.push_back(input.place(path_of(problem)) + ": " + problem);
    }
    if (problems.size() > before) return;
    if (std::string why = obstacle(to_web_app(input)); !why.empty())
        problems.push_back(input.place("metadata.name") + ": " + why);
}

std::string joined(const std::vector<std::string>& lines) {
    std::string out;
    for (const std::string& line : lines) out += (out.empty() ? "" : "\n") + line;
    return out;
}

}  // namespace

bool InputObject::is_web_app() const {
    return object.text("apiVersion") == WebApp::kind.api_version() && object.text("kind") == WebApp::kind.kind;
}

std::string InputObject::place(std::string_view path) const {
    const json::Position at = path.empty() ? document.start : document.where(path);
    return file + ":" + std::to_string(at.line) + ":" + std::to_string(at.column);
}

std::string InputObject::name() const {
    return std::string(object.text("kind")) + " " + std::string(object.text({"metadata", "name"}));
}

std::vector<InputObject> parse_input(std::string_view text, const std::string& name) {
    std::vector<InputObject> out;
    std::vector<std::string> problems;
    for (json::YamlDocument& document : json::parse_yaml(text, name)) {
        InputObject input{.object = document.value, .file = name, .document = std::move(document)};
        const std::size_t before = problems.size();
        check_common(input, problems);
        if (problems.size() == before && input.is_web_app()) check_web_app(input, problems);
        out.push_back(std::move(input));
    }
    if (!problems.empty()) throw Error(ErrorKind::invalid, joined(problems));
    return out;
}

std::vector<InputObject> read_input(const std::vector<std::string>& files) {
    std::vector<InputObject> out;
    std::vector<std::string> problems;
    for (const std::string& file : files) {
        try {
            auto objects = parse_input(read_file(file == "-" ? "/dev/stdin" : file), file);
            std::move(objects.begin(), objects.end(), std::back_inserter(out));
        } catch (const Error& e) {
            problems.emplace_back(e.kind() == ErrorKind::invalid ? e.what() : file + ": " + e.what());
        }
    }
    if (!problems.empty()) throw Error(ErrorKind::invalid, joined(problems));
    if (out.empty())
        throw Error(ErrorKind::invalid,
                    files.front() + ": no object in it; a WebApp begins with apiVersion: mizzen.dev/v1");
    return out;
}

WebApp to_web_app(const InputObject& input) { return json::from_value<WebApp>(without_type(input.object)); }

}  // namespace mizzen::cli
