// SPDX-License-Identifier: Apache-2.0
// The life of a Manager: fill caches, lead, work, stop.
#include "mizzen/kube/runtime/manager.hpp"

#include <algorithm>

#include "mizzen/async/scope.hpp"
#include "mizzen/async/within.hpp"

namespace mizzen::kube {
namespace {

Task<> then_cancel(Task<> task, Scope& scope) {
    co_await std::move(task);
    scope.cancel("the other was done first");
}

// Runs until one of the two ends, and cancels the other.
Task<> either(Task<> a, Task<> b) {
    Scope both(co_await context());
    both.spawn(then_cancel(std::move(a), both));
    both.spawn(then_cancel(std::move(b), both));
    co_await both.join();
}

}  // namespace

Manager::Manager(Client& client, ManagerOptions options)
    : client_(client),
      options_(std::move(options)),
      caches_(client, options_.ns, options_.watching, options_.telemetry.registry),
      events_(client, options_.name, options_.events),
      around_{client, caches_, events_, options_.name, options_.telemetry} {
    if (options_.leader_election)
        election_ = std::make_unique<LeaderElection>(
            client, *options_.leader_election,
            leader_metric(options_.telemetry.registry, options_.leader_election->name));
}

Manager::~Manager() = default;

void Manager::stop() {
    stopping_.open();
    for (auto& run : runs_) run->close();
}

bool Manager::is_idle() const {
    return ready_ && std::all_of(runs_.begin(), runs_.end(), [](const auto& run) { return run->queue().idle(); });
}

Task<> Manager::run() {
    Context& here = co_await context();
    std::exception_ptr failure;
    try {
        co_await work();
    } catch (...) {
        failure = std::current_exception();
    }
    ready_ = false;
    // Also when we are cancelled: others need not wait for the lease to run out.
    CancelScope* outer = std::exchange(here.cancel, nullptr);
    co_await leave();
    here.cancel = outer;
    if (failure) std::rethrow_exception(failure);
}

Task<> Manager::work() {
    Scope watching(co_await context());
    for (auto& run : runs_) run->connect();
    caches_.start(watching);
    watching.spawn(events_.run());
    co_await either(caches_.synced(options_.sync), stopped());
    ready_ = true;
    if (election_) co_await either(election_->acquire(), stopped());
    if (!stopping_.is_open()) {
        co_await (election_ ? either(reconcile(), election_->hold()) : reconcile());
    }
    watching.cancel("the manager stopped");
    co_await watching.join();
}

Task<> Manager::reconcile() {
    Scope workers(co_await context());
    for (auto& run : runs_) run->start(workers);
    if (runs_.empty()) co_return co_await stopped();
    co_await either(workers.join(), stopped());
    try {
        co_await within(options_.drain, workers.join(), "some visits did not end in time");
    } catch (const Cancelled&) {
        throw;
    } catch (const Error&) {
        // They are cut off with the scope, as by a crash; the next start sees to their objects.
    }
}

Task<> Manager::leave() {
    caches_.stop();
    if (!election_ || !options_.leader_election->release) co_return;
    try {
        co_await within(options_.leader_election->retry, election_->release(), "the API server does not answer");
    } catch (const Cancelled&) {
        throw;
    } catch (const Error&) {
        // Then it runs out by itself.
    }
}

}  // namespace mizzen::kube
