// SPDX-License-Identifier: Apache-2.0
// Manager: runs controllers over shared caches, with events and leader election, and stops them in order.
#pragma once
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "mizzen/async/event.hpp"
#include "mizzen/kube/runtime/caches.hpp"
#include "mizzen/kube/runtime/controller.hpp"
#include "mizzen/kube/runtime/controller_run.hpp"
#include "mizzen/kube/runtime/events.hpp"
#include "mizzen/kube/runtime/leader_election.hpp"

namespace mizzen::kube {

struct ManagerOptions {
    std::string name = "mizzen";  // field manager of what controllers apply, managed-by label, source of events
    std::string ns = {};          // "" looks at all namespaces
    WatcherOptions watching = {};
    EventLimits events = {};
    std::optional<LeaderElectionOptions> leader_election = {};
    Duration sync = std::chrono::minutes(2);    // how long the caches may take to fill
    Duration drain = std::chrono::seconds(10);  // how long running visits may take after stop()
    // A span for each visit; metrics of controllers, queues, caches and the election. The client has its own.
    telemetry::Instrumentation telemetry = {};
};

class Manager {
  public:
    explicit Manager(Client& client, ManagerOptions options = {});
    ~Manager();

    // Before run().
    template <AnyKind K>
    Manager& add(Controller<K> controller) {
        runs_.push_back(std::make_unique<ControllerRun<K>>(around_, std::move(controller)));
        return *this;
    }
    // The shared cache of K, for code beside the controllers: handlers, indexes, reads.
    template <TypedKind K>
    Informer<K>& informer() {
        return caches_.informer<K>();
    }
    Informer<Dynamic>& informer(const DynamicKind& kind) { return caches_.informer(kind); }
    Caches& caches() { return caches_; }
    EventRecorder& events() { return events_; }
    Client& client() { return client_; }

    // Fills the caches, waits to lead if asked to, runs the controllers. Ends after stop(); throws what made it fail:
    // caches that do not fill, a lost lease. When cancelled, it stops at once, but gives the lease back.
    Task<> run();
    // Lets running visits end, then run() returns.
    void stop();

    // The caches are complete and the controllers run (in a standby: it waits to lead).
    bool is_ready() const { return ready_; }
    bool leads() const { return !election_ || election_->leads(); }
    // No key waits, none is being looked at.
    bool is_idle() const;
    const std::vector<std::unique_ptr<AnyControllerRun>>& controllers() const { return runs_; }

  private:
    Task<> work();
    Task<> reconcile();
    Task<> leave();
    Task<> stopped() { co_await stopping_.wait(); }

    Client& client_;
    ManagerOptions options_;
    Caches caches_;
    EventRecorder events_;
    Surroundings around_;
    std::unique_ptr<LeaderElection> election_;
    std::vector<std::unique_ptr<AnyControllerRun>> runs_;
    Latch stopping_;
    bool ready_ = false;
};

}  // namespace mizzen::kube
