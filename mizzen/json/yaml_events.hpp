// SPDX-License-Identifier: Apache-2.0
// libyaml's events as C++ objects, and its complaints in our words. For yaml_parse.cpp only: it needs <yaml.h>.
#pragma once
#include <memory>
#include <string>
#include <string_view>

#include "mizzen/json/yaml.hpp"

struct yaml_event_s;
struct yaml_parser_s;

namespace mizzen::json {

class YamlEvent {
  public:
    YamlEvent();
    YamlEvent(YamlEvent&&) noexcept;
    YamlEvent& operator=(YamlEvent&&) noexcept;
    ~YamlEvent();
    const yaml_event_s* operator->() const { return event_.get(); }
    yaml_event_s* raw() { return event_.get(); }
    Position position() const;

  private:
    std::unique_ptr<yaml_event_s> event_;
};

class YamlEvents {
  public:
    // Both must outlive this.
    YamlEvents(std::string_view text, std::string_view name);
    YamlEvents(const YamlEvents&) = delete;
    ~YamlEvents();

    // Throws Error(invalid) where the text is no YAML.
    YamlEvent next();
    [[noreturn]] void fail(Position, std::string_view what) const;

  private:
    [[noreturn]] void fail_as_parser_says() const;

    std::string_view text_, name_;
    std::unique_ptr<yaml_parser_s> parser_;
};

}  // namespace mizzen::json
