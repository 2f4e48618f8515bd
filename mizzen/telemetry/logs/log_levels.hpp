// SPDX-License-Identifier: Apache-2.0
// LogLevels: what each module logs, changeable while it logs.
#pragma once
#include <atomic>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "mizzen/telemetry/logs/log_record.hpp"

namespace mizzen::telemetry {

// As the level of a module: nothing is logged, not even what is fatal.
inline constexpr Severity severity_off{25};

// "trace", "debug", "info", "warn", "error", "fatal" or "off"; numbers in between read as the level that they refine.
std::string_view to_string(Severity);
// The reverse, in any case of letters; nothing if it is none of them.
std::optional<Severity> parse_severity(std::string_view name);

// A part of the program that logs under one name.
struct LogModule {
    std::atomic<Severity> level = Severity::info;  // the least that is logged
    std::shared_ptr<const InstrumentationScope> scope;
};

// Levels by module and the modules below it: "kube=debug,net.http2=warn,info". The longest name that a module begins
// with decides, by whole parts: "kube" is for kube and kube.client, not for kubelet. A level without a name is for all
// others; info if there is none. Any thread may call anything; a change is seen by the next log call.
class LogLevels {
  public:
    // Throws as set() does.
    explicit LogLevels(std::string_view levels = "info") { set(levels); }

    // Replaces all levels. Throws Error(invalid) that says which entry is wrong and what to write; then nothing has
    // changed.
    void set(std::string_view levels);
    // What set() was given, in its own spelling: default last, names sorted.
    std::string text() const;
    Severity level_of(std::string_view module) const;
    // The module of that name, made when first asked for. It lives as long as this.
    LogModule& module(std::string_view name);

  private:
    struct Rules {
        std::map<std::string, Severity, std::less<>> modules;
        Severity others = Severity::info;
        Severity level_of(std::string_view module) const;
    };
    static Rules parse(std::string_view levels);

    mutable std::mutex mutex_;
    Rules rules_;
    std::map<std::string, LogModule, std::less<>> modules_;
};

}  // namespace mizzen::telemetry
