// SPDX-License-Identifier: Apache-2.0
// The names of all samples that a family may have, after escaping.
#include "mizzen/telemetry/exposition/detail/name_claims.hpp"
#include "mizzen/telemetry/exposition/exposition.hpp"

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

}  // namespace

std::string NameClaims::claim(const Family& family) {
    std::set<std::string> labels, names;
    for (const std::string& name : family.label_names)
        if (const auto [label, is_new] = labels.insert(escaped_name(name, escaping_)); !is_new) return *label;
    for (const char* suffix : suffixes_of(family.type)) {
        std::string name = escaped_name(family.name + suffix, escaping_);
        if (taken_.contains(name)) return name;
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
        if (const std::string name = claims.claim(family); !name.empty())
            out.push_back(family.name + ": left out, because escaped (" + std::string(to_string(escaping)) +
                          ") its name " + name + " comes twice");
    }
    return out;
}

}  // namespace mizzen::telemetry
