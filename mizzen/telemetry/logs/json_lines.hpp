// SPDX-License-Identifier: Apache-2.0
// Log records as JSON, one object a line, for machines.
#pragma once
#include <string>

#include "mizzen/telemetry/logs/log_record.hpp"

namespace mizzen::telemetry {

// Appends one line, valid UTF-8 and without line breaks whatever is in the record:
//
//     {"time":"2026-01-31T12:00:00.000000000Z","level":"info","logger":"kube.client","message":"pod a is ready",
//      "trace_id":"…","span_id":"…","fields":{"k8s.pod.uid":"…"}}
//
// The ids are there inside a trace, "event" if the event has a name, "fields" if there are any. Numbers that are not
// finite are the texts "NaN", "Infinity", "-Infinity", as in OTLP's JSON; integers are written in full, also beyond
// 2^53.
void append_json_line(std::string& out, const LogRecord& record);

}  // namespace mizzen::telemetry
