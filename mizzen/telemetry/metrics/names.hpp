// SPDX-License-Identifier: Apache-2.0
// Which names metrics and labels may have: Prometheus' grammar, OpenMetrics' suffixes, and what promlint asks for.
#pragma once
#include <string_view>

namespace mizzen::telemetry {

enum class MetricType { counter, up_down_counter, gauge, histogram, exponential_histogram, summary, info, state_set };

namespace detail {
constexpr bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
constexpr bool is_number(char c) { return c >= '0' && c <= '9'; }

constexpr bool has_word(std::string_view name, std::string_view word) {
    for (std::size_t at = name.find(word); at != name.npos; at = name.find(word, at + 1)) {
        const std::size_t end = at + word.size();
        if ((at == 0 || name[at - 1] == '_') && (end == name.size() || name[end] == '_')) return true;
    }
    return false;
}
}  // namespace detail

// [a-zA-Z_:][a-zA-Z0-9_:]*: names that need no quotes (Prometheus data model).
constexpr bool is_legacy_metric_name(std::string_view name) {
    if (name.empty() || detail::is_number(name[0])) return false;
    for (const char c : name)
        if (!detail::is_letter(c) && !detail::is_number(c) && c != '_' && c != ':') return false;
    return true;
}
// [a-zA-Z_][a-zA-Z0-9_]*
constexpr bool is_legacy_label_name(std::string_view name) {
    return is_legacy_metric_name(name) && name.find(':') == name.npos;
}

// snake_case: lower-case letters, digits and single underscores, a letter first, no underscore last.
constexpr bool is_snake_case(std::string_view name) {
    if (name.empty() || name[0] < 'a' || name[0] > 'z' || name.back() == '_') return false;
    for (std::size_t i = 0; i < name.size(); ++i) {
        const char c = name[i];
        if (!(c >= 'a' && c <= 'z') && !detail::is_number(c) && c != '_') return false;
        if (c == '_' && name[i - 1] == '_') return false;
    }
    return true;
}

// What is wrong with a label's name; "" if nothing.
constexpr std::string_view label_name_problem(std::string_view name) {
    if (name == "le" || name == "quantile")
        return "le and quantile are reserved for the buckets of histograms and summaries";
    if (!is_snake_case(name)) return "a label is named in snake_case";
    return "";
}

// The family's name: without the suffix that its type asks for.
constexpr std::string_view family_name(MetricType type, std::string_view name) {
    if (type == MetricType::counter && name.ends_with("_total")) name.remove_suffix(6);
    if (type == MetricType::info && name.ends_with("_info")) name.remove_suffix(5);
    return name;
}

// What is wrong with a metric's declaration; "" if nothing. `unit` is a base unit in words (seconds, bytes, ratio) or
// empty, and the name ends with it, before _total.
constexpr std::string_view metric_problem(MetricType type, std::string_view name, std::string_view help,
                                          std::string_view unit) {
    using namespace std::string_view_literals;
    if (!is_snake_case(name)) return "a metric is named in snake_case: shop_requests_total";
    if (help.empty()) return "a metric needs a help text";
    if ((type == MetricType::counter) != name.ends_with("_total"))
        return "counters, and only counters, end with _total";
    if ((type == MetricType::info) != name.ends_with("_info")) return "infos, and only infos, end with _info";
    const std::string_view family = family_name(type, name);
    if (family.empty()) return "a metric needs a name before its suffix";
    for (const auto suffix :
         {"_total"sv, "_count"sv, "_sum"sv, "_bucket"sv, "_created"sv, "_gcount"sv, "_gsum"sv, "_info"sv})
        if (family.ends_with(suffix))
            return "the suffixes _count, _sum, _bucket, _created, _gcount, _gsum, _total and _info are reserved";
    for (const auto word : {"counter"sv, "gauge"sv, "histogram"sv, "summary"sv})
        if (detail::has_word(family, word)) return "the name repeats its type";
    for (const auto word : {"ms"sv, "us"sv, "ns"sv, "milliseconds"sv, "microseconds"sv, "nanoseconds"sv, "minutes"sv,
                            "hours"sv, "days"sv, "kilobytes"sv, "megabytes"sv, "gigabytes"sv, "bits"sv, "percent"sv})
        if (detail::has_word(family, word)) return "use the base unit: seconds, bytes, ratio";
    if (unit.empty()) {
        for (const auto word : {"_seconds"sv, "_bytes"sv, "_ratio"sv, "_celsius"sv, "_meters"sv, "_grams"sv,
                                "_joules"sv, "_volts"sv, "_amperes"sv})
            if (family.ends_with(word)) return "the name ends with a unit: declare it";
        return "";
    }
    if (type == MetricType::info || type == MetricType::state_set) return "infos and state sets have no unit";
    if (!is_snake_case(unit)) return "a unit is named in snake_case: seconds";
    if (!family.ends_with(unit) || family.size() < unit.size() + 2 || family[family.size() - unit.size() - 1] != '_')
        return "the name must end with its unit (before _total)";
    return "";
}

}  // namespace mizzen::telemetry
