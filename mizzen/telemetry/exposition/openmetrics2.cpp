// SPDX-License-Identifier: Apache-2.0
// OpenMetrics 2.0 text, release candidate 0 of March 2026: one line for each point, starts in it, native histograms.
// Source: prometheus.io/docs/specs/om/open_metrics_spec_2_0. An error makes readers refuse the whole, so what it
// forbids is left out: totals and sums of summaries that are negative or NaN, quantiles that are negative, exemplars
// without a time.
#include <algorithm>
#include <limits>

#include "mizzen/telemetry/exposition/detail/name_claims.hpp"
#include "mizzen/telemetry/exposition/detail/native_buckets.hpp"
#include "mizzen/telemetry/exposition/exposition.hpp"
#include "mizzen/telemetry/exposition/text_writer.hpp"

namespace mizzen::telemetry {
namespace {

std::string_view type_word(MetricType type) {
    switch (type) {
        case MetricType::counter:
            return "counter";
        case MetricType::histogram:
        case MetricType::exponential_histogram:
            return "histogram";
        case MetricType::summary:
            return "summary";
        case MetricType::info:
            return "info";
        case MetricType::state_set:
            return "stateset";
        default:
            return "gauge";
    }
}

// The suffix is part of the family's name.
std::string_view suffix(MetricType type) {
    return type == MetricType::counter ? "_total" : type == MetricType::info ? "_info" : "";
}

bool has_start(MetricType type) {
    return type == MetricType::counter || type == MetricType::histogram || type == MetricType::exponential_histogram ||
           type == MetricType::summary;
}

double as_double(const Number& number) {
    return std::visit([](auto value) { return static_cast<double>(value); }, number);
}

// Writes what follows `name:[`, with commas, and the bracket that closes.
template <class Range, class Write>
void append_list(std::string& out, std::string_view name, const Range& range, Write write) {
    out += name;
    out += ":[";
    const std::size_t begin = out.size();
    for (const auto& each : range) {
        if (out.size() > begin) out += ',';
        write(each);
    }
    out += ']';
}

class Writer {
  public:
    Writer(std::string& out, const Snapshot& snapshot, const Family& family, Escaping escaping)
        : out_(out),
          family_(family),
          escaping_(escaping),
          head_(family, suffix(family.type), escaping),
          start_(family.start.value_or(snapshot.start)) {}

    void write() {
        write_metadata();
        std::visit([&](const auto& points) { write_points(points); }, family_.points);
    }

  private:
    void write_metadata() {
        const std::string name =
            quoted_if_needed(escaped_name(family_.name + std::string(suffix(family_.type)), escaping_), false);
        out_ += "# TYPE " + name + ' ';
        // The states' label is named as the set, which a label cannot be that is escaped to something else.
        const bool is_odd_set = family_.type == MetricType::state_set &&
                                escaped_label(family_.name, escaping_) != escaped_name(family_.name, escaping_);
        out_ += is_odd_set ? "gauge" : type_word(family_.type);
        out_ += '\n';
        if (has_unit()) out_ += "# UNIT " + name + ' ' + family_.unit + '\n';
        if (family_.help.empty()) return;
        out_ += "# HELP " + name + ' ';
        append_escaped(out_, family_.help);
        out_ += '\n';
    }
    // The grammar has units of a name's characters only.
    bool has_unit() const {
        return !family_.unit.empty() && is_legacy_metric_name('_' + family_.unit) && family_.type != MetricType::info &&
               family_.type != MetricType::state_set;
    }

    template <class Points>
    void write_points(const Points& points) {
        for (std::size_t row = 0; row < points.size(); ++row) {
            if (!is_allowed(points[row])) continue;
            head_.append_to(out_, row);
            append_value(points[row]);
            if (has_start(family_.type)) {
                out_ += " st@";
                append_seconds(out_, start_);
            }
            if (family_.type != MetricType::summary && has_start(family_.type)) append_exemplars(row);
            out_ += '\n';
        }
    }

    bool is_allowed(const Number& number) const {
        return family_.type != MetricType::counter || as_double(number) >= 0;
    }
    bool is_allowed(const SummaryPoint& point) const { return point.sum >= 0; }
    template <class Point>
    bool is_allowed(const Point&) const {
        return true;
    }

