// SPDX-License-Identifier: Apache-2.0
// What the two text formats share: numbers, escapes, and the line of a sample.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "mizzen/telemetry/exposition/escaping.hpp"
#include "mizzen/telemetry/metrics/snapshot.hpp"

namespace mizzen::telemetry {

void append(std::string& out, std::uint64_t value);
void append(std::string& out, std::int64_t value);
// As Go's %g writes it, which all of Prometheus expects: 1e+06, 0.005, +Inf, NaN.
void append_go(std::string& out, double value);
// The same, but with a point or an exponent always, as OpenMetrics asks of floats: 1.0.
void append_float(std::string& out, double value);
// Seconds since 1970, with as many decimals as there are.
void append_seconds(std::string& out, WallTime time);

// With \, " and line breaks escaped and broken UTF-8 replaced; `quotes`: whether " is one of them.
void append_escaped(std::string& out, std::string_view text, bool quotes = true);
// As it is, or in quotes if the legacy grammar refuses it.
std::string quoted_if_needed(std::string_view name, bool is_label);

// What a family's suffixes are put behind (_bucket, _created, ...). The name is escaped as a whole, with the _total or
// _info that is part of it, as Prometheus' own library does.
std::string base_name(const Family& family, Escaping escaping);

// Writes the head of sample lines of one family: `name{a="x",le="1"} `. Labels without a value are left out.
class SampleHead {
  public:
    SampleHead(const Family& family, std::string_view suffix, Escaping escaping);
    // `extra_name` and `extra_value`: one more label (le), unless the name is empty.
    void append_to(std::string& out, std::size_t row, std::string_view extra_name = "",
                   std::string_view extra_value = "") const;

  private:
    const Family& family_;
    std::string opening_;  // name, or {"name"
    bool is_quoted_;
    std::vector<std::string> prefixes_;  // a="
};

}  // namespace mizzen::telemetry
