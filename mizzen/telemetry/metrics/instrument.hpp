// SPDX-License-Identifier: Apache-2.0
// Counter, UpDownCounter, Gauge, Histogram, ExponentialHistogram, Summary, Info, StateSet: members of a struct of
// metrics.
#pragma once
#include "mizzen/telemetry/metrics/bound.hpp"
#include "mizzen/telemetry/metrics/declaration.hpp"
#include "mizzen/telemetry/metrics/label_set.hpp"

namespace mizzen::telemetry {
namespace detail {

template <class L, MetricType Type>
Description describe(const Declaration<Type>& declared, NumberKind kind) {
    using Set = LabelSet<L>;
    Description d{
        .type = Type,
        .kind = kind,
        .name = declared.name,
        .help = declared.help,
        .unit = declared.unit,
        .label_names = Set::names(),
        .bounds = {declared.bounds.begin(), declared.bounds.begin() + declared.bound_count},
        .quantiles = {declared.quantile_list.begin(), declared.quantile_list.begin() + declared.quantile_count},
        .window = Type == MetricType::summary ? declared.its_window : Duration{},
        .window_steps = Type == MetricType::summary ? declared.its_steps : 0,
        .labels = LabelTable(Set::size)};
    if constexpr (Set::is_closed && Type != MetricType::info) {
        d.rows = Set::combinations;
        for (std::size_t row = 0; row < d.rows; ++row)
            Set::values(row, [&](std::string_view text) { d.labels.add(text); });
    } else {
        d.cap = declared.most_series;
    }
    return d;
}

}  // namespace detail

// Many series, told apart by labels of type L: an enumeration, or a struct of enumerations, bools, integers and
// std::string_view.
//
// `m.sent[Backend::splunk].add()` is an array slot if L is closed. With run-time values the series is looked up by
// hash, without lock or allocation once it exists; keep `m.sent[…]`, a handle, where it is used often.
template <class Bound, class L>
class Instrument {
  public:
    Instrument() = default;
    // Throws Error(invalid) if another metric of the registry has the name.
    Instrument(const Declaration<Bound::type>& declared)
        : family_(detail::declare(detail::describe<L>(declared, Bound::kind))) {}

    Bound operator[](const L& labels) const {
        if (!family_) return {};
        if constexpr (LabelSet<L>::is_closed)
            return {*family_, family_->closed_series(LabelSet<L>::index(labels))};
        else
            return LabelSet<L>::with_texts(labels,
                                           [&](const auto& texts) { return Bound(*family_, family_->series(texts)); });
    }

  private:
    detail::FamilyState* family_ = nullptr;
};

// One series: the instrument is its handle.
template <class Bound>
class Instrument<Bound, NoLabels> : public Bound {
  public:
    Instrument() = default;
    Instrument(const Declaration<Bound::type>& declared)
        : Instrument(detail::declare(detail::describe<NoLabels>(declared, Bound::kind))) {}

  private:
    explicit Instrument(detail::FamilyState* family)
        : Bound(family ? Bound(*family, family->closed_series(0)) : Bound()) {}
};

template <class L = NoLabels>
using Counter = Instrument<BoundSum<MetricType::counter, std::uint64_t>, L>;
template <class L = NoLabels>
using DoubleCounter = Instrument<BoundSum<MetricType::counter, double>, L>;
template <class L = NoLabels>
using UpDownCounter = Instrument<BoundSum<MetricType::up_down_counter, std::int64_t>, L>;
template <class L = NoLabels>
using DoubleUpDownCounter = Instrument<BoundSum<MetricType::up_down_counter, double>, L>;
template <class L = NoLabels>
using Gauge = Instrument<BoundGauge, L>;
template <class L = NoLabels>
using Histogram = Instrument<BoundHistogram, L>;
template <class L = NoLabels>
using ExponentialHistogram = Instrument<BoundExponentialHistogram, L>;
template <class L = NoLabels>
using Summary = Instrument<BoundSummary, L>;

// Facts as labels: a version, a build. There is one set of them, the last.
template <class L>
class Info {
  public:
    Info() = default;
    Info(const Declaration<MetricType::info>& declared)
        : family_(detail::declare(detail::describe<L>(declared, detail::NumberKind::unsigned_integer))) {}

    void set(const L& labels) const {
        if (!family_) return;
        LabelSet<L>::with_texts(labels, [&](const auto& texts) { family_->set_info(texts); });
    }

  private:
    detail::FamilyState* family_ = nullptr;
};

// Which of an enumeration's states hold. The label that tells them apart is named as the metric.
template <class State>
    requires std::is_enum_v<State>
class StateSet {
  public:
    StateSet() = default;
    StateSet(const Declaration<MetricType::state_set>& declared) {
        detail::Description d = detail::describe<NoLabels>(declared, detail::NumberKind::unsigned_integer);
        for (std::size_t i = 0; i < LabelSet<State>::combinations; ++i)
            LabelSet<State>::values(i, [&](std::string_view text) { d.states.emplace_back(text); });
        if (detail::FamilyState* family = detail::declare(std::move(d))) cell_ = &shared_cell(family->closed_series(0));
    }

    void set(State state, bool holds) const {
        if (!cell_ || !bit(state)) return;
        if (holds)
            cell_->fetch_or(bit(state), std::memory_order_relaxed);
        else
            cell_->fetch_and(~bit(state), std::memory_order_relaxed);
    }
    // This one and no other.
    void set_only(State state) const {
        if (cell_) cell_->store(bit(state), std::memory_order_relaxed);
    }

  private:
    static std::uint64_t bit(State state) {
        const std::size_t i = LabelSet<State>::index(state);
        return i < LabelSet<State>::combinations ? std::uint64_t{1} << i : 0;
    }
    Cell* cell_ = nullptr;
};

}  // namespace mizzen::telemetry
