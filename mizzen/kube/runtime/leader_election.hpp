// SPDX-License-Identifier: Apache-2.0
// LeaderElection: of several processes one leads, by a Lease that it keeps renewing.
// Source: Kubernetes documentation "Leases"; the timing rules of client-go's leaderelection.
#pragma once
#include <optional>
#include <string>

#include "mizzen/kube/client/client.hpp"
#include "mizzen/kube/schema/kinds/coordination.hpp"
#include "mizzen/telemetry/metrics/bound.hpp"

namespace mizzen::kube {

struct LeaderElectionOptions {
    std::string name;  // of the Lease
    std::string ns = "default";
    std::string identity;                       // unique per process: host name and a random part
    Duration lease = std::chrono::seconds(15);  // others may take over a lease that was not renewed for so long
    Duration renew = std::chrono::seconds(10);  // a leader that could not renew for so long gives up
    Duration retry = std::chrono::seconds(2);   // between tries, lengthened by up to 1.2 times itself by chance
    bool release = true;                        // give the lease back at the end, so that another leads at once
};

// Clocks of different machines need not agree: how old a lease is counts from when this process saw it change.
class LeaderElection {
  public:
    // Throws Error(invalid) unless lease > renew > retry * 1.2 > 0 and name and identity are given.
    // `leading` is 1 while this process leads, else 0.
    LeaderElection(Client& client, LeaderElectionOptions options, telemetry::BoundGauge leading = {});

    // Returns when this process leads. Throws Cancelled.
    Task<> acquire();
    // Keeps renewing. Throws Error(retry) "lost the lease …" when leading cannot be shown any more: whoever acts as
    // leader must stop.
    Task<> hold();
    // Gives the lease back if it is ours.
    Task<> release();

    bool leads() const { return leads_; }
    // Who leads, as far as known.
    const std::string& leader() const { return seen_holder_; }

  private:
    Task<bool> try_to_lead();
    Task<bool> take(std::optional<Lease> found);
    bool may_take(const Lease& found);
    [[noreturn]] void lose(std::string_view why);
    Duration pause();

    void set_leads(bool leads);

    Client& client_;
    LeaderElectionOptions options_;
    telemetry::BoundGauge leading_;
    bool leads_ = false;
    std::optional<Lease> lease_;  // as we wrote it last
    std::string problem_;
    std::string seen_holder_;
    std::string seen_version_;
    Time seen_at_ = {};
    Time renewed_at_ = {};
};

}  // namespace mizzen::kube
