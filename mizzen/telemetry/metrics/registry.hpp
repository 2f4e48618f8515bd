// SPDX-License-Identifier: Apache-2.0
// Registry: owns metrics and reads them all at once.
#pragma once
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "mizzen/base/time.hpp"
#include "mizzen/telemetry/metrics/instrument.hpp"
#include "mizzen/telemetry/metrics/registry_options.hpp"
#include "mizzen/telemetry/metrics/snapshot.hpp"

namespace mizzen::telemetry {

class Registry;

namespace detail {
using Tell = std::function<void(std::span<const std::string_view>, double)>;
struct ObservedFamily;
// Makes this thread's declarations go to `registry` for as long as it lives.
class Declaring {
  public:
    explicit Declaring(Registry& registry);
    ~Declaring();
    Declaring(const Declaring&) = delete;
    Declaring& operator=(const Declaring&) = delete;

  private:
    Registry* before_;
};
}  // namespace detail

// Given to a callback, which tells each series and its value.
template <class L>
class Observer {
  public:
    Observer(const detail::Tell& tell, WallTime now) : tell_(tell), now_(now) {}
    void observe(const L& labels, double value) const {
        LabelSet<L>::with_texts(labels, [&](const auto& texts) { tell_(texts, value); });
    }
    // The time of the collection.
    WallTime now() const { return now_; }

  private:
    const detail::Tell& tell_;
    const WallTime now_;
};

// As long as it lives, its callback is asked at each collect(), together with those of other Observations that declare
// the same metric. When it goes it waits for a call that is under way; so
// it must not go inside its own callback.
class [[nodiscard]] Observation {
  public:
    Observation() = default;
    explicit Observation(std::shared_ptr<detail::ObservedFamily> family) : family_(std::move(family)) {}
    Observation(Observation&&) = default;
    Observation& operator=(Observation&& other) noexcept;
    ~Observation();

  private:
    void end();
    std::shared_ptr<detail::ObservedFamily> family_;
};

// Metrics are declared as members of a struct, which the registry makes:
//
//     struct RelayMetrics {
//         Counter<Backend> sent = counter("mizzen_relay_sent_total", "Items delivered, by backend.");
//         Histogram<> latency = histogram("mizzen_relay_send_seconds", "Time to deliver one batch.", "seconds");
//     };
//     Registry registry(loop.wall_time());
//     const auto metrics = registry.make<RelayMetrics>();
//     metrics.sent[Backend::splunk].add(10);
//
// A RelayMetrics that no registry made counts nothing. Two of one registry share their series. All may be used from any
// thread, none of them once the registry is gone.
class Registry {
  public:
    // `start`: now, since when is counted.
    explicit Registry(WallTime start) : Registry(RegistryOptions{.start = start}) {}
    // Throws Error(invalid) if a view can never be applied.
    explicit Registry(RegistryOptions options);
    ~Registry();
    Registry(const Registry&) = delete;
    Registry& operator=(const Registry&) = delete;

    // Throws Error(invalid) if a metric has the name of a different one, or of one of its samples (x_count beside the
    // histogram x).
    template <class Metrics>
    Metrics make() {
        const detail::Declaring declaring(*this);
        return Metrics{};
    }

    // A metric whose values are asked for when they are read: of a counter, an up-down counter or a gauge. The callback
    // runs on the thread that collects; if it throws, the family is left out and Snapshot::lost says so. Several may
    // observe one metric, each its own series (of a series told twice the last value counts); they are asked in the
    // order they came. Throws Error(invalid) if a different metric has the name.
    template <class L, MetricType Type>
    Observation observe(const Declaration<Type>& declared, std::function<void(Observer<L>&)> callback) {
        static_assert(Type == MetricType::counter || Type == MetricType::up_down_counter || Type == MetricType::gauge,
                      "only sums and gauges can be observed");
        detail::Description d = detail::describe<L>(declared, detail::NumberKind::floating);
        d.cap = declared.most_series;
        return observe_family(std::move(d), [callback = std::move(callback)](const detail::Tell& tell, WallTime now) {
            Observer<L> observer(tell, now);
            callback(observer);
        });
    }
    template <MetricType Type>
    Observation observe(const Declaration<Type>& declared, std::function<double()> callback) {
        return observe<NoLabels>(declared, [callback = std::move(callback)](Observer<NoLabels>& observer) {
            observer.observe({}, callback());
        });
    }

    // What is counted now. Other threads go on counting; each number is whole, but they are not of exactly one moment.
    // Should the clock have been set back to before the start, the start is set back with it, for good.
    Snapshot collect(WallTime now) const;

    // What views could not do, for the log: names that are taken, labels that are not there. None twice.
    std::vector<std::string> warnings() const;

  private:
    friend detail::FamilyState* detail::declare(detail::Description);
    friend class Observation;
    using Ask = std::function<void(const detail::Tell&, WallTime)>;
    // Who has a name, and whether a view gave it.
    struct Owner {
        std::string metric;
        bool is_renamed;
    };
    Observation observe_family(detail::Description declared, Ask ask);
    detail::FamilyState* add(const detail::Description& declared);
    // What is made of the metric, its names claimed; nothing if it is dropped.
    std::optional<detail::Viewed> view(const detail::Description& declared);
    const Owner* owner_of(const detail::Description& description, std::string& name) const;
    void release_names(const detail::Description& description);
    void warn(std::string warning);
    void remove(const detail::ObservedFamily& family);
    std::vector<std::shared_ptr<detail::ObservedFamily>>::const_iterator find_observed(
        const std::string& declared_name) const;

    const RegistryOptions options_;
    mutable std::mutex mutex_;  // guards what follows
    mutable WallTime start_;
    mutable TickCalendar calendar_;
    std::map<std::string, Owner> taken_;                                    // by the name of a sample
    std::map<std::string, std::unique_ptr<detail::FamilyState>> families_;  // by the name they are declared with
    std::vector<std::shared_ptr<detail::ObservedFamily>> observed_;
    std::vector<std::string> warnings_;
};

}  // namespace mizzen::telemetry
