// SPDX-License-Identifier: Apache-2.0
// Reconcile<K>: all that a reconciler is given. It reads facts, collects what shall exist, and says how things stand.
#pragma once
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "mizzen/kube/client/api.hpp"
#include "mizzen/kube/runtime/outcome.hpp"
#include "mizzen/kube/runtime/visit.hpp"

namespace mizzen::kube {

// `Task<Outcome> reconcile(Reconcile<WebApp>& r)`. Everything collected takes effect after the reconciler returned; if
// it throws, nothing does.
template <AnyKind K>
class Reconcile : public Visit {
  public:
    Reconcile(Surroundings& around, DynamicKind kind, std::shared_ptr<const K> object)
        : Visit(around, std::move(kind), object->metadata), object_(std::move(object)) {}

    // As the cache has it. Stays the same during the visit.
    const K& object() const { return *object_; }

    using Visit::apply;
    template <TypedKind Child>
    void apply(const Child& child) {
        collect(DynamicKind(Child::kind), to_object(child));
    }

    // All objects of a kind, from memory. The kind should be named with owns or watches, so that it is complete from
    // the start.
    template <TypedKind Other>
    const Store<Other>& cache() const {
        return around().caches.template informer<Other>().store();
    }
    const Store<Dynamic>& cache(const DynamicKind& kind) const { return around().caches.informer(kind).store(); }
    // The children of that kind, from memory.
    template <TypedKind Child>
    auto children() const {
        return cache<Child>().owned_by(owner().uid);
    }

    // Direct calls, in the object's namespace, for controllers that create and remove instead of collecting. The next
    // visit of this object waits until the caches have seen these writes (read your own writes).
    template <TypedKind Other>
    Api<Other> api() {
        return Api<Other>(client(), owner().namespace_).observed_by(*this);
    }
    Api<Dynamic> api(const DynamicKind& other) {
        return Api<Dynamic>(client(), other, owner().namespace_).observed_by(*this);
    }

    // The status as it will be written, if it differs from what is there: `r.status().phase = Phase::ready`.
    auto& status() {
        if (!draft_) draft_ = *object_;
        return draft_->status;
    }
    const std::optional<K>& draft() const { return draft_; }

  private:
    std::shared_ptr<const K> object_;
    std::optional<K> draft_;
};

}  // namespace mizzen::kube
