// SPDX-License-Identifier: Apache-2.0
// Journal: where a Store keeps its objects beyond the process.
#pragma once
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

namespace mizzen::apiserver {

class Journal {
  public:
    virtual ~Journal() = default;
    // Throws Error(retry) where the disk refuses; then nothing was written.
    virtual void write(std::string_view collection, std::string_view key, std::uint64_t revision,
                       std::string_view json) = 0;
    virtual void erase(std::string_view collection, std::string_view key, std::uint64_t revision) = 0;
    // Hands over everything that was kept, in key order per collection; returns the newest revision.
    using Restore = std::function<void(std::string_view collection, std::string_view key, std::uint64_t revision,
                                       std::string json)>;
    virtual std::uint64_t load(const Restore&) = 0;
};

// A SQLite file `mizzen.db` of mode 0600 in `data_dir`, which is made with mode 0700 if it is not there. A write
// returns when the operating system has it: it survives a crash of the process. Throws Error(invalid) if the file is
// none of ours, Error(denied) if it cannot be opened.
std::unique_ptr<Journal> open_sqlite_journal(const std::string& data_dir);

}  // namespace mizzen::apiserver
