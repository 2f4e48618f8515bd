// SPDX-License-Identifier: Apache-2.0
// Several propagators as one, and their names in OTEL_PROPAGATORS.
#include "mizzen/telemetry/trace/propagator.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "mizzen/base/text.hpp"

namespace mizzen::telemetry {
namespace {

class Composite final : public Propagator {
  public:
    explicit Composite(std::vector<std::unique_ptr<Propagator>> parts) : parts_(std::move(parts)) {}

    void inject(const Propagated& what, HeaderWriter& headers) const override {
        for (const auto& part : parts_) part->inject(what, headers);
    }
    void extract(const HeaderReader& headers, Propagated& what) const override {
        for (const auto& part : parts_) part->extract(headers, what);
    }
    std::vector<std::string_view> fields() const override {
        std::vector<std::string_view> out;
        for (const auto& part : parts_) {
            for (const std::string_view field : part->fields()) {
                if (std::find(out.begin(), out.end(), field) == out.end()) out.push_back(field);
            }
        }
        return out;
    }

  private:
    std::vector<std::unique_ptr<Propagator>> parts_;
};

std::unique_ptr<Propagator> named(std::string_view name) {
    if (name == "tracecontext") return trace_context_propagator();
    if (name == "baggage") return baggage_propagator();
    if (name == "b3") return b3_propagator(B3Form::single);
    if (name == "b3multi") return b3_propagator(B3Form::multi);
    if (name == "jaeger") return jaeger_propagator();
    return nullptr;
}

}  // namespace

std::unique_ptr<Propagator> composite_propagator(std::vector<std::unique_ptr<Propagator>> parts) {
    return std::make_unique<Composite>(std::move(parts));
}

ConfiguredPropagator configure_propagator(std::string_view text) {
    ConfiguredPropagator out;
    std::vector<std::unique_ptr<Propagator>> parts;
    std::vector<std::string_view> names = split(trim(text).empty() ? "tracecontext,baggage" : text, ','), seen;
    bool none = false;
    for (std::string_view name : names) {
        name = trim(name);
        if (name.empty() || std::find(seen.begin(), seen.end(), name) != seen.end()) continue;
        seen.push_back(name);
        if (name == "none") {
            none = true;
        } else if (auto part = named(name)) {
            parts.push_back(std::move(part));
        } else {
            out.warnings.push_back(
                fmt::format("OTEL_PROPAGATORS: unknown propagator \"{}\" is left out; use tracecontext, "
                            "baggage, b3, b3multi, jaeger or none",
                            name));
        }
    }
    if (none && !parts.empty()) {
        out.warnings.push_back("OTEL_PROPAGATORS: \"none\" stands beside other propagators; nothing is propagated");
    }
    if (none) parts.clear();
    out.propagator = composite_propagator(std::move(parts));
    return out;
}

}  // namespace mizzen::telemetry
