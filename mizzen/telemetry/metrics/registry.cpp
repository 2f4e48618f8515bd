// SPDX-License-Identifier: Apache-2.0
// Names are claimed when a metric is declared; collecting reads family by family.
#include "mizzen/telemetry/metrics/registry.hpp"

#include <algorithm>
#include <exception>
#include <utility>

#include "mizzen/base/error.hpp"
#include "mizzen/base/utf8.hpp"

namespace mizzen::telemetry {

namespace detail {

struct ObservedFamily {
    Description description;
    std::function<void(const Tell&)> ask;
    std::mutex mutex = {};         // held while asking
    Registry* registry = nullptr;  // nothing once the registry or the observation is gone; under mutex
};

namespace {
constinit thread_local Registry* declaring = nullptr;

// Told twice, the last value counts. What comes after the cap is summed up, or, of gauges, left out: a sum of gauges
// says nothing.
class Told {
  public:
    explicit Told(const Description& d) : d_(d) {}

    void tell(std::span<const std::string_view> values, double value) {
        std::vector<std::string> key;
        for (const std::string_view each : values) key.push_back(to_valid_utf8(each.substr(0, most_value_bytes)));
        if (const auto found = values_.find(key); found != values_.end())
            found->second = value;
        else if (values_.size() < d_.cap)
            values_.emplace(std::move(key), value);
        else {
            overflow_ += value;
            ++overflowed_;
        }
    }

    Family family() const {
        const bool has_overflow = overflowed_ > 0 && d_.type != MetricType::gauge;
        Family out{.type = d_.type,
                   .name = std::string(family_name(d_.type, d_.name)),
                   .help = d_.help,
                   .unit = d_.unit,
                   .label_names = d_.label_names,
                   .labels = LabelTable(d_.label_names.size() + has_overflow)};
        std::vector<Number> points;
        for (const auto& [key, value] : values_) {
            for (const std::string& each : key) out.labels.add(each);
            if (has_overflow) out.labels.add("");
            points.emplace_back(value);
        }
        if (has_overflow) {
            for (std::size_t i = 0; i < d_.label_names.size(); ++i) out.labels.add("");
            out.labels.add("true");
            out.label_names.emplace_back(overflow_label);
            points.emplace_back(overflow_);
        }
        out.points = std::move(points);
        return out;
    }
    std::size_t left_out() const { return d_.type == MetricType::gauge ? overflowed_ : 0; }

  private:
    const Description& d_;
    std::map<std::vector<std::string>, double> values_;
    double overflow_ = 0;
    std::size_t overflowed_ = 0;
};

void read(ObservedFamily& observed, Snapshot& snapshot) {
    const std::lock_guard lock(observed.mutex);
    if (!observed.registry) return;
    const Description& d = observed.description;
    Told told(d);
    try {
        observed.ask([&](std::span<const std::string_view> values, double value) { told.tell(values, value); });
    } catch (const std::exception& e) {  // a scrape must not fail because of one metric
        snapshot.lost.push_back(d.name + ": its callback failed: " + e.what());
        return;
    }
    snapshot.families.push_back(told.family());
    if (told.left_out() > 0)
        snapshot.lost.push_back(d.name + ": " + std::to_string(told.left_out()) + " series are over the cap of " +
                                std::to_string(d.cap));
}

}  // namespace

Declaring::Declaring(Registry& registry) : before_(std::exchange(declaring, &registry)) {}
Declaring::~Declaring() { declaring = before_; }

FamilyState* declare(Description description) { return declaring ? declaring->add(std::move(description)) : nullptr; }

}  // namespace detail

Observation& Observation::operator=(Observation&& other) noexcept {
    if (this != &other) {
        end();
        family_ = std::move(other.family_);
    }
    return *this;
}
Observation::~Observation() { end(); }

void Observation::end() {
    if (!family_) return;
    Registry* registry = nullptr;
    {
        const std::lock_guard lock(family_->mutex);
        registry = std::exchange(family_->registry, nullptr);
    }
    if (registry) registry->remove(*family_);
    family_.reset();
}

Registry::Registry(RegistryOptions options)
    : options_(std::move(options)), calendar_(options_.ticks(), options_.start) {}

Registry::~Registry() {
    for (const auto& [name, observed] : observed_) {
        const std::lock_guard lock(observed->mutex);
        observed->registry = nullptr;
    }
}

void Registry::claim_names(const detail::Description& description) {
    const std::vector<std::string> names = description.sample_names();
    for (const std::string& name : names)
        if (const auto found = taken_.find(name); found != taken_.end())
            throw Error(ErrorKind::invalid, "metric " + description.name + ": the name " + name + " is taken by " +
                                                found->second + "; rename one of them");
    for (const std::string& name : names) taken_[name] = description.name;
}

void Registry::release_names(const detail::Description& description) {
    for (const std::string& name : description.sample_names()) taken_.erase(name);
}

detail::FamilyState* Registry::add(detail::Description description) {
    const std::lock_guard lock(mutex_);
    if (const auto found = families_.find(description.name); found != families_.end()) {
        if (found->second->description == description) return found->second.get();
        throw Error(ErrorKind::invalid, "metric " + description.name +
                                            ": declared twice, with another type, help, unit, labels or buckets");
    }
    claim_names(description);
    try {
        auto family = std::make_unique<detail::FamilyState>(description, options_);
        return families_.emplace(description.name, std::move(family)).first->second.get();
    } catch (...) {
        release_names(description);
        throw;
    }
}

Observation Registry::observe_family(detail::Description description, Ask ask) {
    const std::lock_guard lock(mutex_);
    claim_names(description);
    auto family = std::make_shared<detail::ObservedFamily>(std::move(description), std::move(ask));
    family->registry = this;
    observed_.emplace(family->description.name, family);
    return Observation(family);
}

void Registry::remove(const detail::ObservedFamily& family) {
    const std::lock_guard lock(mutex_);
    release_names(family.description);
    observed_.erase(family.description.name);
}

Snapshot Registry::collect(WallTime now) const {
    std::vector<const detail::FamilyState*> families;
    std::vector<std::shared_ptr<detail::ObservedFamily>> observed;
    const auto collection = [&] {
        const std::lock_guard lock(mutex_);
        calendar_.show(options_.ticks(), now);
        for (const auto& [name, family] : families_) families.push_back(family.get());
        for (const auto& [name, family] : observed_) observed.push_back(family);
        return detail::Collection{.start = options_.start, .now = now, .calendar = calendar_};
    }();
    Snapshot snapshot{.start = options_.start, .time = now};
    for (const detail::FamilyState* family : families) snapshot.families.push_back(family->read(collection));
    for (const auto& family : observed) detail::read(*family, snapshot);
    std::sort(snapshot.families.begin(), snapshot.families.end(),
              [](const Family& a, const Family& b) { return a.name < b.name; });
    return snapshot;
}

}  // namespace mizzen::telemetry
