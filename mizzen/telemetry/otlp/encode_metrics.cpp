// SPDX-License-Identifier: Apache-2.0
// Snapshots as OTLP. Source: opentelemetry-proto 1.10, metrics/v1/metrics.proto; for what OTLP has no type for,
// OpenTelemetry specification, compatibility/prometheus_and_openmetrics.
#include <limits>
#include <ranges>

#include "mizzen/telemetry/otlp/detail/encode_request.hpp"
#include "mizzen/telemetry/otlp/detail/family_names.hpp"

namespace mizzen::telemetry::otlp {
namespace {

// AggregationTemporality.
std::uint32_t number_of(Temporality temporality) { return temporality == Temporality::delta ? 1 : 2; }

// Uses the labels that name a trace and a span as such, if they do.
template <class Wire>
void write_exemplar(Wire& out, const Exemplar& exemplar) {
    SpanId span;
    TraceId trace;
    const auto take_id = [&](std::string_view name, std::string_view value) {
        if (name == "trace_id" && !trace.is_valid()) trace = TraceId::parse(value).value_or(TraceId{});
        if (name == "span_id" && !span.is_valid()) span = SpanId::parse(value).value_or(SpanId{});
    };
    for (const auto& [name, value] : exemplar.labels) take_id(name, value);
    if (exemplar.time) out.fixed64({2, "timeUnixNano"}, unix_nano(*exemplar.time));
    out.put_double({3, "asDouble"}, exemplar.value);
    out.id({4, "spanId"}, span);
    out.id({5, "traceId"}, trace);
    const Field attributes{7, "filteredAttributes"};
    out.list(attributes, [&] {
        for (const auto& [name, value] : exemplar.labels) {
            if (value.empty() || (name == "trace_id" && trace.is_valid()) || (name == "span_id" && span.is_valid()))
                continue;
            out.item(attributes, [&] { write_key_value(out, name, value); });
        }
    });
}

// The parts of one family that its points need.
template <class Wire>
class PointWriter {
  public:
    PointWriter(Wire& out, const Snapshot& snapshot, const Family& family, const FamilyNames& names)
        : out_(out),
          names_(names),
          start_(unix_nano(family.start.value_or(snapshot.start))),
          time_(unix_nano(snapshot.time)),
          family_(family) {}

    void write(std::size_t row, const Number& point) {
        write_times();
        std::visit([&](auto value) { write_number(row, value); }, point);
        write_labels({7, "attributes"}, row);
    }
    void write(std::size_t row, const HistogramPoint& point) {
        write_times();
        out_.fixed64({4, "count"}, point.count());
        // The sum would fall where a value was negative, so it is not told when that can have happened.
        if (family_.bounds.empty() || family_.bounds[0] >= 0) out_.put_double({5, "sum"}, point.sum);
        out_.packed_fixed64({6, "bucketCounts"}, point.counts);
        out_.packed_double({7, "explicitBounds"}, family_.bounds);
        write_exemplars({8, "exemplars"}, row);
        write_labels({9, "attributes"}, row);
    }
    void write(std::size_t row, const ExponentialPoint& point) {
        write_labels({1, "attributes"}, row);
        write_times();
        out_.fixed64({4, "count"}, point.count());
        if (point.negative.counts.empty()) out_.put_double({5, "sum"}, point.sum);
        out_.sint32({6, "scale"}, point.scale);
        out_.fixed64({7, "zeroCount"}, point.zero_count);
        write_buckets({8, "positive"}, point.positive);
        write_buckets({9, "negative"}, point.negative);
        write_exemplars({11, "exemplars"}, row);
    }
    // Quantiles that are negative are not allowed, and those of nothing are not known.
    void write(std::size_t row, const SummaryPoint& point) {
        write_times();
        out_.fixed64({4, "count"}, point.count);
        out_.put_double({5, "sum"}, point.sum);
        const Field values{6, "quantileValues"};
        out_.list(values, [&] {
            for (std::size_t i = 0; i < family_.quantiles.size(); ++i)
                if (point.values.at(i) >= 0)
                    out_.item(values, [&] {
                        out_.put_double({1, "quantile"}, family_.quantiles[i]);
                        out_.put_double({2, "value"}, point.values[i]);
                    });
        });
        write_labels({7, "attributes"}, row);
    }

