// SPDX-License-Identifier: Apache-2.0
// Jaeger's native propagation (jaegertracing.io, client libraries, "Propagation Format").
#include "mizzen/base/text.hpp"
#include "mizzen/telemetry/trace/propagator.hpp"

namespace mizzen::telemetry {
namespace {

constexpr std::string_view trace_field = "uber-trace-id", baggage_prefix = "uberctx-";
constexpr std::uint64_t sampled_flag = 1, debug_flag = 2;

// Leading zeros may be missing, from 1 up to 32 digits.
std::optional<TraceId> parse_trace(std::string_view hex) {
    const std::size_t low_digits = std::min<std::size_t>(hex.size(), 16);
    const auto low = parse_hex(hex.substr(hex.size() - low_digits), true);
    const std::string_view rest = hex.substr(0, hex.size() - low_digits);
    const auto high = rest.empty() ? std::optional<std::uint64_t>(0) : parse_hex(rest, true);
    if (!low || !high || (*low | *high) == 0) return std::nullopt;
    return TraceId{*high, *low};
}

// trace:span:parent:flags. The parent is out of use and only has to be there.
std::optional<SpanContext> parse_uber_trace_id(std::string_view value) {
    const auto parts = split(value, ':');
    if (parts.size() != 4) return std::nullopt;
    const auto trace = parse_trace(parts[0]);
    const auto span = parse_hex(parts[1], true), parent = parse_hex(parts[2], true), flags = parse_hex(parts[3], true);
    if (!trace || !span || *span == 0 || !parent || !flags || *flags > 0xff) return std::nullopt;
    const bool sampled = (*flags & sampled_flag) != 0;
    return SpanContext{.trace = *trace,
                       .span = {*span},
                       .flags = TraceFlags{}.with_sampled(sampled),
                       .is_remote = true,
                       .is_debug = sampled && (*flags & debug_flag) != 0};
}

class Jaeger final : public Propagator {
  public:
    void inject(const Propagated& what, HeaderWriter& headers) const override {
        if (what.span.is_valid()) {
            const std::uint64_t flags =
                what.span.flags.is_sampled() ? sampled_flag | (what.span.is_debug ? debug_flag : 0) : 0;
            std::string value = what.span.trace.to_hex() + ':' + what.span.span.to_hex() + ":0:";
            append_hex(value, flags, 1);
            headers.set(trace_field, std::move(value));
        }
        std::size_t bytes = 0, count = 0;
        for (const BaggageEntry& entry : what.baggage) {
            if (!is_field_name(entry.name)) continue;
            std::string value = encode_baggage_value(entry.value);
            bytes += baggage_prefix.size() + entry.name.size() + value.size();
            if (++count > Baggage::most_members || bytes > Baggage::most_bytes) break;
            headers.set(std::string(baggage_prefix) + entry.name, std::move(value));
        }
    }

    void extract(const HeaderReader& headers, Propagated& what) const override {
        const auto values = headers.all(trace_field);
        if (values.size() == 1) {
            // Some clients percent-encode the whole value.
            if (auto span = parse_uber_trace_id(decode_baggage_value(trim(values[0])))) what.span = *std::move(span);
        }
        std::size_t bytes = 0, count = 0;
        headers.each([&](std::string_view name, std::string_view value) {
            if (name.size() <= baggage_prefix.size()) return;
            if (!equal_ignoring_case(name.substr(0, baggage_prefix.size()), baggage_prefix)) return;
            bytes += name.size() + value.size();
            if (++count > Baggage::most_members || bytes > Baggage::most_bytes) return;
            what.baggage =
                what.baggage.with(to_lower(name.substr(baggage_prefix.size())), decode_baggage_value(trim(value)));
        });
    }

    std::vector<std::string_view> fields() const override { return {trace_field}; }

  private:
    // What may stand behind the prefix in the name of a field (RFC 9110, section 5.6.2).
    static bool is_field_name(std::string_view name) {
        constexpr std::string_view allowed =
            "!#$%&'*+-.^_`|~0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
        return !name.empty() && name.find_first_not_of(allowed) == std::string_view::npos;
    }
};

}  // namespace

std::unique_ptr<Propagator> jaeger_propagator() { return std::make_unique<Jaeger>(); }

}  // namespace mizzen::telemetry
