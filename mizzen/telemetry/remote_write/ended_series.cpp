// SPDX-License-Identifier: Apache-2.0
// Which series of a snapshot are missing in the next.
#include <algorithm>
#include <unordered_set>

#include "mizzen/telemetry/remote_write/encode.hpp"

namespace mizzen::telemetry::remote_write {
namespace {

// The values of a row's labels, each with its length before it.
std::string row_key(const Family& family, std::size_t row) {
    std::string key;
    for (std::size_t i = 0; i < family.label_names.size(); ++i) {
        const std::string_view value = family.labels.at(row, i);
        key += std::to_string(value.size()) + ':';
        key += value;
    }
    return key;
}

bool has_same_series(const Family& a, const Family& b) {
    return a.type == b.type && a.label_names == b.label_names && a.bounds == b.bounds && a.quantiles == b.quantiles;
}

Family only_rows(const Family& family, const std::vector<std::size_t>& rows) {
    Family out{.type = family.type,
               .name = family.name,
               .help = family.help,
               .unit = family.unit,
               .label_names = family.label_names,
               .bounds = family.bounds,
               .quantiles = family.quantiles,
               .labels = LabelTable(family.label_names.size()),
               .temporality = family.temporality,
               .start = family.start};
    for (const std::size_t row : rows)
        for (std::size_t i = 0; i < family.label_names.size(); ++i) out.labels.add(family.labels.at(row, i));
    out.points = std::visit(
        [&](const auto& all) -> Points {
            std::decay_t<decltype(all)> some;
            for (const std::size_t row : rows) some.push_back(all[row]);
            return some;
        },
        family.points);
    return out;
}

std::vector<std::size_t> missing_rows(const Family& before, const Family* now) {
    std::unordered_set<std::string> kept;
    if (now && has_same_series(before, *now)) {
        if (before.labels == now->labels && before.size() == now->size()) return {};
        for (std::size_t row = 0; row < now->size(); ++row) kept.insert(row_key(*now, row));
    }
    std::vector<std::size_t> missing;
    for (std::size_t row = 0; row < before.size(); ++row)
        if (!kept.contains(row_key(before, row))) missing.push_back(row);
    return missing;
}

}  // namespace

Snapshot ended_series(const Snapshot& before, const Snapshot& now) {
    Snapshot ended{.start = before.start, .time = now.time};
    for (const Family& family : before.families) {
        const auto found = std::ranges::find(now.families, family.name, &Family::name);
        const auto rows = missing_rows(family, found == now.families.end() ? nullptr : &*found);
        if (!rows.empty()) ended.families.push_back(only_rows(family, rows));
    }
    return ended;
}

}  // namespace mizzen::telemetry::remote_write
