// SPDX-License-Identifier: Apache-2.0
// Node: a place in a configuration file, read as what it is meant to be.
#pragma once
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "mizzen/base/time.hpp"
#include "mizzen/json/yaml.hpp"
#include "mizzen/telemetry/resource/detect.hpp"

namespace mizzen::telemetry {

// A file whose texts have their variables.
struct ConfigurationDocument {
    std::string name;
    json::YamlDocument yaml;
    std::set<std::string, std::less<>> from_variables;  // paths of texts that had variables in them
    std::vector<std::string> warnings = {};

    [[noreturn]] void fail(std::string_view path, std::string_view what) const;
    void warn(std::string_view path, std::string_view what);
};

// Throws Error(invalid) if it is no YAML, not one document, or has a reference to a variable that is none.
ConfigurationDocument parse_document(std::string_view text, std::string_view name, const Environment& environment);

// All functions throw Error(invalid), with file, line and path, where the place is not what they ask for. A value of
// null is as good as none. A text that came from variables is taken for the number or boolean that it spells.
class Node {
  public:
    Node(ConfigurationDocument& document, const json::Value& value, std::string path)
        : document_(&document), value_(&value), path_(std::move(path)) {}

    // An object that has no members but these; null is an empty one.
    void expect_members(std::initializer_list<std::string_view> known) const {
        expect_members(std::vector<std::string_view>(known));
    }
    void expect_members(const std::vector<std::string_view>& known) const;
    // Members of those are refused: they are OpenTelemetry's, but nothing here can do what they say.
    void refuse(std::initializer_list<std::string_view> unsupported, std::string_view instead) const;
    bool has(std::string_view key) const;  // also if it is null
    std::optional<Node> find(std::string_view key) const;
    Node get(std::string_view key) const;
    // The one member of an object that has exactly one, as in "exporter: {console: }"; it may be null.
    std::pair<std::string_view, Node> only(std::initializer_list<std::string_view> known) const;
    std::vector<Node> items() const;  // of an array that is not empty

    std::string text() const;
    bool flag() const;
    std::uint64_t number(std::uint64_t least, std::uint64_t most = 2'147'483'647) const;
    double real(double least, double most) const;
    Duration duration() const;               // milliseconds
    Duration timeout() const;                // the same, but zero means a century
    std::vector<std::string> names() const;  // a list of whole names, no patterns
    template <class Enum, std::size_t N>
    Enum choice(const std::pair<std::string_view, Enum> (&names)[N]) const {
        const std::string value = text();
        std::string all;
        for (const auto& [known, meaning] : names) {
            if (value == known) return meaning;
            all += (all.empty() ? "" : ", ") + std::string(known);
        }
        fail("expected one of " + all + ", got " + shown());
    }

    const json::Value& value() const { return *value_; }
    // What it is, for people; nothing of what variables gave.
    std::string shown() const;
    [[noreturn]] void fail(std::string_view what) const { document_->fail(path_, what); }
    void warn(std::string_view what) const { document_->warn(path_, what); }

  private:
    Node member(std::string_view key, const json::Value& value) const;
    [[noreturn]] void fail_unknown(std::string_view key, const std::vector<std::string_view>& known) const;
    json::Value spelled() const;

    ConfigurationDocument* document_;
    const json::Value* value_;
    std::string path_;
};

}  // namespace mizzen::telemetry
