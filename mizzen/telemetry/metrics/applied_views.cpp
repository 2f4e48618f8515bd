// SPDX-License-Identifier: Apache-2.0
// First what a view says of each property, view by view; then the labels, once.
#include "mizzen/telemetry/metrics/applied_views.hpp"

#include <algorithm>
#include <cmath>
#include <map>

#include "mizzen/base/error.hpp"
#include "mizzen/base/utf8.hpp"
#include "mizzen/telemetry/metrics/declaration.hpp"

namespace mizzen::telemetry::detail {
namespace {

bool names_one(const View& view) { return view.name.find_first_of("*?") == std::string::npos; }

bool is_for(const View& view, const Description& d) {
    if (view.type && *view.type != d.type) return false;
    return matches(view.name, d.name) || matches(view.name, family_name(d.type, d.name));
}

std::string problem(const View& view) {
    if (view.name.empty()) return "it needs a name; * stands for all";
    if (!view.rename.empty() && !names_one(view)) return "a view that renames must name one metric, without * and ?";
    if (!view.rename.empty() && (!is_utf8(view.rename) || view.rename.size() > 255))
        return "the new name must be UTF-8 of at most 255 bytes";
    if (view.keep_labels && !view.remove_labels.empty()) return "say which labels to keep or which to remove, not both";
    if (view.cap == 0u) return "the cap is at least 1";
    if (view.exponential && !view.buckets.empty()) return "exponential histograms have no buckets to choose";
    if (view.buckets.size() > most_buckets) return "a histogram has 1 to 64 buckets";
    if (!std::ranges::all_of(view.buckets, [](double bound) { return std::isfinite(bound); }))
        return "a bound is finite; +Inf is added";
    if (std::ranges::adjacent_find(view.buckets, std::greater_equal()) != view.buckets.end()) return "bounds ascend";
    return "";
}

std::string with_suffix(MetricType type, std::string name) {
    const std::string_view suffix = type == MetricType::counter ? "_total" : type == MetricType::info ? "_info" : "";
    if (!name.ends_with(suffix)) name += suffix;
    return name;
}

class Applying {
  public:
    explicit Applying(const Description& declared) : declared_(declared), keeps_(declared.label_names.size(), true) {
        out_.description = declared;
    }

    void apply(const View& view) {
        Description& d = out_.description;
        out_.is_dropped = view.drop;
        if (!view.rename.empty()) d.name = with_suffix(d.type, view.rename);
        if (!view.help.empty()) d.help = view.help;
        if (view.cap && d.cap > 0) d.cap = *view.cap;
        apply_buckets(view);
        apply_labels(view);
    }
    Viewed result() {
        if (std::ranges::find(keeps_, false) != keeps_.end()) remove_labels();
        return std::move(out_);
    }

  private:
    // A view for many metrics may well say what only some of them have.
    void warn(const View& view, const std::string& what) {
        if (names_one(view)) out_.warnings.push_back("view of " + declared_.name + ": " + what);
    }
    void apply_buckets(const View& view) {
        if (view.buckets.empty() && !view.exponential) return;
        if (declared_.type == MetricType::exponential_histogram && view.exponential) return;
        if (declared_.type != MetricType::histogram)
            return warn(view, "it is no classic histogram, so its buckets stay as they are");
        Description& d = out_.description;
        d.type = view.exponential ? MetricType::exponential_histogram : MetricType::histogram;
        d.bounds = view.buckets;
    }
    void apply_labels(const View& view) {
        if (!view.keep_labels && view.remove_labels.empty()) return;
        const std::vector<std::string>& named = view.keep_labels ? *view.keep_labels : view.remove_labels;
        for (const std::string& name : named)
            if (std::ranges::find(declared_.label_names, name) == declared_.label_names.end())
                warn(view, "it has no label " + name);
        for (std::size_t i = 0; i < keeps_.size(); ++i) {
            const bool is_named = std::ranges::find(named, declared_.label_names[i]) != named.end();
            keeps_[i] = keeps_[i] && is_named == view.keep_labels.has_value();
        }
    }

    void remove_labels() {
        Description& d = out_.description;
        std::vector<std::size_t> columns;
        d.label_names.clear();
        for (std::size_t i = 0; i < keeps_.size(); ++i) {
            if (!keeps_[i]) continue;
            columns.push_back(i);
            d.label_names.push_back(declared_.label_names[i]);
        }
        d.labels = LabelTable(columns.size());
        std::map<std::vector<std::string_view>, std::size_t> row_of;
        for (std::size_t row = 0; row < declared_.rows; ++row) {
            std::vector<std::string_view> values;
            for (const std::size_t column : columns) values.push_back(declared_.labels.at(row, column));
            const auto [found, is_new] = row_of.emplace(values, row_of.size());
            out_.rows.push_back(found->second);
            if (!is_new) continue;
            for (const std::string_view value : values) d.labels.add(value);
        }
        d.rows = row_of.size();
        out_.columns = std::move(columns);
    }

    const Description& declared_;
    std::vector<bool> keeps_;
    Viewed out_;
};

}  // namespace

bool matches(std::string_view pattern, std::string_view name) {
    std::size_t p = 0, n = 0, star = pattern.npos, resume = 0;
    while (n < name.size()) {
        if (p < pattern.size() && pattern[p] == '*') {
            star = p++;
            resume = n;
        } else if (p < pattern.size() && (pattern[p] == '?' || pattern[p] == name[n])) {
            ++p;
            ++n;
        } else if (star != pattern.npos) {  // the last star takes one character more
            p = star + 1;
            n = ++resume;
        } else {
            return false;
        }
    }
    return pattern.find_first_not_of('*', p) == pattern.npos;
}

Viewed apply(std::span<const View> views, const Description& declared) {
    Applying applying(declared);
    for (const View& view : views)
        if (is_for(view, declared)) applying.apply(view);
    return applying.result();
}

void check(std::span<const View> views) {
    for (const View& view : views)
        if (const std::string what = problem(view); !what.empty())
            throw Error(ErrorKind::invalid, "view of " + view.name + ": " + what);
}

}  // namespace mizzen::telemetry::detail
