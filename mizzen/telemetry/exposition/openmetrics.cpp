// SPDX-License-Identifier: Apache-2.0
// OpenMetrics 1.0 text. One error makes readers refuse the whole, so what it cannot say is left out: totals that are
// negative or NaN, exemplars that are too long or outside of their bucket, sums that are negative or of values that may
// be, quantiles that are negative, units of what has none.
#include <algorithm>
#include <cmath>
#include <limits>

#include "mizzen/base/utf8.hpp"
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
        case MetricType::info:
            return "info";
        case MetricType::state_set:
            return "stateset";
        default:
            return "gauge";
    }
}

constexpr std::size_t most_exemplar_characters = 128;

std::size_t characters(std::string_view text) {
    std::size_t n = 0;
    for (std::size_t i = 0; i < text.size(); ++n) i += std::max<std::size_t>(1, utf8_length_at(text, i));
    return n;
}

void append_exemplar(std::string& out, const Exemplar& exemplar) {
    std::size_t length = 0;
    for (const auto& [name, value] : exemplar.labels) length += characters(name) + characters(value);
    if (length > most_exemplar_characters) return;
    out += " # {";
    for (std::size_t i = 0; i < exemplar.labels.size(); ++i) {
        if (i > 0) out += ',';
        out += escaped_label(exemplar.labels[i].first, Escaping::underscores) + "=\"";
        append_escaped(out, exemplar.labels[i].second);
        out += '"';
    }
    out += "} ";
    append_float(out, exemplar.value);
    if (exemplar.time) {
        out += ' ';
        append_seconds(out, *exemplar.time);
    }
}

// Goes along with the rows and buckets as they are written.
class ExemplarsInOrder {
  public:
    explicit ExemplarsInOrder(const std::vector<Exemplar>& all) : all_(all) {}
    // Writes the one of this place, if its value lies in (above, upto].
    void append_to(std::string& out, std::size_t row, std::size_t bucket = 0,
                   double above = -std::numeric_limits<double>::infinity(),
                   double upto = std::numeric_limits<double>::infinity()) {
        const auto is_before = [&](const Exemplar& e) { return e.row < row || (e.row == row && e.bucket < bucket); };
        while (next_ < all_.size() && is_before(all_[next_])) ++next_;
        if (next_ == all_.size()) return;
        const Exemplar& found = all_[next_];
        if (found.row == row && found.bucket == bucket && found.value > above && found.value <= upto)
            append_exemplar(out, found);
    }

    // Writes the last one of this row.
    void append_last_to(std::string& out, std::size_t row) {
        while (next_ < all_.size() && all_[next_].row <= row) ++next_;
        if (next_ > 0 && all_[next_ - 1].row == row) append_exemplar(out, all_[next_ - 1]);
    }

  private:
    const std::vector<Exemplar>& all_;
    std::size_t next_ = 0;
};

class Writer {
  public:
    Writer(std::string& out, const Snapshot& snapshot, const Family& family, Escaping escaping, bool created)
        : out_(out), snapshot_(snapshot), family_(family), escaping_(escaping), created_(created) {}

    void write() {
        write_metadata();
        std::visit([&](const auto& points) { write_points(points); }, family_.points);
    }

  private:
    void write_metadata() {
        const std::string escaped = base_name(family_, escaping_), name = quoted_if_needed(escaped, false);
        out_ += "# TYPE " + name + ' ';
        // The states' label is named as the set, which a label cannot be that is escaped to something else.
        const bool is_state_set = family_.type == MetricType::state_set;
        out_ += is_state_set && escaped_label(family_.name, escaping_) != escaped ? "gauge" : type_word(family_.type);
        const bool may_have_unit = !is_state_set && family_.type != MetricType::info;
        if (may_have_unit && !family_.unit.empty() && escaped.ends_with('_' + family_.unit))
            out_ += "\n# UNIT " + name + ' ' + family_.unit;
        out_ += "\n# HELP " + name + ' ';
        append_escaped(out_, family_.help);
        out_ += '\n';
    }
    SampleHead head(std::string_view suffix) const { return SampleHead(family_, suffix, escaping_); }

    void append_number(const Number& number) {
        if (const auto* value = std::get_if<double>(&number))
            append_float(out_, *value);
        else if (const auto* whole = std::get_if<std::int64_t>(&number))
            append(out_, *whole);
        else
            append(out_, std::get<std::uint64_t>(number));
    }
    void write_created(const SampleHead& head, std::size_t row) {
        if (!created_) return;
        head.append_to(out_, row);
        append_seconds(out_, snapshot_.start);
        out_ += '\n';
    }

