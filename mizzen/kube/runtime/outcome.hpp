// SPDX-License-Identifier: Apache-2.0
// Outcome: what a reconciler says about the object it looked at, and when it wants to look again.
#pragma once
#include <optional>
#include <string>
#include <utility>

#include "mizzen/base/time.hpp"

namespace mizzen::kube {

// A failed call is no outcome: throw, and the runtime repeats with growing waits, writes a Warning event and a
// condition.
class Outcome {
  public:
    enum class State {
        ready,    // all is as wanted:                  Ready=True,  Reconciling=False, Stalled=False
        waiting,  // on its way, nothing to do for us:  Ready=False, Reconciling=True,  Stalled=False
        stalled,  // a person must change something:    Ready=False, Reconciling=False, Stalled=True
        done,     // says nothing: conditions stay as they are
    };

    static Outcome ready(std::string message = {}) { return {State::ready, "Ready", std::move(message)}; }
    // `reason` is one CamelCase word for programs.
    static Outcome waiting(std::string reason, std::string message) {
        return {State::waiting, std::move(reason), std::move(message)};
    }
    static Outcome stalled(std::string reason, std::string message) {
        return {State::stalled, std::move(reason), std::move(message)};
    }
    static Outcome done() { return {State::done, {}, {}}; }

    // Looks again after this long even if nothing changes; without it only a change calls the reconciler.
    Outcome again_in(Duration wait) && {
        again_in_ = wait;
        return std::move(*this);
    }

    State state() const { return state_; }
    const std::string& reason() const { return reason_; }
    const std::string& message() const { return message_; }
    std::optional<Duration> wait() const { return again_in_; }

  private:
    Outcome(State state, std::string reason, std::string message)
        : state_(state), reason_(std::move(reason)), message_(std::move(message)) {}
    State state_;
    std::string reason_;
    std::string message_;
    std::optional<Duration> again_in_;
};

}  // namespace mizzen::kube
