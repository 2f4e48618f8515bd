// SPDX-License-Identifier: Apache-2.0
// Span: one operation of a trace, recorded while it runs.
#pragma once
#include <exception>
#include <memory>
#include <string_view>
#include <utility>

#include "mizzen/telemetry/trace/propagator.hpp"
#include "mizzen/telemetry/trace/span_data.hpp"

namespace mizzen::telemetry {

class TracerProvider;

// Made by a Tracer. Ends with end() or when it is destroyed, once; what is set afterwards is ignored. A span that is
// not sampled carries its context and nothing else: every call on it is a comparison. Belongs to one thread; the
// provider outlives it. Source: OpenTelemetry specification, trace/api and trace/sdk.
class Span {
  public:
    Span() = default;
    // Stands for a span of elsewhere, to be the parent of others. Records nothing.
    explicit Span(Propagated elsewhere) : carried_(std::move(elsewhere)) {}
    Span(Span&&) noexcept = default;
    // Ends what was there.
    Span& operator=(Span&& other) noexcept;
    ~Span() {
        if (data_) end();
    }

    const SpanContext& context() const { return carried_.span; }
    // What a propagator injects.
    const Propagated& propagated() const { return carried_; }
    const Baggage& baggage() const { return carried_.baggage; }
    // Spans started below this one from now on inherit it.
    void set_baggage(Baggage baggage) { carried_.baggage = std::move(baggage); }
    bool is_recording() const { return data_ != nullptr; }

    // The last value of a key counts.
    template <class T>
    void set(Name key, T&& value) {
        if (data_) record(key, AttributeValue(std::forward<T>(value)));
    }
    void rename(Name name);
    void add_event(Name name, Attributes attributes = {});
    void add_event(Name name, WallTime at, Attributes attributes);
    // Best given at the start, where samplers see them.
    void add_link(SpanContext other, Attributes attributes = {});
    // Ok is final and wins over error; unset changes nothing. The message is kept for errors.
    void set_status(StatusCode code, std::string_view message = {});
    // The event `exception` with exception.type and exception.message. Does not change the status.
    void record_exception(const std::exception& error);

    void end();
    // An end before the start becomes the start: the calendar may have been set back.
    void end(WallTime at);

  private:
    friend class TracerProvider;
    void record(Name& key, AttributeValue&& value);  // takes the key
    Attributes limited(Attributes attributes, std::size_t count) const;

    Propagated carried_;
    std::unique_ptr<SpanData> data_;  // While it records.
    TracerProvider* provider_ = nullptr;
};

}  // namespace mizzen::telemetry
