// SPDX-License-Identifier: Apache-2.0
// What a client counts, under the names of client-go's metrics.
#pragma once
#include <string_view>

#include "mizzen/telemetry/metrics/registry.hpp"

namespace mizzen::kube::detail {

struct CallLabels {
    std::string_view code;  // "200", or "<error>" where no answer came
    std::string_view host;
    std::string_view method;
};
struct DurationLabels {
    std::string_view host;
    std::string_view verb;
};

struct ClientMetrics {
    telemetry::Counter<CallLabels> requests = telemetry::counter(
        "rest_client_requests_total", "Number of HTTP requests, partitioned by status code, method, and host.");
    telemetry::Histogram<DurationLabels> duration =
        telemetry::histogram("rest_client_request_duration_seconds",
                             "Time until the head of the answer, in seconds, by verb and host.", "seconds")
            .buckets({.005, .025, .1, .25, .5, 1, 2, 4, 8, 15, 30, 60});
};

}  // namespace mizzen::kube::detail