  private:
    void write_times() {
        if (family_.type != MetricType::gauge) out_.fixed64({2, "startTimeUnixNano"}, start_);
        out_.fixed64({3, "timeUnixNano"}, time_);
    }
    void write_number(std::size_t row, double value) {
        out_.put_double({4, "asDouble"}, value);
        write_exemplars({5, "exemplars"}, row);
    }
    void write_number(std::size_t row, std::int64_t value) {
        write_exemplars({5, "exemplars"}, row);
        out_.put_sfixed64({6, "asInt"}, value);
    }
    void write_number(std::size_t row, std::uint64_t value) {
        if (std::in_range<std::int64_t>(value)) return write_number(row, static_cast<std::int64_t>(value));
        write_number(row, static_cast<double>(value));
    }
    void write_buckets(Field field, const ExponentialPoint::Buckets& buckets) {
        if (buckets.counts.empty()) return;
        out_.message(field, [&] {
            out_.sint32({1, "offset"}, buckets.offset);
            out_.packed_uint64({2, "bucketCounts"}, buckets.counts);
        });
    }
    void write_exemplars(Field field, std::size_t row) {
        if (family_.exemplars.empty()) return;
        const auto of_row = std::ranges::equal_range(family_.exemplars, row, {}, &Exemplar::row);
        out_.each(field, of_row, [&](const Exemplar& exemplar) { write_exemplar(out_, exemplar); });
    }
    void write_labels(Field field, std::size_t row) {
        out_.list(field, [&] {
            for (std::size_t i = 0; i < family_.label_names.size(); ++i)
                if (const std::string_view value = family_.labels.at(row, i); !value.empty())
                    out_.item(field, [&] { write_label(names_.labels[i], value); });
        });
    }
    void write_label(const LabelName& name, std::string_view value) {
        if (name.type == semconv::Type::integer)
            if (const auto number = integer_of(value)) return write_key_value(out_, name.name, *number);
        if (name.type == semconv::Type::boolean && (value == "true" || value == "false"))
            return write_key_value(out_, name.name, value == "true");
        write_key_value(out_, name.name, value);
    }

    Wire& out_;
    const FamilyNames& names_;
    const std::uint64_t start_, time_;
    const Family& family_;
};

// The members of Gauge, Sum, Histogram, ExponentialHistogram and Summary.
template <class Wire>
void write_data(Wire& out, const Snapshot& snapshot, const Family& family, const FamilyNames& names) {
    const Field data_points{1, "dataPoints"};
    PointWriter writer(out, snapshot, family, names);
    std::visit(
        [&](const auto& points) {
            out.list(data_points, [&] {
                for (std::size_t row = 0; row < points.size(); ++row)
                    out.item(data_points, [&] { writer.write(row, points[row]); });
            });
        },
        family.points);
    if (family.type != MetricType::gauge && family.type != MetricType::summary)
        out.uint32({2, "aggregationTemporality"}, number_of(family.temporality));
    out.flag({3, "isMonotonic"}, family.type == MetricType::counter);
}

// Info metrics and state sets are non-monotonic sums, because their ones are to be added up over labels.
Field data_field(MetricType type) {
    switch (type) {
        case MetricType::gauge:
            return {5, "gauge", 2};
        case MetricType::histogram:
            return {9, "histogram", 2};
        case MetricType::exponential_histogram:
            return {10, "exponentialHistogram", 2};
        case MetricType::summary:
            return {11, "summary", 2};
        default:
            return {7, "sum", 2};
    }
}

// Prometheus' type, where OTLP's says less.
std::string_view prometheus_type(MetricType type) {
    return type == MetricType::info ? "info" : type == MetricType::state_set ? "stateset" : "";
}

template <class Wire>
void write_metric(Wire& out, const Snapshot& snapshot, const Family& family) {
    const FamilyNames names = names_of(family);
    out.text({1, "name"}, names.name);
    out.text({2, "description"}, family.help);
    out.text({3, "unit"}, names.unit);
    out.message(data_field(family.type), [&] { write_data(out, snapshot, family, names); });
    if (const std::string_view type = prometheus_type(family.type); !type.empty()) {
        const Field metadata{12, "metadata"};
        out.list(metadata, [&] { out.item(metadata, [&] { write_key_value(out, "prometheus.type", type); }); });
    }
}

}  // namespace

std::string encode(const Resource& resource, const InstrumentationScope& scope, const Snapshot& snapshot,
                   Encoding encoding) {
    ScopeItems<Family> families{&scope, {}};
    std::size_t expected = 512;
    for (const Family& family : snapshot.families) {
        if (family.size() > 0) families.items.push_back(&family);
        expected += 256 + 128 * family.size();
    }
    std::vector<ScopeItems<Family>> scopes;
    if (!families.items.empty()) scopes.push_back(std::move(families));
    return encode_request(encoding, expected, {"resourceMetrics", "scopeMetrics", "metrics"}, resource, scopes,
                          [&](auto& out, const Family& family) { write_metric(out, snapshot, family); });
}

}  // namespace mizzen::telemetry::otlp
