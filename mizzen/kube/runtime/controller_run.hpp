// SPDX-License-Identifier: Apache-2.0
// ControllerRun: a controller at work: its queue, its workers, and what it remembers of each object.
#pragma once
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <utility>

#include "mizzen/async/scope.hpp"
#include "mizzen/kube/runtime/apply_set.hpp"
#include "mizzen/kube/runtime/controller.hpp"
#include "mizzen/kube/runtime/runtime_metrics.hpp"
#include "mizzen/kube/runtime/visit_traces.hpp"
#include "mizzen/kube/runtime/work_queue.hpp"

namespace mizzen::kube {

class AnyControllerRun {
  public:
    struct Numbers {
        std::uint64_t visits = 0;
        std::uint64_t failures = 0;
        std::uint64_t applied = 0;
        std::uint64_t pruned = 0;
        std::uint64_t statuses = 0;
    };

    AnyControllerRun(Surroundings& around, ControllerSettings settings);
    virtual ~AnyControllerRun() = default;

    // Connects the queue to the caches; before they start.
    virtual void connect() = 0;
    // Starts the workers, in `scope`.
    void start(Scope& scope);
    // Workers end after the visit they are at.
    void close() { queue_.close(); }

    // Has the reconciler called for `key`: a trigger from outside the cluster.
    void poke(ObjectKey key) { queue_.add(std::move(key)); }
    const WorkQueue& queue() const { return queue_; }
    const ControllerSettings& settings() const { return settings_; }
    const Numbers& numbers() const { return numbers_; }

  protected:
    // The typed part.
    virtual std::unique_ptr<Visit> begin(const ObjectKey& key) = 0;  // nullptr if there is no such object
    virtual Task<Outcome> reconcile(Visit& visit) = 0;
    virtual Task<Outcome> clean_up(Visit& visit) = 0;
    virtual void gone(const ObjectKey& key) = 0;
    virtual json::Value status(const Visit& visit) const = 0;  // as the cache has it
    virtual std::optional<json::Value> draft_status(
        const Visit& visit) const = 0;  // as the reconciler left it, if it touched it
    // `status` as it reads after a round trip through K, so that members K does not have are not written again and
    // again.
    virtual json::Value fit_status(const Visit& visit, json::Value status) const = 0;
    virtual bool has_conditions() const = 0;

    // Whether a change of the object itself is the echo of our own status write.
    bool is_echo(const ObjectKey& key, const std::string& version) const;
    void enqueue(ObjectKey key, Priority priority, const std::string& version) {
        traces_.caused(key, version);
        queue_.add(std::move(key), priority);
    }
    Surroundings& around() const { return around_; }

  private:
    Loop& loop() const { return around_.client.loop(); }
    Task<> worker();
    Task<> look(ObjectKey key);
    Task<> visit(Visit& visit, telemetry::Span& span);
    void count(const Visit& visit, Time began, bool failed);
    Task<> attend(Visit& visit);
    Task<> clean(Visit& visit);
    Task<> set_finalizers(Visit& visit, std::vector<std::string> finalizers);
    Task<> write_status(Visit& visit, std::vector<Claim> claims);
    Task<> report(Visit& visit, Error error);
    Task<> see_writes(Visit& visit);
    std::string finalizer() const;

    Surroundings& around_;
    ControllerSettings settings_;
    WorkQueue queue_;
    ApplySet applied_;
    VisitTraces traces_;
    ControllerMetrics metrics_;
    bool builtin_;                                       // conditions of built-in kinds are theirs
    std::unordered_map<ObjectKey, std::string> echoes_;  // resourceVersion of our last status write
    Numbers numbers_;
};

template <AnyKind K>
class ControllerRun final : public AnyControllerRun {
  public:
    ControllerRun(Surroundings& around, Controller<K> controller)
        : AnyControllerRun(around, controller.settings()), controller_(std::move(controller)) {}

    void connect() override;

  private:
    Informer<K>& informer() const;
    static const Reconcile<K>& typed(const Visit& visit) { return static_cast<const Reconcile<K>&>(visit); }
    static Reconcile<K>& typed(Visit& visit) { return static_cast<Reconcile<K>&>(visit); }

    std::unique_ptr<Visit> begin(const ObjectKey& key) override;
    [[clang::coro_wrapper]] Task<Outcome> reconcile(Visit& visit) override {
        return controller_.reconcile()(typed(visit));
    }
    [[clang::coro_wrapper]] Task<Outcome> clean_up(Visit& visit) override {
        return controller_.cleanup()(typed(visit));
    }
    void gone(const ObjectKey& key) override {
        if (controller_.gone()) controller_.gone()(key);
    }
    json::Value status(const Visit& visit) const override;
    std::optional<json::Value> draft_status(const Visit& visit) const override;
    json::Value fit_status(const Visit& visit, json::Value status) const override;
    bool has_conditions() const override;

    Controller<K> controller_;
};

}  // namespace mizzen::kube

#include "mizzen/kube/runtime/controller_detail.hpp"
