// SPDX-License-Identifier: Apache-2.0
// Prometheus' text format 0.0.4: HELP and TYPE, then all samples of the family. It has no units, infos or state sets.
#include "mizzen/telemetry/exposition/detail/name_claims.hpp"
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
        default:
            return "gauge";
    }
}

std::string_view suffix(MetricType type) {
    if (type == MetricType::counter) return "_total";
    return type == MetricType::info ? "_info" : "";
}

void append_number(std::string& out, const Number& number) {
    if (const auto* value = std::get_if<double>(&number))
        append_go(out, *value);
    else if (const auto* whole = std::get_if<std::int64_t>(&number))
        append(out, *whole);
    else
        append(out, std::get<std::uint64_t>(number));
    out += '\n';
}

struct Totals {
    SampleHead sum, count;
    Totals(const Family& family, Escaping escaping)
        : sum(family, "_sum", escaping), count(family, "_count", escaping) {}

    void write(std::string& out, std::size_t row, double total, std::uint64_t n) const {
        sum.append_to(out, row);
        append_number(out, total);
        count.append_to(out, row);
        append_number(out, n);
    }
};

// The classic view of any histogram: count up to each bound, sum and count.
struct HistogramLines {
    SampleHead bucket;
    Totals totals;
    HistogramLines(const Family& family, Escaping escaping)
        : bucket(family, "_bucket", escaping), totals(family, escaping) {}

    void write_bucket(std::string& out, std::size_t row, std::string_view bound, std::uint64_t n) const {
        bucket.append_to(out, row, "le", bound);
        append_number(out, n);
    }
};

void write_metadata(std::string& out, const Family& family, Escaping escaping) {
    const std::string name =
        quoted_if_needed(escaped_name(family.name + std::string(suffix(family.type)), escaping), false);
    out += "# HELP " + name + ' ';
    append_escaped(out, family.help, false);
    out += "\n# TYPE " + name + ' ';
    out += type_word(family.type);
    out += '\n';
}

void write(std::string& out, const Family& family, const std::vector<Number>& points, Escaping escaping) {
    const SampleHead head(family, suffix(family.type), escaping);
    for (std::size_t row = 0; row < points.size(); ++row) {
        head.append_to(out, row);
        append_number(out, points[row]);
    }
}

void write(std::string& out, const Family& family, const std::vector<HistogramPoint>& points, Escaping escaping) {
    const HistogramLines lines(family, escaping);
    std::vector<std::string> bounds(family.bounds.size());
    for (std::size_t i = 0; i < bounds.size(); ++i) append_go(bounds[i], family.bounds[i]);
    bounds.emplace_back("+Inf");
    for (std::size_t row = 0; row < points.size(); ++row) {
        std::uint64_t below = 0;
        for (std::size_t i = 0; i < bounds.size(); ++i)
            lines.write_bucket(out, row, bounds[i], below += points[row].counts.at(i));
        lines.totals.write(out, row, points[row].sum, below);
    }
}

void write(std::string& out, const Family& family, const std::vector<ExponentialPoint>& points, Escaping escaping) {
    const HistogramLines lines(family, escaping);
    for (std::size_t row = 0; row < points.size(); ++row) {
        lines.write_bucket(out, row, "+Inf", points[row].count());
        lines.totals.write(out, row, points[row].sum, points[row].count());
    }
}

void write(std::string& out, const Family& family, const std::vector<SummaryPoint>& points, Escaping escaping) {
    const SampleHead head(family, "", escaping);
    const Totals totals(family, escaping);
    std::vector<std::string> quantiles(family.quantiles.size());
    for (std::size_t i = 0; i < quantiles.size(); ++i) append_go(quantiles[i], family.quantiles[i]);
    for (std::size_t row = 0; row < points.size(); ++row) {
        for (std::size_t i = 0; i < quantiles.size(); ++i) {
            head.append_to(out, row, "quantile", quantiles[i]);
            append_number(out, points[row].values.at(i));
        }
        totals.write(out, row, points[row].sum, points[row].count);
    }
}

}  // namespace

std::string to_prometheus_text(const Snapshot& snapshot, Escaping escaping) {
    std::string out;
    NameClaims claims(escaping);
    for (const Family& family : snapshot.families) {
        if (family.size() == 0 || !claims.claim(family).empty()) continue;
        write_metadata(out, family, escaping);
        std::visit([&](const auto& points) { write(out, family, points, escaping); }, family.points);
    }
    return out;
}

}  // namespace mizzen::telemetry