    void write_points(const std::vector<Number>& points) {
        const bool is_counter = family_.type == MetricType::counter;
        const SampleHead sample = head(is_counter ? "_total" : family_.type == MetricType::info ? "_info" : "");
        const SampleHead created = head("_created");
        ExemplarsInOrder exemplars(family_.exemplars);
        for (std::size_t row = 0; row < points.size(); ++row) {
            const auto* value = std::get_if<double>(&points[row]);
            if (is_counter && value && !(*value >= 0)) continue;
            sample.append_to(out_, row);
            append_number(points[row]);
            if (is_counter) exemplars.append_to(out_, row);
            out_ += '\n';
            if (is_counter) write_created(created, row);
        }
    }

    struct Totals {
        SampleHead count, sum;
    };
    void write_totals(const Totals& heads, std::size_t row, std::uint64_t count, double sum) {
        heads.count.append_to(out_, row);
        append(out_, count);
        out_ += '\n';
        heads.sum.append_to(out_, row);
        append_float(out_, sum);
        out_ += '\n';
    }

    void write_points(const std::vector<HistogramPoint>& points) {
        const SampleHead bucket = head("_bucket"), created = head("_created");
        const Totals totals{head("_count"), head("_sum")};
        std::vector<double> bounds = family_.bounds;
        bounds.push_back(std::numeric_limits<double>::infinity());
        std::vector<std::string> texts(bounds.size());
        for (std::size_t i = 0; i < bounds.size(); ++i) append_float(texts[i], bounds[i]);
        ExemplarsInOrder exemplars(family_.exemplars);
        for (std::size_t row = 0; row < points.size(); ++row) {
            std::uint64_t below = 0;
            for (std::size_t i = 0; i < bounds.size(); ++i) {
                bucket.append_to(out_, row, "le", texts[i]);
                append(out_, below += points[row].counts.at(i));
                const double above = i == 0 ? -std::numeric_limits<double>::infinity() : bounds[i - 1];
                exemplars.append_to(out_, row, i, above, bounds[i]);
                out_ += '\n';
            }
            if (bounds[0] >= 0 && points[row].sum >= 0) write_totals(totals, row, below, points[row].sum);
            write_created(created, row);
        }
    }

    // The format knows no native histograms: one bucket, count and sum.
    void write_points(const std::vector<ExponentialPoint>& points) {
        const SampleHead bucket = head("_bucket"), created = head("_created");
        const Totals totals{head("_count"), head("_sum")};
        ExemplarsInOrder exemplars(family_.exemplars);
        for (std::size_t row = 0; row < points.size(); ++row) {
            bucket.append_to(out_, row, "le", "+Inf");
            append(out_, points[row].count());
            exemplars.append_last_to(out_, row);
            out_ += '\n';
            const ExponentialPoint& point = points[row];
            const bool has_negative = std::ranges::any_of(point.negative.counts, [](auto count) { return count > 0; });
            if (!has_negative && point.sum >= 0) write_totals(totals, row, point.count(), point.sum);
            write_created(created, row);
        }
    }

    void write_points(const std::vector<SummaryPoint>& points) {
        const SampleHead quantile = head(""), created = head("_created");
        const Totals totals{head("_count"), head("_sum")};
        std::vector<std::string> texts(family_.quantiles.size());
        for (std::size_t i = 0; i < texts.size(); ++i) append_float(texts[i], family_.quantiles[i]);
        for (std::size_t row = 0; row < points.size(); ++row) {
            for (std::size_t i = 0; i < texts.size(); ++i) {
                if (points[row].values.at(i) < 0) continue;
                quantile.append_to(out_, row, "quantile", texts[i]);
                append_float(out_, points[row].values[i]);
                out_ += '\n';
            }
            if (points[row].sum >= 0) write_totals(totals, row, points[row].count, points[row].sum);
            write_created(created, row);
        }
    }

    std::string& out_;
    const Snapshot& snapshot_;
    const Family& family_;
    const Escaping escaping_;
    const bool created_;
};

}  // namespace

std::string to_openmetrics(const Snapshot& snapshot, Escaping escaping, const ExpositionOptions& options) {
    std::string out;
    NameClaims claims(escaping);
    for (const Family& family : snapshot.families)
        if (family.size() > 0 && claims.claim(family).empty())
            Writer(out, snapshot, family, escaping, options.created).write();
    out += "# EOF\n";
    return out;
}

}  // namespace mizzen::telemetry
