// SPDX-License-Identifier: Apache-2.0
// Controller<K>: how objects of kind K are kept as they should be. Reads as a sentence and is given to a Manager:
// `manager.add(Controller<WebApp>(reconcile).owns<Deployment>().watches<ConfigMap>(apps_that_use).limit(2));`
#pragma once
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "mizzen/kube/runtime/controller_settings.hpp"
#include "mizzen/kube/runtime/reconcile.hpp"
#include "mizzen/kube/runtime/reconcile_fn.hpp"

namespace mizzen::kube {

// A reconciler is called for one object at a time, for different objects at once up to limit(). It is called for each
// object at the start, when the object or something it owns or watches changes, and when it asked to be. It must come
// to the same result from the same state: it may be called at any time, and be stopped at any point.
//
// A reconciler that throws is called again after a growing wait, with a Warning event and, on a custom resource, the
// conditions Ready=False and Reconciling=True. A conflict is only repeated. Conditions are written for custom resources
// whose status has them; built-in kinds keep theirs.
template <AnyKind K>
class Controller {
  public:
    // `version` is the resourceVersion of the change that calls.
    using Enqueue = std::function<void(ObjectKey, Priority, const std::string& version)>;

    // `fn` is `Task<Outcome> fn(Reconcile<K>&, Bound&...)`, or a member function of the one thing bound. What is bound
    // must outlive the manager: `Controller<WebApp>(reconcile, vault)`.
    template <class Fn, class... Bound>
        requires TypedKind<K>
    explicit Controller(Fn fn, Bound&... bound) : Controller(DynamicKind(K::kind), std::move(fn), bound...) {}
    template <class Fn, class... Bound>
    Controller(DynamicKind kind, Fn fn, Bound&... bound) : reconcile_(std::move(fn), bound...) {
        settings_.kind = std::move(kind);
        settings_.name = settings_.kind.kind;
    }

    // Objects of kind Child that name a K as owner: their changes call the reconciler of that K; apply() and pruning
    // work on them.
    template <TypedKind Child>
    Controller& owns() {
        settings_.owned.emplace_back(Child::kind);
        sources_.push_back([kind = settings_.kind](Caches& caches, const Enqueue& enqueue) {
            watch_owned(caches.informer<Child>(), kind, enqueue);
        });
        return *this;
    }
    // The same for a kind known at run time. It need not be served: until it is, nothing of it exists
    // (Reconcile::serves).
    Controller& owns(DynamicKind child) {
        settings_.owned.push_back(child);
        sources_.push_back([child, kind = settings_.kind](Caches& caches, const Enqueue& enqueue) {
            watch_owned(caches.informer(child), kind, enqueue);
        });
        return *this;
    }
    // Objects of kind Other; `map` says which K each change concerns.
    template <TypedKind Other>
    Controller& watches(std::function<std::vector<ObjectKey>(const Other&)> map) {
        sources_.push_back([map = std::move(map)](Caches& caches, const Enqueue& enqueue) {
            watch_mapped<Other>(caches.informer<Other>(), map, enqueue);
        });
        return *this;
    }
    Controller& watches(DynamicKind other, std::function<std::vector<ObjectKey>(const Dynamic&)> map) {
        sources_.push_back([other = std::move(other), map = std::move(map)](Caches& caches, const Enqueue& enqueue) {
            watch_mapped<Dynamic>(caches.informer(other), map, enqueue);
        });
        return *this;
    }

    // Called for an object that is being deleted, until it returns ready or done: for what lives outside the cluster.
    // Adds a finalizer to each object before its first reconcile, and removes it afterwards.
    template <class Fn, class... Bound>
    Controller& on_delete(Fn cleanup, Bound&... bound) {
        cleanup_ = ReconcileFn<K>(std::move(cleanup), bound...);
        settings_.finalizer = true;
        return *this;
    }
    // Called when an object is no longer there.
    Controller& on_gone(std::function<void(const ObjectKey&)> fn) {
        gone_ = std::move(fn);
        return *this;
    }
    // Changes of K for which this is false do not call the reconciler. `before` is nullptr for a new object.
    Controller& when(std::function<bool(const K* before, const K& after)> interesting) {
        interesting_ = std::move(interesting);
        return *this;
    }

    // Of logs, events and metrics; the kind's name by default.
    Controller& named(std::string name) { return settings_.reporter = settings_.name = std::move(name), *this; }
    // Objects looked at at once; 4 by default.
    Controller& limit(int workers) { return settings_.workers = workers, *this; }
    // Waits after failures.
    Controller& backoff(Backoff waits) { return settings_.backoff = waits, *this; }
    // How long one visit may take; 2 minutes by default.
    Controller& timeout(Duration longest) { return settings_.timeout = longest, *this; }
    // Calls the reconciler for objects that are being deleted, too. For built-in controllers; others use on_delete.
    Controller& also_deleting() { return settings_.also_deleting = true, *this; }
    // Leaves conditions to the reconciler.
    Controller& without_conditions() { return settings_.conditions = false, *this; }
    // A member of status that gets the time whenever the rest of the status changed: "lastUpdated".
    Controller& stamps(std::string status_member) { return settings_.stamp = std::move(status_member), *this; }

    // For the runtime.
    const ControllerSettings& settings() const { return settings_; }
    const ReconcileFn<K>& reconcile() const { return reconcile_; }
    const ReconcileFn<K>& cleanup() const { return cleanup_; }
    const std::function<void(const ObjectKey&)>& gone() const { return gone_; }
    bool interesting(const K* before, const K& after) const { return !interesting_ || interesting_(before, after); }
    void connect(Caches& caches, Enqueue enqueue) const;

  private:
    template <class Child>
    static void watch_owned(Informer<Child>& informer, const DynamicKind& kind, const Enqueue& enqueue);
    template <class Other>
    static void watch_mapped(Informer<Other>& informer, std::function<std::vector<ObjectKey>(const Other&)> map,
                             const Enqueue& enqueue);

    ControllerSettings settings_;
    ReconcileFn<K> reconcile_;
    ReconcileFn<K> cleanup_;
    std::function<void(const ObjectKey&)> gone_;
    std::function<bool(const K*, const K&)> interesting_;
    std::vector<std::function<void(Caches&, const Enqueue&)>> sources_;
};

}  // namespace mizzen::kube

// The bodies: users of a controller need them where they name the kinds that it owns and watches.
#include "mizzen/kube/runtime/controller_run.hpp"
