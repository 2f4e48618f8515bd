// SPDX-License-Identifier: Apache-2.0
// What a semantic convention says of an attribute and of a metric: names that every tool understands, as plain data.
#pragma once
#include <span>
#include <string_view>

#include "mizzen/telemetry/metrics/names.hpp"

// The headers beside this one hold the conventions, a namespace for each of OpenTelemetry's:
//
//     span.set(semconv::http::request_method, "GET");       // "http.request.method"
//     semconv::find_metric("http.server.request.duration")->unit;  // "s"
//
// Names and facts are those of the semantic conventions 1.44 (opentelemetry.io/docs/specs/semconv); what is deprecated
// there is left out. A name that C++ keeps for itself has an underscore behind it: url::template_.
namespace mizzen::telemetry::semconv {

enum class Type {
    text,
    texts,
    integer,
    boolean,
    text_by_key,   // the name is a prefix: "k8s.pod.label" stands for "k8s.pod.label.app" and all others
    texts_by_key,  // the same, with several values
};

// A stable name stays as it is; a development one may still be changed by its authors.
enum class Stability { stable, candidate, development };

struct Attribute {
    std::string_view name;
    Type type;
    Stability stability;
    std::string_view meaning;
};

enum class Requirement {
    required,
    conditional,  // wherever there is a value
    recommended,
    opt_in,  // only when asked for: it makes many series, or costs much
};

struct MetricAttribute {
    std::string_view name;
    Requirement requirement;
};

struct Metric {
    std::string_view name;
    MetricType type;        // counter, up_down_counter, gauge or histogram
    std::string_view unit;  // UCUM: "s", "By", "1", "{request}"
    Stability stability;
    std::span<const MetricAttribute> attributes = {};
    std::span<const double> buckets = {};  // the upper bounds that are advised; none if nothing is
};

// What most durations in seconds are advised to have.
inline constexpr double latency_buckets[] = {.005, .01, .025, .05, .075, .1, .25, .5, .75, 1, 2.5, 5, 7.5, 10};

}  // namespace mizzen::telemetry::semconv
