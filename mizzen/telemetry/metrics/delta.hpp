// SPDX-License-Identifier: Apache-2.0
// Deltas: what was counted between two snapshots, for receivers that want no totals.
#pragma once
#include "mizzen/telemetry/metrics/snapshot.hpp"

namespace mizzen::telemetry {

// OTEL_EXPORTER_OTLP_METRICS_TEMPORALITY_PREFERENCE. delta: counters and histograms; low_memory: the same but for
// counters that are observed. All else stays cumulative, always. Source: OpenTelemetry specification,
// metrics/sdk_exporters/otlp.
enum class TemporalityPreference { cumulative, delta, low_memory };

Temporality temporality_of(const Family& family, TemporalityPreference preference);

// `now` with the families that are to be deltas as differences to `before`, which is an earlier snapshot of the same
// registry, or one without families whose time is the start. Series in which nothing was counted are left out, and so
// are exemplars from before. What has gone back, or has other buckets, counts from nothing. Pure.
Snapshot delta_since(const Snapshot& before, Snapshot now, TemporalityPreference preference);

}  // namespace mizzen::telemetry
