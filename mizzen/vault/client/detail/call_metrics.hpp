// SPDX-License-Identifier: Apache-2.0
// What a client counts. Labels name operations, never paths: those may hold names that nobody else should read.
#pragma once
#include <string_view>

#include "mizzen/telemetry/metrics/registry.hpp"

namespace mizzen::vault::detail {

struct CallLabels {
    std::string_view operation;  // "kv2.read"
    std::string_view result;     // "ok", or the cause of the VaultError; "no_answer"
};
struct OperationLabels {
    std::string_view operation;
};

struct CallMetrics {
    telemetry::Counter<CallLabels> calls =
        telemetry::counter("vault_client_calls_total", "Calls to Vault, by operation and result.");
    telemetry::Histogram<OperationLabels> duration =
        telemetry::histogram("vault_client_call_duration_seconds",
                             "Time from a call to its answer, repetitions included, by operation.", "seconds")
            .buckets({.001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10, 30, 60});
    telemetry::Counter<OperationLabels> repeated =
        telemetry::counter("vault_client_repetitions_total", "Calls that were sent once more, by operation.");
    telemetry::Counter<OperationLabels> warnings =
        telemetry::counter("vault_client_warnings_total", "Warnings in answers of Vault, by operation.");
};

}  // namespace mizzen::vault::detail
