// SPDX-License-Identifier: Apache-2.0
// A snapshot taken apart into series as Prometheus stores them: one name, one set of labels, one value.
#pragma once
#include <compare>
#include <functional>

#include "mizzen/telemetry/remote_write/encode.hpp"

namespace mizzen::telemetry::remote_write {

struct Label {
    std::string name, value;
    friend auto operator<=>(const Label&, const Label&) = default;
};

struct Series {
    const Family& family;
    std::vector<Label> labels;  // by name, no name twice, no value empty, valid UTF-8; __name__ is one
    double value = 0;
    const ExponentialPoint* histogram = nullptr;  // instead of the value
    std::vector<const Exemplar*> exemplars = {};
    bool has_start = false;  // counts since the family's start
};

// Calls `use` with each, family by family.
void for_each_series(const Snapshot& snapshot, const EncodeOptions& options,
                     const std::function<void(const Series&)>& use);

// The name of the metric, with _total or _info.
std::string metric_name(const Family& family, Escaping escaping);

std::int64_t milliseconds(WallTime time);
// 0, which means unknown, if it is not before the snapshot's time.
std::int64_t start_milliseconds(const Snapshot& snapshot, const Family& family);

}  // namespace mizzen::telemetry::remote_write
