// SPDX-License-Identifier: Apache-2.0
// Pulls events out of libyaml.
#include "mizzen/json/yaml_events.hpp"

#include <yaml.h>

#include "mizzen/base/error.hpp"
#include "mizzen/json/problem.hpp"

namespace mizzen::json {
namespace {

struct Wording {
    std::string_view theirs, ours;
};
constexpr Wording wordings[] = {
    {"did not find expected key", "expected a key, or the indentation of the lines above"},
    {"did not find expected '-' indicator", "expected '-', or the indentation of the lines above"},
    {"mapping values are not allowed in this context", "expected no ':' here; put quotes around a text that has one"},
    {"could not find expected ':'", "expected ':' after a key"},
    {"found unexpected end of stream", "expected a closing quote before the end of the text"},
    {"did not find expected ',' or ']'", "expected ',' or ']'"},
    {"did not find expected ',' or '}'", "expected ',' or '}'"},
    {"did not find expected node content", "expected a value"},
    {"did not find expected <document start>", "expected '---' or the end of the text"},
    {"block sequence entries are not allowed in this context",
     "expected no '-' here; begin a list on a line of its own"},
};

std::string in_our_words(std::string_view problem) {
    for (const Wording& w : wordings)
        if (w.theirs == problem) return std::string(w.ours);
    return std::string(problem);
}

}  // namespace

YamlEvent::YamlEvent() : event_(std::make_unique<yaml_event_t>()) {}
YamlEvent::YamlEvent(YamlEvent&&) noexcept = default;
YamlEvent& YamlEvent::operator=(YamlEvent&& other) noexcept {
    event_.swap(other.event_);
    return *this;
}
YamlEvent::~YamlEvent() {
    if (event_) yaml_event_delete(event_.get());
}

Position YamlEvent::position() const {
    return {static_cast<int>(event_->start_mark.line) + 1, static_cast<int>(event_->start_mark.column) + 1};
}

YamlEvents::YamlEvents(std::string_view text, std::string_view name)
    : text_(text), name_(name), parser_(std::make_unique<yaml_parser_t>()) {
    if (!yaml_parser_initialize(parser_.get())) throw Error(ErrorKind::overloaded, "not enough memory to read YAML");
    yaml_parser_set_encoding(parser_.get(), YAML_UTF8_ENCODING);
    yaml_parser_set_input_string(parser_.get(), reinterpret_cast<const unsigned char*>(text.data()), text.size());
}
YamlEvents::~YamlEvents() { yaml_parser_delete(parser_.get()); }

YamlEvent YamlEvents::next() {
    YamlEvent event;
    if (!yaml_parser_parse(parser_.get(), event.raw())) fail_as_parser_says();
    return event;
}

void YamlEvents::fail(Position p, std::string_view what) const {
    throw Error(ErrorKind::invalid, std::string(name_)
                                        .append(":")
                                        .append(std::to_string(p.line))
                                        .append(":")
                                        .append(std::to_string(p.column))
                                        .append(": ")
                                        .append(what));
}

void YamlEvents::fail_as_parser_says() const {
    const yaml_parser_t& p = *parser_;
    const std::string_view problem = p.problem ? p.problem : "not enough memory to read YAML";
    if (p.error == YAML_READER_ERROR) {
        // Such a complaint has no line, only an offset in bytes.
        const auto [line, column] = position_of(text_, p.problem_offset);
        fail({line, column}, "expected UTF-8 text without control characters: " + std::string(problem));
    }
    const yaml_mark_t& mark = p.problem_mark;
    const Position at{static_cast<int>(mark.line) + 1, static_cast<int>(mark.column) + 1};
    const std::size_t offset = offset_of(text_, {at.line, at.column});
    if (offset < text_.size() && text_[offset] == '\t') fail(at, "expected spaces: YAML takes no tabs for indentation");
    fail(at, in_our_words(problem));
}

}  // namespace mizzen::json
