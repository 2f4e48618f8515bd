// SPDX-License-Identifier: Apache-2.0
// TraceState: what each tracing system on the way keeps beside the trace id (W3C Trace Context level 2, section 3.3).
#pragma once
#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace mizzen::telemetry {

// A list of key=value, at most 32, the most recently written first. Immutable and shared: a copy costs a pointer.
class TraceState {
  public:
    static constexpr std::size_t most_members = 32;

    TraceState() = default;
    // Reads the values of all `tracestate` fields, in order. Spaces around members and empty members are passed over;
    // of several members with one key the first counts, because it was written last. Nothing if a member breaks the
    // grammar or if there are more than 32: such a list is not to be passed on.
    static std::optional<TraceState> parse(const std::vector<std::string_view>& fields);

    // The value of that key, or nothing.
    std::optional<std::string_view> find(std::string_view key) const;
    // With that member in front; the last of 33 is left out. Unchanged if key or value break the grammar.
    TraceState with(std::string_view key, std::string_view value) const;
    TraceState without(std::string_view key) const;

    bool empty() const { return text_ == nullptr; }
    // "a=1,b=2": all of it.
    std::string_view view() const { return text_ ? std::string_view(*text_) : std::string_view(); }
    // At most `most_bytes` of it, in whole members: those over 128 bytes go first, then the last ones.
    // The specification asks that 512 are passed on at least.
    std::string to_header(std::size_t most_bytes = 4096) const;

    friend bool operator==(const TraceState& a, const TraceState& b) { return a.view() == b.view(); }

  private:
    explicit TraceState(std::string text);
    std::shared_ptr<const std::string> text_;  // Valid and not empty, or null.
};

// A lowercase letter or digit, then up to 255 of a-z 0-9 _ - * / @.
bool is_trace_state_key(std::string_view key);
// 1 to 256 printable ASCII characters without ',' and '=', not ending in a space.
bool is_trace_state_value(std::string_view value);

}  // namespace mizzen::telemetry
