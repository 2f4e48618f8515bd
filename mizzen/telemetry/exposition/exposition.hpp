// SPDX-License-Identifier: Apache-2.0
// A snapshot as the bytes that Prometheus scrapes. Pure: nothing is read but the arguments.
#pragma once
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "mizzen/telemetry/exposition/escaping.hpp"
#include "mizzen/telemetry/metrics/snapshot.hpp"

namespace mizzen::telemetry {

enum class Format {
    text_0_0_4,         // Prometheus text; no exemplars
    text_1_0_0,         // the same, as Prometheus 3 asks for it with UTF-8 names
    openmetrics_0_0_1,  // as 1.0.0, for old servers
    openmetrics_1_0_0,
    openmetrics_2_0_0,  // release candidate 0; one line a point, native histograms, starts; only for who asks for it
    protobuf,           // io.prometheus.client.MetricFamily, each with its length before it; with native histograms
};

struct Exposition {
    Format format = Format::text_0_0_4;
    Escaping escaping = Escaping::underscores;
    bool operator==(const Exposition&) const = default;
};

// What to answer to a request's Accept header (RFC 9110, 12.5.1; Prometheus' content negotiation): of what we know the
// one with the highest q, the first of equals; text 0.0.4 if there is none.
Exposition negotiate(std::string_view accept);
// The answer's Content-Type, the escaping named in it.
std::string content_type(const Exposition&);

struct ExpositionOptions {
    // Says in OpenMetrics since when each sum has been counted (foo_created). Off, as in Prometheus' own libraries: it
    // doubles the series. Protobuf and OpenMetrics 2.0 carry it always.
    bool created = false;
};

std::string expose(const Snapshot&, const Exposition&, const ExpositionOptions& = {});

std::string to_prometheus_text(const Snapshot&, Escaping = Escaping::underscores);
std::string to_openmetrics(const Snapshot&, Escaping = Escaping::underscores, const ExpositionOptions& = {});
std::string to_openmetrics_2(const Snapshot&, Escaping = Escaping::underscores);
std::string to_prometheus_protobuf(const Snapshot&, Escaping = Escaping::underscores);

// What the formats above leave out, one line each for people: families that this escaping gives a name which an earlier
// one has, or two labels of one name. The first of them is written.
std::vector<std::string> left_out(const Snapshot&, Escaping);

// Only the families of these names (the parameter name[] of a scrape), with or without their _total or _info. All of
// them if `names` is empty.
Snapshot only_named(Snapshot, std::span<const std::string> names);

}  // namespace mizzen::telemetry
