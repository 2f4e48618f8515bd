// SPDX-License-Identifier: Apache-2.0
// Kinds, bounds and complaints.
#include "mizzen/telemetry/configuration/detail/node.hpp"

#include <algorithm>
#include <cmath>

#include "mizzen/base/error.hpp"
#include "mizzen/base/text.hpp"
#include "mizzen/json/codec.hpp"
#include "mizzen/json/json.hpp"
#include "mizzen/json/yaml_scalar.hpp"
#include "mizzen/telemetry/configuration/detail/substitution.hpp"
#include "mizzen/telemetry/otlp/detail/answer_message.hpp"

namespace mizzen::telemetry {
namespace {

constexpr std::size_t longest_shown = 60;
constexpr std::uint64_t longest_wait = 100ull * 365 * 24 * 3600 * 1000;  // milliseconds of a century

std::string quoted(std::string_view text) {
    if (text.size() > longest_shown) return "\"" + std::string(text.substr(0, longest_shown)) + "…\"";
    return "\"" + std::string(text) + "\"";
}

void substitute_in(json::Value& value, const std::string& path, ConfigurationDocument& document,
                   const Environment& environment) {
    if (value.is_array()) {
        for (std::size_t i = 0; i < value.as_array().size(); ++i)
            substitute_in(value.as_array()[i], path + "[" + std::to_string(i) + "]", document, environment);
    } else if (value.is_object()) {
        for (json::Member& member : value.as_object())
            substitute_in(member.value, path.empty() ? member.key : path + "." + member.key, document, environment);
    } else if (value.is_string() && value.as_string().find('$') != std::string::npos) {
        try {
            Substituted result = substitute(value.as_string(), environment);
            value = std::move(result.text);
            if (!result.has_variables) return;
            document.from_variables.insert(path);
            if (value.as_string().empty()) value = nullptr;
        } catch (const Error& error) {
            document.fail(path, error.message());
        }
    }
}

}  // namespace

void ConfigurationDocument::fail(std::string_view path, std::string_view what) const {
    const json::Position at = yaml.where(path);
    throw Error(ErrorKind::invalid,
                otlp::one_line(name + ":" + std::to_string(at.line) + ":" + std::to_string(at.column) + ": " +
                               (path.empty() ? "" : std::string(path) + ": ") + std::string(what)));
}

void ConfigurationDocument::warn(std::string_view path, std::string_view what) {
    const json::Position at = yaml.where(path);
    warnings.push_back(
        otlp::one_line(name + ":" + std::to_string(at.line) + ": " + std::string(path) + ": " + std::string(what)));
}

ConfigurationDocument parse_document(std::string_view text, std::string_view name, const Environment& environment) {
    std::vector<json::YamlDocument> all = json::parse_yaml(text, name);
    if (all.size() != 1)
        throw Error(ErrorKind::invalid,
                    std::string(name) + ": expected one YAML document, got " + std::to_string(all.size()));
    ConfigurationDocument document{.name = std::string(name), .yaml = std::move(all[0])};
    substitute_in(document.yaml.value, "", document, environment);
    return document;
}

Node Node::member(std::string_view key, const json::Value& value) const {
    return {*document_, value, path_.empty() ? std::string(key) : path_ + "." + std::string(key)};
}

void Node::fail_unknown(std::string_view key, const std::vector<std::string_view>& known) const {
    const std::string_view near = json::nearest(key, known);
    const std::string meant = near.empty() ? "." : "; did you mean " + std::string(near) + "?";
    member(key, *value_).fail("unknown key" + meant + (known.empty() ? "" : " There are " + join(known, ", ")));
}

void Node::expect_members(const std::vector<std::string_view>& known) const {
    if (value_->is_null()) return;
    if (!value_->is_object()) fail("expected a mapping, got " + shown());
    for (const json::Member& each : value_->as_object())
        if (std::ranges::find(known, each.key) == known.end()) fail_unknown(each.key, known);
}

void Node::refuse(std::initializer_list<std::string_view> unsupported, std::string_view instead) const {
    for (const std::string_view key : unsupported)
        if (const auto node = find(key)) node->fail("not supported here: " + std::string(instead));
}

bool Node::has(std::string_view key) const { return value_->find(key) != nullptr; }

std::optional<Node> Node::find(std::string_view key) const {
    const json::Value* value = value_->find(key);
    if (!value || value->is_null()) return std::nullopt;
    return member(key, *value);
}

Node Node::get(std::string_view key) const {
    if (auto found = find(key)) return *found;
    fail("expected the key " + std::string(key));
}

std::pair<std::string_view, Node> Node::only(std::initializer_list<std::string_view> known) const {
    if (!value_->is_object() || value_->as_object().size() != 1)
        fail("expected a mapping with one of the keys " + join(std::vector<std::string_view>(known), ", ") + ", got " +
             shown());
    expect_members(known);
    const json::Member& each = *value_->as_object().begin();
    return {each.key, member(each.key, each.value)};
}

std::vector<Node> Node::items() const {
    if (!value_->is_array() || value_->as_array().empty())
        fail("expected a list with at least one entry, got " + shown());
    std::vector<Node> out;
    for (std::size_t i = 0; i < value_->as_array().size(); ++i)
        out.emplace_back(*document_, value_->as_array()[i], path_ + "[" + std::to_string(i) + "]");
    return out;
}

std::string Node::shown() const {
    if (document_->from_variables.contains(path_)) return "something else from a variable";
    if (value_->is_string()) return quoted(value_->as_string());
    if (value_->is_bool() || value_->is_number()) return json::to_json(*value_);
    if (value_->is_array()) return value_->as_array().empty() ? "an empty list" : "a list";
    if (value_->is_object()) return value_->as_object().empty() ? "an empty mapping" : "a mapping";
    return "nothing";
}

json::Value Node::spelled() const {
    const bool is_from_variables = value_->is_string() && document_->from_variables.contains(path_);
    return is_from_variables ? json::resolve_plain(value_->as_string()) : *value_;
}

std::string Node::text() const {
    if (value_->is_string()) return value_->as_string();
    const bool wants_quotes = value_->is_bool() || value_->is_number();
    fail("expected a text, got " + shown() + (wants_quotes ? "; put quotes around it" : ""));
}

bool Node::flag() const {
    const json::Value value = spelled();
    if (!value.is_bool()) fail("expected true or false, got " + shown());
    return value.as_bool();
}

std::uint64_t Node::number(std::uint64_t least, std::uint64_t most) const {
    const json::Value value = spelled();
    if (value.is_integer() && value.as_integer() >= 0) {
        const auto number = static_cast<std::uint64_t>(value.as_integer());
        if (number >= least && number <= most) return number;
    }
    fail("expected a whole number from " + std::to_string(least) + " to " + std::to_string(most) + ", got " + shown());
}

double Node::real(double least, double most) const {
    const json::Value value = spelled();
    if (value.is_number() && value.as_number() >= least && value.as_number() <= most) return value.as_number();
    fail("expected a number from " + json::to_json(json::Value(least)) + " to " + json::to_json(json::Value(most)) +
         ", got " + shown());
}

Duration Node::duration() const { return std::chrono::milliseconds(number(0, longest_wait)); }

Duration Node::timeout() const {
    const std::uint64_t milliseconds = number(0, longest_wait);
    return std::chrono::milliseconds(milliseconds == 0 ? longest_wait : milliseconds);
}

std::vector<std::string> Node::names() const {
    std::vector<std::string> names;
    for (const Node& each : items()) {
        names.push_back(each.text());
        if (names.back().find_first_of("*?") != std::string::npos) each.fail("not supported here: patterns; name each");
    }
    return names;
}

}  // namespace mizzen::telemetry
