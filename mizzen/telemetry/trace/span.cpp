// SPDX-License-Identifier: Apache-2.0
// What is said about a span while it runs, and its end.
#include "mizzen/telemetry/trace/span.hpp"

#include <cxxabi.h>

#include <algorithm>
#include <cstdlib>
#include <limits>
#include <typeinfo>

#include "mizzen/telemetry/trace/tracer.hpp"

namespace mizzen::telemetry {
namespace {

std::string type_name(const std::exception& error) {
    const char* mangled = typeid(error).name();
    const std::unique_ptr<char, decltype(&std::free)> name(abi::__cxa_demangle(mangled, nullptr, nullptr, nullptr),
                                                           &std::free);
    return name ? name.get() : mangled;
}

}  // namespace

Span& Span::operator=(Span&& other) noexcept {
    if (this == &other) return *this;
    end();
    carried_ = std::move(other.carried_);
    data_ = std::move(other.data_);
    provider_ = other.provider_;
    return *this;
}

void Span::record(Name& key, AttributeValue&& value) {
    data_->attributes.take(std::move(key), std::move(value), provider_->limits().attributes);
}

Attributes Span::limited(Attributes attributes, std::size_t count) const {
    const AttributeLimits limits{.count = count, .value_length = provider_->limits().attributes.value_length};
    if (attributes.size() <= count && limits.value_length == std::numeric_limits<std::size_t>::max()) return attributes;
    Attributes out;
    for (const Attribute& a : attributes) out.set(a.key, a.value, limits);
    return out;
}

void Span::rename(Name name) {
    if (data_) data_->name = std::move(name);
}

void Span::add_event(Name name, Attributes attributes) {
    if (data_) add_event(std::move(name), provider_->clock_.wall(), std::move(attributes));
}

void Span::add_event(Name name, WallTime at, Attributes attributes) {
    if (!data_) return;
    const SpanLimits& limits = provider_->limits();
    if (data_->events.size() >= limits.events) {
        ++data_->dropped_events;
        return;
    }
    data_->events.push_back({std::move(name), at, limited(std::move(attributes), limits.event_attributes)});
}

void Span::add_link(SpanContext other, Attributes attributes) {
    if (!data_) return;
    const SpanLimits& limits = provider_->limits();
    if (data_->links.size() >= limits.links) {
        ++data_->dropped_links;
        return;
    }
    data_->links.push_back({std::move(other), limited(std::move(attributes), limits.link_attributes)});
}

void Span::set_status(StatusCode code, std::string_view message) {
    if (!data_ || code == StatusCode::unset || data_->status.code == StatusCode::ok) return;
    data_->status = {code, code == StatusCode::error ? std::string(message) : std::string()};
}

void Span::record_exception(const std::exception& error) {
    if (data_) add_event("exception", {{"exception.type", type_name(error)}, {"exception.message", error.what()}});
}

void Span::end() {
    if (data_) end(provider_->clock_.wall());
}

void Span::end(WallTime at) {
    if (!data_) return;
    data_->end = std::max(at, data_->start);
    provider_->processor_.ended(std::move(data_));
}

}  // namespace mizzen::telemetry
