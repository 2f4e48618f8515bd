// SPDX-License-Identifier: Apache-2.0
// Event, which has other member names in events.k8s.io.
#include <fmt/format.h>

#include "mizzen/apiserver/table/layouts.hpp"
#include "mizzen/base/text.hpp"

namespace mizzen::apiserver {
namespace {

struct Names {
    std::string_view about, message, source, first, last, count, reporter;
};

constexpr Names core_names{"involvedObject", "message",           "source", "firstTimestamp", "lastTimestamp",
                           "count",          "reportingComponent"};
constexpr Names new_names{"regarding",
                          "note",
                          "deprecatedSource",
                          "deprecatedFirstTimestamp",
                          "deprecatedLastTimestamp",
                          "deprecatedCount",
                          "reportingController"};

std::string source_of(const Row& row, const Names& names) {
    std::string_view component = row.text_or({names.source, "component"}, row.text({names.reporter}));
    std::string_view instance = row.text_or({names.source, "host"}, row.text({"reportingInstance"}));
    return instance.empty() ? std::string(component) : fmt::format("{}, {}", component, instance);
}

json::Array cells(const Row& row, const Names& names) {
    bool has_first = !row.text({names.first}).empty(), has_last = !row.text({names.last}).empty();
    std::string first = has_first ? row.since({names.first}) : row.since({"eventTime"});
    std::string last = has_last ? row.since({names.last}) : first;
    std::int64_t count = row.integer({names.count});
    if (row.find({"series"})) {
        last = row.since({"series", "lastObservedTime"});
        count = row.integer({"series", "count"});
    } else if (count == 0) {
        count = 1;
    }
    std::string about = to_lower(row.text({names.about, "kind"}));
    if (std::string_view name = row.text({names.about, "name"}); !name.empty()) about += fmt::format("/{}", name);
    return {last,
            row.text({"type"}),
            row.text({"reason"}),
            about,
            row.text({names.about, "fieldPath"}),
            source_of(row, names),
            trim(row.text({names.message})),
            first,
            count,
            row.name()};
}

json::Array core_cells(const Row& row) { return cells(row, core_names); }
json::Array new_cells(const Row& row) { return cells(row, new_names); }

constexpr std::string_view columns =
    "Last Seen | Type | Reason | Object | Subobject+ | Source+ | Message | First Seen+ | Count+ | Name+";

constexpr LayoutEntry layouts[] = {
    {"", "Event", columns, core_cells},
    {"events.k8s.io", "Event", columns, new_cells},
};

}  // namespace

std::span<const LayoutEntry> event_layouts() { return layouts; }

}  // namespace mizzen::apiserver
