// SPDX-License-Identifier: Apache-2.0
// io.prometheus.client.MetricFamily (prometheus/client_model, metrics.proto), the format that carries native
// histograms.
#include <algorithm>
#include <utility>
#include <vector>

#include "mizzen/base/utf8.hpp"
#include "mizzen/telemetry/exposition/detail/name_claims.hpp"
#include "mizzen/telemetry/exposition/exposition.hpp"
#include "mizzen/telemetry/exposition/protobuf_writer.hpp"

namespace mizzen::telemetry {
namespace {

// The number of a type, and the field of a metric that it fills.
struct Kind {
    std::uint64_t type;
    unsigned field;
};
Kind kind_of(MetricType type) {
    switch (type) {
        case MetricType::counter:
            return {0, 3};
        case MetricType::summary:
            return {2, 4};
        case MetricType::histogram:
        case MetricType::exponential_histogram:
            return {4, 7};
        default:
            return {1, 2};
    }
}

ProtobufWriter timestamp(WallTime time) {
    constexpr std::int64_t second = 1'000'000'000;
    const std::int64_t all = time.time_since_epoch().count();
    const std::int64_t rest = (all % second + second) % second;  // nanos are never negative
    ProtobufWriter out;
    out.varint(1, static_cast<std::uint64_t>((all - rest) / second));
    out.varint(2, static_cast<std::uint64_t>(rest));
    return out;
}

ProtobufWriter label_pair(std::string_view name, std::string_view value) {
    ProtobufWriter out;
    out.bytes(1, name);
    out.bytes(2, is_utf8(value) ? value : std::string_view(to_valid_utf8(value)));
    return out;
}

ProtobufWriter exemplar_message(const Exemplar& exemplar) {
    ProtobufWriter out;
    for (const auto& [name, value] : exemplar.labels) out.message(1, label_pair(to_valid_utf8(name), value));
    out.float64(2, exemplar.value);
    if (exemplar.time) out.message(3, timestamp(*exemplar.time));
    return out;
}

const Exemplar* find_exemplar(const Family& family, std::size_t row, std::size_t bucket) {
    const auto place = [](const Exemplar& e) { return std::pair(e.row, e.bucket); };
    const auto found = std::ranges::lower_bound(family.exemplars, std::pair(row, bucket), {}, place);
    return found != family.exemplars.end() && place(*found) == std::pair(row, bucket) ? &*found : nullptr;
}

double as_double(const Number& number) {
    return std::visit([](auto value) { return static_cast<double>(value); }, number);
}

ProtobufWriter histogram_message(const Family& family, std::size_t row, const HistogramPoint& point) {
    ProtobufWriter out;
    out.varint(1, point.count());
    out.float64(2, point.sum);
    std::uint64_t below = 0;
    for (std::size_t i = 0; i < family.bounds.size(); ++i) {  // +Inf is understood
        ProtobufWriter bucket;
        bucket.varint(1, below += point.counts.at(i));
        bucket.float64(2, family.bounds[i]);
        if (const Exemplar* exemplar = find_exemplar(family, row, i)) bucket.message(3, exemplar_message(*exemplar));
        out.message(3, bucket);
    }
    return out;
}

// Runs of buckets, a gap of up to two empty ones included, and the difference of each count to the one before.
void write_spans(ProtobufWriter& out, unsigned span_field, unsigned delta_field,
                 const ExponentialPoint::Buckets& buckets) {
    constexpr std::size_t most_gap = 2;
    std::vector<std::int64_t> deltas;
    std::int64_t before = 0;
    // Prometheus counts a bucket by its upper bound, hence one more.
    std::int64_t after_last_span = 0;
    const auto index_of = [&](std::size_t i) {
        return std::int64_t{buckets.offset} + static_cast<std::int64_t>(i) + 1;
    };
    for (std::size_t i = 0; i < buckets.counts.size();) {
        if (buckets.counts[i] == 0) {
            ++i;
            continue;
        }
        std::size_t end = i + 1;
        for (std::size_t j = end; j < buckets.counts.size() && j - end <= most_gap; ++j)
            if (buckets.counts[j] != 0) end = j + 1;
        ProtobufWriter span;
        span.zigzag(1, index_of(i) - after_last_span);
        span.varint(2, end - i);
        out.message(span_field, span);
        after_last_span = index_of(end);
        for (; i < end; ++i) {
            const auto count = static_cast<std::int64_t>(buckets.counts[i]);
            deltas.push_back(count - before);
            before = count;
        }
    }
    for (const std::int64_t delta : deltas) out.zigzag(delta_field, delta);
}

ProtobufWriter histogram_message(const Family& family, std::size_t row, const ExponentialPoint& point) {
    ProtobufWriter out;
    out.varint(1, point.count());
    out.float64(2, point.sum);
    out.zigzag(5, point.scale);
    out.float64(6, 0);  // only zero itself is in the zero bucket
    out.varint(7, point.zero_count);
    write_spans(out, 9, 10, point.negative);
    write_spans(out, 12, 13, point.positive);
    if (point.positive.counts.empty() && point.negative.counts.empty()) {
        // An empty span tells a native histogram without observations from a classic one.
        ProtobufWriter span;
        span.zigzag(1, 0);
        span.varint(2, 0);
        out.message(12, span);
    }
    for (const Exemplar& exemplar : std::ranges::equal_range(family.exemplars, row, {}, &Exemplar::row))
        if (exemplar.time) out.message(16, exemplar_message(exemplar));  // without a time they are ignored
    return out;
}

class FamilyWriter {
  public:
    FamilyWriter(const Snapshot& snapshot, const Family& family, Escaping escaping)
        : family_(family), created_(timestamp(snapshot.start)) {
        for (const std::string& name : family.label_names) label_names_.push_back(escaped_label(name, escaping));
        const bool is_counter = family.type == MetricType::counter;
        const std::string suffix = is_counter ? "_total" : family.type == MetricType::info ? "_info" : "";
        out_.bytes(1, escaped_name(family.name + suffix, escaping));
        out_.bytes(2, to_valid_utf8(family.help));
        out_.varint(3, kind_of(family.type).type);
        std::visit([&](const auto& points) { write(points); }, family.points);
        if (!family.unit.empty()) out_.bytes(5, family.unit);
    }
    const std::string& str() const { return out_.str(); }

