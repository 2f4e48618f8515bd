// SPDX-License-Identifier: Apache-2.0
// A thread that runs the loop of a Telemetry until it is asked to end.
#include "mizzen/telemetry/background.hpp"

#include <pthread.h>
#include <signal.h>

#include <algorithm>
#include <condition_variable>
#include <mutex>
#include <optional>
#include <thread>

#include "mizzen/async/alarm.hpp"
#include "mizzen/async/real_loop.hpp"
#include "mizzen/net/sockets.hpp"
#include "mizzen/telemetry/detail/span_handover.hpp"
#include "mizzen/telemetry/detail/thread_tracers.hpp"

namespace mizzen::telemetry {
namespace {

constexpr Duration between_handovers = std::chrono::milliseconds(100);
// The thread is waited for so much longer than it was given.
constexpr Duration grace = std::chrono::seconds(1);

std::size_t queue_of(const Configuration& configuration) {
    std::size_t most = 1;
    for (const Output& output : configuration.traces) most = std::max(most, output.batches.queue);
    return most;
}

// A thread inherits which signals are blocked.
class SignalsBlocked {
  public:
    SignalsBlocked() {
        sigset_t all;
        sigfillset(&all);
        pthread_sigmask(SIG_SETMASK, &all, &before_);
    }
    SignalsBlocked(const SignalsBlocked&) = delete;
    ~SignalsBlocked() { pthread_sigmask(SIG_SETMASK, &before_, nullptr); }

  private:
    sigset_t before_;
};

}  // namespace

struct BackgroundTelemetry::State {
    State(Configuration configuration, TelemetryOptions options)
        : loop(poller),
          network(poller),
          telemetry(loop, network, configuration, Random::from_system(), std::move(options)),
          sdk(telemetry.registry().make<SdkMetrics>()),
          handover(queue_of(configuration), sdk, [this] { loop.post([this] { changed.notify_all(); }); }),
          tracers(std::make_shared<ThreadTracers>(
              loop, [this] { return telemetry.another_sampler(); }, handover, configuration.span_limits)) {}

    Task<> run() {
        while (!limit) {
            take_spans();
            loop.start(alarm, loop.after(between_handovers));
            co_await changed.wait();
        }
        handover.close();
        take_spans();
        worked = co_await telemetry.shut_down(*limit) && handover.dropped() == 0;
    }
    void take_spans() {
        for (auto& span : handover.take()) telemetry.span_processor().ended(std::move(span));
    }

    net::SocketPoller poller;
    RealLoop loop;
    net::SocketNetwork network;
    Telemetry telemetry;
    SdkMetrics sdk;
    SpanHandover handover;
    std::shared_ptr<ThreadTracers> tracers;
    Event changed;
    Alarm alarm{changed};
    std::optional<Duration> limit;  // of the shutdown, once it is asked for
    bool worked = false;
    const std::uint64_t generation = fork_generation();

    std::mutex mutex;  // guards what follows
    std::condition_variable ended;
    bool has_ended = false;
    std::mutex ending;  // held by who shuts down; guards the thread
    std::optional<std::thread> thread;
    bool is_abandoned = false;
};

Environment variables_from(char* (*get)(const char* name)) {
    return [get](std::string_view name) -> std::optional<std::string> {
        const char* value = get(std::string(name).c_str());
        return value ? std::optional<std::string>(value) : std::nullopt;
    };
}

Span SharedTracer::start(Name name, const SpanStart& start) const {
    if (of_) return of_->own(scope_).start(std::move(name), start);
    return start.parent ? Span(start.parent->propagated()) : Span();
}

BackgroundTelemetry::BackgroundTelemetry(Configuration configuration, BackgroundOptions options)
    : options_(std::move(options)),
      state_(std::make_shared<State>(std::move(configuration), std::move(options_.telemetry))) {
    const SignalsBlocked blocked;
    state_->thread.emplace([state = state_] {
        state->loop.run(state->run());
        const std::lock_guard lock(state->mutex);
        state->has_ended = true;
        state->ended.notify_all();
    });
}

BackgroundTelemetry::~BackgroundTelemetry() {
    shut_down(options_.shutdown_limit);
    if (state_->generation != fork_generation() || state_->is_abandoned) leave_behind();
}

// In a child its sockets are the parent's too, and to close them would take them out of the parent's poller; a thread
// that could not be ended still uses it.
void BackgroundTelemetry::leave_behind() { static_cast<void>(new std::shared_ptr<State>(std::move(state_))); }

bool BackgroundTelemetry::shut_down(Duration limit) {
    State& state = *state_;
    if (state.generation != fork_generation()) return false;
    const std::lock_guard one_at_a_time(state.ending);
    if (!state.thread) return !state.is_abandoned && state.worked;
    limit = std::clamp<Duration>(limit, Duration::zero(), std::chrono::hours(24));
    state.loop.post([&state, limit] {
        state.limit = limit;
        state.changed.notify_all();
    });
    {
        std::unique_lock lock(state.mutex);
        state.is_abandoned = !state.ended.wait_for(lock, limit + grace, [&] { return state.has_ended; });
    }
    if (state.is_abandoned)
        state.thread->detach();
    else
        state.thread->join();
    state.thread.reset();
    return !state.is_abandoned && state.worked;
}

SharedTracer BackgroundTelemetry::tracer(InstrumentationScope scope) {
    return {*state_->tracers, state_->tracers->number_of(std::move(scope))};
}
Registry& BackgroundTelemetry::registry() { return state_->telemetry.registry(); }
Logger BackgroundTelemetry::logger(std::string_view module) { return state_->telemetry.logger(module); }
LogLevels& BackgroundTelemetry::log_levels() { return state_->telemetry.log_levels(); }
const Propagator& BackgroundTelemetry::propagator() const { return state_->telemetry.propagator(); }

}  // namespace mizzen::telemetry
