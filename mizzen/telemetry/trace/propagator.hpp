// SPDX-License-Identifier: Apache-2.0
// Propagators carry a span context and baggage across a boundary, in the header fields of a message.
#pragma once
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "mizzen/telemetry/trace/baggage.hpp"
#include "mizzen/telemetry/trace/span_context.hpp"

namespace mizzen::telemetry {

// What travels.
struct Propagated {
    SpanContext span;
    Baggage baggage;
    friend bool operator==(const Propagated&, const Propagated&) = default;
};

// The fields of a message that came in. Names compare without case; what is given points into the message.
class HeaderReader {
  public:
    virtual ~HeaderReader() = default;
    // The values of all fields of that name, in order.
    virtual std::vector<std::string_view> all(std::string_view name) const = 0;
    virtual void each(const std::function<void(std::string_view name, std::string_view value)>& visit) const = 0;
};

// The fields of a message that goes out.
class HeaderWriter {
  public:
    virtual ~HeaderWriter() = default;
    // Replaces what is there under that name.
    virtual void set(std::string_view name, std::string value) = 0;
};

// One format on the wire. Has no state; never throws on what a message brings.
class Propagator {
  public:
    virtual ~Propagator() = default;
    // Writes what is valid, and nothing otherwise.
    virtual void inject(const Propagated& what, HeaderWriter& headers) const = 0;
    // Replaces the parts of `what` that the message carries in this format. What is absent or malformed changes
    // nothing.
    virtual void extract(const HeaderReader& headers, Propagated& what) const = 0;
    // The fields that inject sets, where their names are fixed.
    virtual std::vector<std::string_view> fields() const = 0;
};

// `traceparent` and `tracestate`, W3C Trace Context level 2.
std::unique_ptr<Propagator> trace_context_propagator();
// `baggage`, W3C Baggage.
std::unique_ptr<Propagator> baggage_propagator();
// Zipkin's B3. Both forms read both, the single field first. Ids without a sampling state are taken as not sampled; a
// state without ids names no span and is passed over.
enum class B3Form {
    single,  // writes `b3`
    multi,   // writes `x-b3-traceid`, `x-b3-spanid`, `x-b3-sampled` or `x-b3-flags`
};
std::unique_ptr<Propagator> b3_propagator(B3Form form);
// Jaeger's `uber-trace-id` and `uberctx-<name>`.
std::unique_ptr<Propagator> jaeger_propagator();
// All of them in order. Where several find a span in a message, the last one's counts.
std::unique_ptr<Propagator> composite_propagator(std::vector<std::unique_ptr<Propagator>> parts);

struct ConfiguredPropagator {
    std::unique_ptr<Propagator> propagator;  // Always there.
    std::vector<std::string> warnings;       // For the log: what was not understood and what happened instead.
};
// The text of OTEL_PROPAGATORS: a comma-separated list of tracecontext, baggage, b3, b3multi, jaeger, none. A name
// counts once; unknown ones are left out with a warning. An empty text means "tracecontext,baggage".
ConfiguredPropagator configure_propagator(std::string_view text);

// The span context of a `traceparent` value alone, without its state; nothing if it is malformed.
std::optional<SpanContext> parse_traceparent(std::string_view value);
std::string to_traceparent(const SpanContext& span);

}  // namespace mizzen::telemetry
