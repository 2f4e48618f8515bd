// SPDX-License-Identifier: Apache-2.0
// The names of all samples that a family may have, after escaping.
#include "mizzen/telemetry/exposition/detail/name_claims.hpp"
#include "mizzen/telemetry/exposition/exposition.hpp"
#include "mizzen/telemetry/exposition/text_writer.hpp"

namespace mizzen::telemetry {
namespace {

std::vector<const char*> suffixes_of(MetricType type) {
    switch (type) {
        case MetricType::counter:
            return {"", "_total", "_created"};
        case MetricType::info:
            return {"", "_info"};
        case MetricType::histogram:
        case MetricType::exponential_histogram:
            return {"", "_bucket", "_count", "_sum", "_created"};
        case MetricType::summary:
            return {"", "_count", "_sum", "_created"};
        default:
            return {""};
    }
}

// Labels that formats put to the samples of the type, or that stand for its name.
std::set<std::string> labels_of_format(MetricType type) {
    switch (type) {
        case MetricType::histogram:
        case MetricType::exponential_histogram:
            return {"__name__", "le"};
        case MetricType::summary:
            return {"__name__", "quantile"};
        default:
            return {"__name__"};
    }
}

}  // namespace

std::string NameClaims::claim(const Family& family) {
    const std::string how = "escaped (" + std::string(to_string(escaping_)) + ") its ";
    if (family.name.empty()) return "it has no name";
    std::set<std::string> labels = labels_of_format(family.type), names;
    for (const std::string& name : family.label_names) {
        if (name.empty()) return "one of its labels has no name";
        if (const auto [label, is_new] = labels.insert(escaped_label(name, escaping_)); !is_new)
            return how + "label " + *label + " comes twice";
    }
    const std::string base = base_name(family, escaping_);
    for (const char* suffix : suffixes_of(family.type)) {
        std::string name = base + suffix;
        if (taken_.contains(name)) return how + "name " + name + " comes twice";
        names.insert(std::move(name));
    }
    taken_.merge(names);
    return "";
}

std::vector<std::string> left_out(const Snapshot& snapshot, Escaping escaping) {
    std::vector<std::string> out;
    NameClaims claims(escaping);
    for (const Family& family : snapshot.families) {
        if (family.size() == 0) continue;
        if (const std::string why = claims.claim(family); !why.empty())
            out.push_back(family.name + ": left out, because " + why);
    }
    return out;
}

}  // namespace mizzen::telemetry
