// SPDX-License-Identifier: Apache-2.0
// Taking, keeping and giving back a Lease.
#include "mizzen/kube/runtime/leader_election.hpp"

#include "mizzen/async/delay.hpp"
#include "mizzen/async/within.hpp"
#include "mizzen/kube/client/api.hpp"

namespace mizzen::kube {
namespace {

// The lengthening of pauses, so that candidates do not try at the same moment.
constexpr double jitter = 1.2;

std::int32_t whole_seconds(Duration d) {
    return static_cast<std::int32_t>(std::chrono::ceil<std::chrono::seconds>(d).count());
}

}  // namespace

LeaderElection::LeaderElection(Client& client, LeaderElectionOptions options, telemetry::BoundGauge leading)
    : client_(client), options_(std::move(options)), leading_(leading) {
    const auto& o = options_;
    if (o.name.empty() || o.identity.empty())
        throw Error(ErrorKind::invalid, "leader election needs the name of a Lease and an identity");
    if (o.lease <= o.renew || o.renew <= std::chrono::duration_cast<Duration>(o.retry * jitter) ||
        o.retry <= Duration::zero())
        throw Error(ErrorKind::invalid, "leader election needs lease > renew > 1.2 * retry > 0; got " +
                                            mizzen::to_string(o.lease) + ", " + mizzen::to_string(o.renew) + ", " +
                                            mizzen::to_string(o.retry));
}

Duration LeaderElection::pause() {
    return options_.retry +
           std::chrono::duration_cast<Duration>(options_.retry * (jitter * client_.loop().random().unit()));
}

void LeaderElection::set_leads(bool leads) {
    leads_ = leads;
    leading_.set(leads ? 1 : 0);
}

Task<> LeaderElection::acquire() {
    for (;;) {
        try {
            if (co_await within(options_.renew, try_to_lead(), "the API server does not answer")) break;
        } catch (const Cancelled&) {
            throw;
        } catch (const Error& error) {
            problem_ = error.what();
        }
        co_await delay(pause());
    }
    set_leads(true);
}

void LeaderElection::lose(std::string_view why) {
    set_leads(false);
    throw Error(ErrorKind::retry, "lost the lease " + options_.ns + "/" + options_.name + ": " + std::string(why));
}

Task<> LeaderElection::hold() {
    for (;;) {
        co_await delay(options_.retry);
        const Duration left = renewed_at_ + options_.renew - client_.loop().now();
        if (left <= Duration::zero())
            lose("it could not be renewed in time" + (problem_.empty() ? "" : "; last: " + problem_));
        bool renewed = false;
        try {
            renewed = co_await within(left, try_to_lead(), "the API server does not answer");
        } catch (const Cancelled&) {
            throw;
        } catch (const Error& error) {
            problem_ = error.what();
        }
        if (!renewed && !seen_holder_.empty() && seen_holder_ != options_.identity) lose(seen_holder_ + " holds it");
    }
}

Task<> LeaderElection::release() {
    if (!leads_ || !lease_) co_return;
    set_leads(false);
    Lease lease = *lease_;
    lease.spec.holder_identity = "";
    lease.spec.lease_duration_seconds = 1;
    lease.spec.renew_time = lease.spec.acquire_time = to_rfc3339_micro(client_.loop().wall());
    co_await Api<Lease>(client_, options_.ns).replace(std::move(lease));
}

Task<bool> LeaderElection::try_to_lead() {
    Api<Lease> leases(client_, options_.ns);
    // A leader knows the lease as it wrote it, and asks only when that is no longer so.
    if (leads_ && lease_) {
        const bool kept = co_await take(lease_);
        if (kept) co_return true;
    }
    auto found = co_await leases.find(options_.name);
    if (found && !may_take(*found)) co_return false;
    co_return co_await take(std::move(found));
}

bool LeaderElection::may_take(const Lease& found) {
    if (found.metadata.resource_version != seen_version_) {
        seen_version_ = found.metadata.resource_version;
        seen_at_ = client_.loop().now();
    }
    seen_holder_ = found.spec.holder_identity;
    if (seen_holder_.empty() || seen_holder_ == options_.identity) return true;
    const auto theirs = std::chrono::seconds(found.spec.lease_duration_seconds.value_or(whole_seconds(options_.lease)));
    return client_.loop().now() - seen_at_ >= theirs;
}

Task<bool> LeaderElection::take(std::optional<Lease> found) {
    const Time begun = client_.loop().now();
    const std::string now = to_rfc3339_micro(client_.loop().wall());
    Lease lease = found.value_or(Lease{.metadata = {.name = options_.name, .namespace_ = options_.ns}});
    if (lease.spec.holder_identity != options_.identity) {
        lease.spec.acquire_time = now;
        lease.spec.lease_transitions = found ? lease.spec.lease_transitions.value_or(0) + 1 : 0;
    }
    lease.spec.holder_identity = options_.identity;
    lease.spec.lease_duration_seconds = whole_seconds(options_.lease);
    lease.spec.renew_time = now;
    Api<Lease> leases(client_, options_.ns);
    try {
        if (found) {
            lease_ = co_await leases.replace(std::move(lease));
        } else {
            lease_ = co_await leases.create(std::move(lease));
        }
    } catch (const ApiError& error) {
        // Someone else was faster, or the lease was removed under us.
        lease_.reset();
        if (error.is_conflict() || error.is_already_exists() || error.is_not_found()) co_return false;
        throw;
    }
    seen_version_ = lease_->metadata.resource_version;
    seen_holder_ = options_.identity;
    seen_at_ = renewed_at_ = begun;
    problem_.clear();
    co_return true;
}

}  // namespace mizzen::kube
