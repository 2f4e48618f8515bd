// SPDX-License-Identifier: Apache-2.0
// Names are claimed when a metric is declared; collecting reads family by family.
#include "mizzen/telemetry/metrics/registry.hpp"

#include <algorithm>
#include <utility>

#include "mizzen/base/error.hpp"
#include "mizzen/telemetry/metrics/detail/observed_family.hpp"

namespace mizzen::telemetry {

namespace detail {

namespace {
constinit thread_local Registry* declaring = nullptr;
}

Declaring::Declaring(Registry& registry) : before_(std::exchange(declaring, &registry)) {}
Declaring::~Declaring() { declaring = before_; }

FamilyState* declare(Description description) { return declaring ? declaring->add(description) : nullptr; }

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
    : options_(std::move(options)), start_(options_.start), calendar_(options_.ticks(), options_.start) {
    detail::check(options_.views);
}

Registry::~Registry() {
    for (const auto& observed : observed_) {
        const std::lock_guard lock(observed->mutex);
        observed->registry = nullptr;
    }
}

const Registry::Owner* Registry::owner_of(const detail::Description& description, std::string& name) const {
    for (std::string& each : description.sample_names())
        if (const auto found = taken_.find(each); found != taken_.end()) {
            name = std::move(each);
            return &found->second;
        }
    return nullptr;
}

void Registry::warn(std::string warning) {
    if (std::ranges::find(warnings_, warning) == warnings_.end()) warnings_.push_back(std::move(warning));
}

std::optional<detail::Viewed> Registry::view(const detail::Description& declared) {
    detail::Viewed viewed = detail::apply(options_.views, declared);
    if (viewed.is_dropped) return std::nullopt;
    for (std::string& warning : viewed.warnings) warn(std::move(warning));
    std::string name;
    const Owner* owner = owner_of(viewed.description, name);
    if (owner && viewed.description.name != declared.name) {
        warn("view of " + declared.name + ": the name " + name + " is taken by " + owner->metric +
             "; it keeps its own name");
        viewed.description.name = declared.name;
        owner = owner_of(viewed.description, name);
    }
    if (owner && owner->is_renamed) {
        warn("metric " + declared.name + ": a view gave the name " + name + " to " + owner->metric +
             "; it is left out");
        return std::nullopt;
    }
    if (owner)
        throw Error(ErrorKind::invalid, "metric " + viewed.description.name + ": the name " + name + " is taken by " +
                                            owner->metric + "; rename one of them");
    const bool is_renamed = viewed.description.name != declared.name;
    for (const std::string& each : viewed.description.sample_names()) taken_[each] = {declared.name, is_renamed};
    return viewed;
}

void Registry::release_names(const detail::Description& description) {
    for (const std::string& name : description.sample_names()) taken_.erase(name);
}

detail::FamilyState* Registry::add(const detail::Description& declared) {
    const std::lock_guard lock(mutex_);
    if (const auto found = families_.find(declared.name); found != families_.end()) {
        if (found->second->is_declared_as(declared)) return found->second.get();
        throw Error(ErrorKind::invalid,
                    "metric " + declared.name + ": declared twice, with another type, help, unit, labels or buckets");
    }
    std::optional<detail::Viewed> viewed = view(declared);
    if (!viewed) return nullptr;
    const detail::Description effective = viewed->description;
    try {
        auto family = std::make_unique<detail::FamilyState>(declared, std::move(*viewed), options_);
        return families_.emplace(declared.name, std::move(family)).first->second.get();
    } catch (...) {
        release_names(effective);
        throw;
    }
}

Observation Registry::observe_family(detail::Description declared, Ask ask) {
    const std::lock_guard lock(mutex_);
    const auto same = find_observed(declared.name);
    auto family = std::make_shared<detail::ObservedFamily>(declared);
    if (same != observed_.end()) {
        if ((*same)->declared != declared)
            throw Error(
                ErrorKind::invalid,
                "metric " + declared.name + ": observed twice, declared with another type, help, unit, labels or cap");
        family->viewed = (*same)->viewed;
    } else if (std::optional<detail::Viewed> viewed = view(declared)) {
        family->viewed = std::move(*viewed);
    } else {
        return {};
    }
    family->ask = std::move(ask);
    family->registry = this;
    observed_.push_back(family);
    return Observation(family);
}

std::vector<std::shared_ptr<detail::ObservedFamily>>::const_iterator Registry::find_observed(
    const std::string& declared_name) const {
    return std::ranges::find_if(observed_, [&](const auto& each) { return each->declared.name == declared_name; });
}

void Registry::remove(const detail::ObservedFamily& family) {
    const std::lock_guard lock(mutex_);
    std::erase_if(observed_, [&](const auto& each) { return each.get() == &family; });
    if (find_observed(family.declared.name) == observed_.end()) release_names(family.viewed.description);
}

std::vector<std::string> Registry::warnings() const {
    const std::lock_guard lock(mutex_);
    return warnings_;
}

Snapshot Registry::collect(WallTime now) const {
    std::vector<const detail::FamilyState*> families;
    std::vector<std::shared_ptr<detail::ObservedFamily>> observed;
    const auto collection = [&] {
        const std::lock_guard lock(mutex_);
        calendar_.show(options_.ticks(), now);
        for (const auto& [name, family] : families_) families.push_back(family.get());
        observed = observed_;
        start_ = std::min(start_, now);
        return detail::Collection{.start = start_, .now = now, .calendar = calendar_};
    }();
    Snapshot snapshot{.start = collection.start, .time = now};
    for (const detail::FamilyState* family : families) snapshot.families.push_back(family->read(collection));
    std::map<std::string_view, std::vector<std::shared_ptr<detail::ObservedFamily>>> by_name;
    for (const auto& each : observed) by_name[each->declared.name].push_back(each);
    for (const auto& [name, of_one_name] : by_name) detail::read(of_one_name, snapshot);
    std::sort(snapshot.families.begin(), snapshot.families.end(),
              [](const Family& a, const Family& b) { return a.name < b.name; });
    return snapshot;
}

}  // namespace mizzen::telemetry
