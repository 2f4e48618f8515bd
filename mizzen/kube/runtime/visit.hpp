// SPDX-License-Identifier: Apache-2.0
// Visit: what a reconciler collects while it looks at one object, without the type of that object. Reconcile<K> is what
// reconcilers see.
#pragma once
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "mizzen/kube/client/write_observer.hpp"
#include "mizzen/kube/runtime/caches.hpp"
#include "mizzen/kube/runtime/conditions.hpp"
#include "mizzen/kube/runtime/events.hpp"

namespace mizzen::kube {

// What all visits of one program share.
struct Surroundings {
    Client& client;
    Caches& caches;
    EventRecorder& events;
    std::string name;  // field manager, managed-by label, source of events
    telemetry::Instrumentation telemetry = {};
};

// An object that shall exist as it is here, as far as it says.
struct Wanted {
    DynamicKind kind;
    ObjectKey key;
    json::Value object;
};

class Visit : public WriteObserver {
  public:
    // Events of this visit come from `reporter` instead of the manager, if it is not "".
    void report_as(std::string reporter) { reporter_ = std::move(reporter); }
    Visit(Surroundings& around, DynamicKind kind, const ObjectMeta& owner)
        : around_(around), kind_(std::move(kind)), owner_(owner) {}

    // Where the object is.
    ObjectKey key() const { return {owner_.namespace_, owner_.name}; }
    Client& client() const { return around_.client; }
    Loop& loop() const { return around_.client.loop(); }
    WallTime wall() const { return loop().wall(); }

    // Metadata for a child: the object's name (and "-suffix"), its namespace, an owner reference, the labels
    // app.kubernetes.io/name and managed-by. Names over 63 bytes are cut and get a hash, so that they stay unique.
    ObjectMeta child(std::string_view suffix = {}) const;

    // Collects an object that shall exist. After the reconciler returned, the runtime server-side-applies what differs.
    // If the outcome is ready, or complete() was called, it also removes what was collected on earlier visits and is no
    // longer. The kind must be one that the controller owns. A namespace, an owner reference and the managed-by label
    // are added where missing. Throws Error(invalid) for an object in another namespace, which could not be owned.
    void apply(json::Value object);
    // All that shall exist has been collected, whatever the outcome.
    void complete() { complete_ = true; }
    bool is_complete() const { return complete_; }
    // False while the server does not know the kind: a definition that is not installed. The kind must be owned or
    // watched.
    bool serves(const DynamicKind& kind) const;

    // An Event about the object, sent in the background.
    void event(EventType type, std::string_view reason, std::string_view message);
    // A condition besides Ready, Reconciling and Stalled, which follow from the Outcome.
    void condition(std::string type, Truth truth, std::string reason, std::string message);

    const std::vector<Wanted>& wanted() const { return wanted_; }
    const std::vector<Claim>& claims() const { return claims_; }
    const std::vector<Written>& writes() const { return writes_; }
    void wrote(Written write) override { writes_.push_back(std::move(write)); }
    const DynamicKind& kind() const { return kind_; }
    const ObjectMeta& owner() const { return owner_; }
    Surroundings& around() const { return around_; }

  protected:
    void collect(DynamicKind kind, json::Value object);

  private:
    Surroundings& around_;
    std::string reporter_;
    DynamicKind kind_;
    const ObjectMeta& owner_;
    std::vector<Wanted> wanted_;
    std::vector<Claim> claims_;
    std::vector<Written> writes_;
    bool complete_ = false;
};

}  // namespace mizzen::kube
