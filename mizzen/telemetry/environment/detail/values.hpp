// SPDX-License-Identifier: Apache-2.0
// Variables: reads one variable of the environment as what it is meant to be, and takes note of what it is not.
#pragma once
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "mizzen/base/time.hpp"
#include "mizzen/telemetry/resource/detect.hpp"

namespace mizzen::telemetry {

// name=value pairs, percent-decoded.
using Pairs = std::vector<std::pair<std::string, std::string>>;

// Each function leaves `into` as it is where the variable is not set or not understood; then it takes note. Both
// arguments outlive it.
class Variables {
  public:
    Variables(const Environment& environment, std::vector<std::string>& warnings)
        : environment_(environment), warnings_(warnings) {}

    // Without spaces at its ends; nothing if that is empty.
    std::optional<std::string> text(const std::string& name) const;
    void read(const std::string& name, std::string& into) const;
    void read(const std::string& name, bool& into) const;
    // Decimal digits.
    void read(const std::string& name, std::size_t& into) const;
    void read_port(const std::string& name, int& into) const;
    // Milliseconds.
    void read(const std::string& name, Duration& into) const;
    // The same, but zero means no limit, which is a century here.
    void read_timeout(const std::string& name, Duration& into) const;
    // One of the names, in any case of letters.
    template <class Enum, std::size_t N>
    void read_enum(const std::string& name, const std::pair<std::string_view, Enum> (&names)[N], Enum& into) const {
        const auto value = text(name);
        if (!value) return;
        std::string all;
        for (const auto& [known, meaning] : names) {
            if (is_same(*value, known)) return void(into = meaning);
            all += (all.empty() ? "" : ", ") + std::string(known);
        }
        warn(name, "expected one of " + all + ", got \"" + *value + "\"; the default is used");
    }
    void warn(const std::string& name, std::string_view what) const;

  private:
    static bool is_same(std::string_view a, std::string_view b);
    std::optional<std::uint64_t> number(const std::string& name, std::uint64_t most) const;

    const Environment& environment_;
    std::vector<std::string>& warnings_;
};

// "a=b,c=%20d": nothing if one of the entries is no pair with a name, or is not properly encoded. Empty entries are
// passed over.
std::optional<Pairs> parse_pairs(std::string_view text);

}  // namespace mizzen::telemetry
