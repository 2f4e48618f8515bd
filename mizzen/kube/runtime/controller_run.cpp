// SPDX-License-Identifier: Apache-2.0
// Workers and what they do around a reconciler: finalizers, applying, pruning, status, failures.
#include "mizzen/kube/runtime/controller_run.hpp"

#include <algorithm>

#include "mizzen/async/within.hpp"
#include "mizzen/json/json.hpp"
#include "mizzen/kube/client/api_calls.hpp"
#include "mizzen/kube/client/api_error.hpp"
#include "mizzen/kube/runtime/drift.hpp"
#include "mizzen/telemetry/trace/current_span.hpp"

namespace mizzen::kube {
namespace {

bool is_deleting(const Visit& visit) { return !visit.owner().deletion_timestamp.empty(); }

bool has(const std::vector<std::string>& all, const std::string& one) {
    return std::find(all.begin(), all.end(), one) != all.end();
}

constexpr int quiet_conflicts = 5;

class Active {
  public:
    explicit Active(telemetry::BoundGauge workers) : workers_(workers) { workers_.add(1); }
    ~Active() { workers_.add(-1); }
    Active(const Active&) = delete;
    Active& operator=(const Active&) = delete;

  private:
    telemetry::BoundGauge workers_;
};

std::string_view reason_of(const Error& error) {
    switch (error.kind()) {
        case ErrorKind::retry:
            return "Unreachable";
        case ErrorKind::overloaded:
            return "Overloaded";
        case ErrorKind::conflict:
            return "Conflict";
        case ErrorKind::not_found:
            return "NotFound";
        case ErrorKind::denied:
            return "Denied";
        case ErrorKind::invalid:
            return "Invalid";
        default:
            return "Failed";
    }
}

}  // namespace

std::vector<ObjectKey> owners_of_kind(const ObjectMeta& metadata, const DynamicKind& kind) {
    std::vector<ObjectKey> keys;
    for (auto& owner : metadata.owner_references) {
        std::string_view group(owner.api_version);
        group = group.substr(0, group.find('/') == std::string_view::npos ? 0 : group.find('/'));
        if (owner.kind == kind.kind && group == kind.group)
            keys.emplace_back(kind.namespaced ? metadata.namespace_ : "", owner.name);
    }
    return keys;
}

bool status_has_conditions(const json::TypeInfo& type) {
    const json::FieldInfo* status = type.find("status");
    if (status == nullptr) return false;
    const json::TypeInfo* inside = &status->type();
    if (inside->shape == json::Shape::optional) inside = &inside->element();
    return inside->find("conditions") != nullptr;
}

AnyControllerRun::AnyControllerRun(Surroundings& around, ControllerSettings settings)
    : around_(around),
      settings_(std::move(settings)),
      queue_(around.client.loop(), settings_.backoff, work_queue_metrics(around.telemetry.registry, settings_.name)),
      applied_(settings_.owned),
      traces_(around.telemetry, around.client.loop()),
      metrics_(controller_metrics(around.telemetry.registry, settings_.name, settings_.workers)),
      builtin_(schema::find_kind(settings_.kind.group, settings_.kind.version, settings_.kind.kind) != nullptr) {}

void AnyControllerRun::start(Scope& scope) {
    for (int i = 0; i < settings_.workers; ++i) scope.spawn(worker());
}

Task<> AnyControllerRun::worker() {
    for (;;) {
        auto key = co_await queue_.next();
        if (!key) co_return;
        co_await look(*key);
        queue_.done(*key);
    }
}

Task<> AnyControllerRun::look(ObjectKey key) {
    auto visit = begin(key);
    if (!visit) {
        queue_.drop(key);
        applied_.forget(key);
        echoes_.erase(key);
        traces_.forget(key);
        gone(key);
        co_return;
    }
    telemetry::Span span = traces_.begin(*visit, settings_.name);
    const telemetry::CurrentSpan current(co_await context(), span);
    co_await this->visit(*visit, span);
    traces_.wrote(span, visit->writes());
    span.end();
    co_await see_writes(*visit);
}

Task<> AnyControllerRun::visit(Visit& visit, telemetry::Span& span) {
    ++numbers_.visits;
    const Active active(metrics_.active);
    const Time began = loop().now();
    std::optional<Error> failure;
    try {
        co_await attend(visit);
    } catch (const Cancelled&) {
        throw;
    } catch (const Error& error) {
        failure = error;
    } catch (const std::exception& error) {
        // A reconciler's mistake must not take the other objects down with it.
        failure = Error(ErrorKind::bug, error.what());
    }
    count(visit, began, failure.has_value());
    if (failure) {
        span.set("error.type", to_string(failure->kind()));
        span.set_status(telemetry::StatusCode::error, failure->what());
        co_await report(visit, *failure);
    } else {
        queue_.forget(visit.key());
    }
}

void AnyControllerRun::count(const Visit& visit, Time began, bool failed) {
    metrics_.time.observe(loop().now() - began);
    if (failed) metrics_.errors.add();
    const BoundCounter& result = failed                           ? metrics_.failed
                                 : queue_.is_delayed(visit.key()) ? metrics_.requeued_after
                                                                  : metrics_.succeeded;
    result.add();
}

Task<> AnyControllerRun::attend(Visit& visit) {
    const bool deleting = is_deleting(visit);
    if (settings_.finalizer) {
        const bool holds = has(visit.owner().finalizers, finalizer());
        if (deleting && holds) co_return co_await clean(visit);
        if (!deleting && !holds) {
            // The change of the object calls again, and then it is safe to make things outside.
            auto finalizers = visit.owner().finalizers;
            finalizers.push_back(finalizer());
            co_return co_await set_finalizers(visit, std::move(finalizers));
        }
    }
    if (deleting && !settings_.also_deleting) co_return;
    Outcome outcome =
        co_await within(settings_.timeout, reconcile(visit),
                        "the reconciler took longer than " + mizzen::to_string(settings_.timeout), ErrorKind::bug);
    numbers_.applied += static_cast<std::uint64_t>(co_await applied_.apply(visit));
    if (outcome.state() == Outcome::State::ready || visit.is_complete())
        numbers_.pruned += static_cast<std::uint64_t>(co_await applied_.prune(visit));
    co_await write_status(visit, claims(outcome));
    if (outcome.wait()) queue_.add_after(visit.key(), *outcome.wait());
}

Task<> AnyControllerRun::clean(Visit& visit) {
    Outcome outcome =
        co_await within(settings_.timeout, clean_up(visit),
                        "the cleanup took longer than " + mizzen::to_string(settings_.timeout), ErrorKind::bug);
    if (outcome.wait()) queue_.add_after(visit.key(), *outcome.wait());
    if (outcome.state() != Outcome::State::ready && outcome.state() != Outcome::State::done) {
        co_return co_await write_status(visit, claims(outcome));
    }
    auto finalizers = visit.owner().finalizers;
    std::erase(finalizers, finalizer());
    co_await set_finalizers(visit, std::move(finalizers));
}

std::string AnyControllerRun::finalizer() const { return "mizzen.dev/" + around_.name + "-cleanup"; }

Task<> AnyControllerRun::set_finalizers(Visit& visit, std::vector<std::string> finalizers) {
    json::Array list;
    for (auto& name : finalizers) list.push_back(std::move(name));
    // With the version: a list that someone else changed meanwhile must not be overwritten.
    json::Value body = json::Object{{"metadata", json::Object{{"finalizers", std::move(list)},
                                                              {"resourceVersion", visit.owner().resource_version}}}};
    ApiCalls calls(visit.client(), {visit.kind(), visit.key().ns}, &visit);
    net::Request request =
        request::patch(calls.target(), visit.key(), Patch::merge(std::move(body)), {.field_manager = around_.name});
    try {
        co_await calls.write("setting the finalizers of", visit.key(), std::move(request));
    } catch (const ApiError& error) {
        if (!error.is_not_found()) throw;
    }
}

Task<> AnyControllerRun::write_status(Visit& visit, std::vector<Claim> claims) {
    const bool speaks = settings_.conditions && !builtin_ && has_conditions();
    if (!speaks) claims.clear();
    if (speaks) claims.insert(claims.end(), visit.claims().begin(), visit.claims().end());
    std::optional<json::Value> draft = draft_status(visit);
    if (!draft && claims.empty()) co_return;
    const json::Value before = status(visit);
    json::Value after = draft ? std::move(*draft) : before;
    if (!claims.empty()) {
        put(after, claims, visit.owner().generation, loop().wall());
        after["observedGeneration"] = visit.owner().generation;
    }
    if (same_status(before, after)) co_return;
    after = fit_status(visit, std::move(after));
    if (same_status(before, after)) co_return;
    if (!settings_.stamp.empty()) after[settings_.stamp] = to_rfc3339(loop().wall());
    ++numbers_.statuses;
    ApiCalls calls(visit.client(), {visit.kind(), visit.key().ns}, &visit);
    json::Value body = json::Object{{"status", merge_difference(before, after)}};
    net::Request request = request::patch(calls.target(), visit.key(), Patch::merge(std::move(body)),
                                          {.field_manager = around_.name}, "status");
    try {
        co_await calls.write("writing the status of", visit.key(), std::move(request));
        echoes_[visit.key()] = visit.writes().back().resource_version;
    } catch (const ApiError& error) {
        // Removed while we looked.
        if (!error.is_not_found()) throw;
    }
}

bool AnyControllerRun::is_echo(const ObjectKey& key, const std::string& version) const {
    auto found = echoes_.find(key);
    return found != echoes_.end() && found->second == version;
}

Task<> AnyControllerRun::report(Visit& visit, Error error) {
    ++numbers_.failures;
    queue_.add_after_failure(visit.key(), error.retry_after());
    // The cache was behind, and the next visit sees more: nobody needs to know, unless it goes on.
    if (error.kind() == ErrorKind::conflict && queue_.failures(visit.key()) < quiet_conflicts) co_return;
    visit.event(EventType::warning, reason_of(error), error.what());
    if (is_deleting(visit)) co_return;
    try {
        co_await write_status(visit, failed_claims(reason_of(error), error.what()));
    } catch (const Cancelled&) {
        throw;
    } catch (const Error&) {
        // Most likely for the reason that is to be reported. The next visit reports it, if it is still true.
    }
}

Task<> AnyControllerRun::see_writes(Visit& visit) {
    for (const Written& write : visit.writes())
        if (AnyInformer* cache = around_.caches.find(write.kind)) co_await cache->sees(write, settings_.see_writes);
}

}  // namespace mizzen::kube
