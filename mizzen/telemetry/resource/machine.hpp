// SPDX-License-Identifier: Apache-2.0
// Machine: what a process can learn about itself and where it runs, as facts that are given.
#pragma once
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace mizzen::telemetry {

// An empty one knows nothing and has no files. Texts are empty where a fact is not known.
struct Machine {
    // The whole text of a file, or nothing if it cannot be read.
    std::function<std::optional<std::string>(std::string_view path)> read = [](std::string_view) {
        return std::optional<std::string>();
    };
    std::int64_t pid = 0;
    std::int64_t parent_pid = 0;
    std::optional<std::uint32_t> user_id = {};  // the effective one
    std::string executable = {};                // its path
    std::string host_name = {};
    std::string architecture = {};  // as `uname -m` has it: "x86_64"
    std::string system = {};        // as `uname -s` and `uname -r` have them: "Linux"
    std::string system_release = {};
};

// The one that we run on. Asks the system and reads files when they are asked for.
Machine this_machine();

}  // namespace mizzen::telemetry