  private:
    ProtobufWriter with_labels(std::size_t row) const {
        ProtobufWriter metric;
        for (std::size_t i = 0; i < label_names_.size(); ++i)
            if (const std::string_view value = family_.labels.at(row, i); !value.empty())
                metric.message(1, label_pair(label_names_[i], value));
        return metric;
    }
    void write(const std::vector<Number>& points) {
        const bool is_counter = family_.type == MetricType::counter;
        for (std::size_t row = 0; row < points.size(); ++row) {
            ProtobufWriter metric = with_labels(row), value;
            value.float64(1, as_double(points[row]));
            if (is_counter) {
                if (const Exemplar* exemplar = find_exemplar(family_, row, 0))
                    value.message(2, exemplar_message(*exemplar));
                value.message(3, created_);
            }
            metric.message(kind_of(family_.type).field, value);
            out_.message(4, metric);
        }
    }
    template <class Point>
    void write(const std::vector<Point>& points) {
        for (std::size_t row = 0; row < points.size(); ++row) {
            ProtobufWriter metric = with_labels(row), histogram = histogram_message(family_, row, points[row]);
            histogram.message(15, created_);
            metric.message(kind_of(family_.type).field, histogram);
            out_.message(4, metric);
        }
    }
    void write(const std::vector<SummaryPoint>& points) {
        for (std::size_t row = 0; row < points.size(); ++row) {
            ProtobufWriter metric = with_labels(row), summary;
            summary.varint(1, points[row].count);
            summary.float64(2, points[row].sum);
            for (std::size_t i = 0; i < family_.quantiles.size(); ++i) {
                ProtobufWriter quantile;
                quantile.float64(1, family_.quantiles[i]);
                quantile.float64(2, points[row].values.at(i));
                summary.message(3, quantile);
            }
            summary.message(4, created_);
            metric.message(kind_of(family_.type).field, summary);
            out_.message(4, metric);
        }
    }

    const Family& family_;
    const ProtobufWriter created_;
    std::vector<std::string> label_names_;
    ProtobufWriter out_;
};

}  // namespace

std::string to_prometheus_protobuf(const Snapshot& snapshot, Escaping escaping) {
    ProtobufWriter out;
    NameClaims claims(escaping);
    for (const Family& family : snapshot.families)
        if (family.size() > 0 && claims.claim(family).empty())
            out.delimited(FamilyWriter(snapshot, family, escaping).str());
    return out.take();
}

}  // namespace mizzen::telemetry