    void append_value(const Number& number) {
        if (const auto* value = std::get_if<double>(&number))
            append_float(out_, *value);
        else if (const auto* whole = std::get_if<std::int64_t>(&number))
            append(out_, *whole);
        else
            append(out_, std::get<std::uint64_t>(number));
    }
    void append_totals(std::uint64_t count, double sum) {
        out_ += "{count:";
        append(out_, count);
        out_ += ",sum:";
        append_float(out_, sum);
        out_ += ',';
    }
    void append_value(const HistogramPoint& point) {
        append_totals(point.count(), point.sum);
        std::uint64_t below = 0;
        std::size_t i = 0;
        append_list(out_, "bucket", point.counts, [&](std::uint64_t count) {
            append_float(out_, i < family_.bounds.size() ? family_.bounds[i] : std::numeric_limits<double>::infinity());
            out_ += ':';
            append(out_, below += count);
            ++i;
        });
        out_ += '}';
    }
    void append_value(const ExponentialPoint& point) {
        append_totals(point.count(), point.sum);
        if (point.scale < NativeBuckets::least_schema) {  // wider than any schema
            out_ += "bucket:[+Inf:";
            append(out_, point.count());
            out_ += "]}";
            return;
        }
        const std::int32_t schema = std::min(point.scale, NativeBuckets::most_schema);
        out_ += "schema:";
        append(out_, std::int64_t{schema});
        out_ += ",zero_threshold:0.0,zero_count:";  // only zero itself is in the zero bucket
        append(out_, point.zero_count);
        append_buckets("negative", NativeBuckets(point.negative, point.scale - schema));
        append_buckets("positive", NativeBuckets(point.positive, point.scale - schema));
        out_ += '}';
    }
    void append_buckets(std::string_view sign, const NativeBuckets& buckets) {
        if (buckets.counts.empty()) return;
        out_ += ',';
        out_ += sign;
        append_list(out_, "_spans", buckets.spans, [&](const NativeBuckets::Span& span) {
            append(out_, span.offset);
            out_ += ':';
            append(out_, span.length);
        });
        out_ += ',';
        out_ += sign;
        append_list(out_, "_buckets", buckets.counts, [&](std::uint64_t count) { append(out_, count); });
    }
    void append_value(const SummaryPoint& point) {
        append_totals(point.count, point.sum);
        std::vector<std::size_t> told;
        for (std::size_t i = 0; i < family_.quantiles.size(); ++i)
            if (!(point.values.at(i) < 0)) told.push_back(i);
        append_list(out_, "quantile", told, [&](std::size_t i) {
            append_float(out_, family_.quantiles[i]);
            out_ += ':';
            append_float(out_, point.values[i]);
        });
        out_ += '}';
    }

    void append_exemplars(std::size_t row) {
        for (const Exemplar& exemplar : std::ranges::equal_range(family_.exemplars, row, {}, &Exemplar::row)) {
            if (!exemplar.time) continue;
            out_ += " # {";
            for (std::size_t i = 0; i < exemplar.labels.size(); ++i) {
                if (i > 0) out_ += ',';
                out_ += quoted_if_needed(escaped_label(exemplar.labels[i].first, escaping_), true) + "=\"";
                append_escaped(out_, exemplar.labels[i].second);
                out_ += '"';
            }
            out_ += "} ";
            append_float(out_, exemplar.value);
            out_ += ' ';
            append_seconds(out_, *exemplar.time);
        }
    }

    std::string& out_;
    const Family& family_;
    const Escaping escaping_;
    const SampleHead head_;
    const WallTime start_;
};

}  // namespace

std::string to_openmetrics_2(const Snapshot& snapshot, Escaping escaping) {
    std::string out;
    NameClaims claims(escaping);
    for (const Family& family : snapshot.families)
        if (family.size() > 0 && claims.claim(family).empty()) Writer(out, snapshot, family, escaping).write();
    out += "# EOF\n";
    return out;
}

}  // namespace mizzen::telemetry
