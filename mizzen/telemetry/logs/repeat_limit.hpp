// SPDX-License-Identifier: Apache-2.0
// RepeatLimit: lets a call site say a thing a few times, then counts.
#pragma once
#include <cstddef>
#include <cstdint>
#include <map>
#include <source_location>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "mizzen/telemetry/logs/log_levels.hpp"

namespace mizzen::telemetry {

// One log call in the source, of one module. A call in a header counts once for each file that includes it.
struct CallSite {
    const LogModule* module = nullptr;
    const char* text = "";
    std::source_location where = {};
    Severity severity = Severity::info;
};

// What a call site said too often.
struct Repeats {
    CallSite site;
    std::uint64_t count = 0;
    WallTime until{};  // the end of the time that it was counted in
};

// Pure; times are those of the messages. Holds only what was said within the last `per`.
class RepeatLimit {
  public:
    // At most `first` messages of a call site in `per`, which begins with the first of them; 0: no limit.
    RepeatLimit(std::uint32_t first, Duration per) : first_(first), per_(per) {}

    // False if this message of `site` is to be counted only.
    bool admit(const CallSite& site, WallTime at);
    // What was counted in times that ended by `until`, the first ended first. Asked before admit() of that time.
    std::vector<Repeats> take_ended(WallTime until);
    // What was counted so far, of all.
    std::vector<Repeats> take_all(WallTime until);

  private:
    struct Key {
        const LogModule* module;
        const char* text;
        const char* file;
        std::uint_least32_t line, column;
        bool operator==(const Key&) const = default;
    };
    struct Hash {
        std::size_t operator()(const Key&) const;
    };
    struct Window {
        CallSite site;
        WallTime start;
        std::uint64_t said = 0;
    };
    // By when they end; the number makes it unique.
    using Windows = std::map<std::pair<WallTime, std::uint64_t>, Window>;

    static Key key_of(const CallSite& site);
    void end(Windows::iterator window, WallTime until, std::vector<Repeats>& ended);

    std::uint32_t first_;
    Duration per_;
    std::uint64_t opened_ = 0;
    Windows windows_;
    std::unordered_map<Key, Windows::iterator, Hash> by_site_;
};

}  // namespace mizzen::telemetry
