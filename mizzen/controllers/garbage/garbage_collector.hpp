// SPDX-License-Identifier: Apache-2.0
// The garbage collector: objects go when their owners are gone; owners wait for, or let go of, their dependents as the
// deletion asked. Source: Kubernetes documentation "Garbage Collection", "Owners and Dependents", "Use Cascading
// Deletion".
#pragma once
#include <list>
#include <map>
#include <memory>
#include <set>
#include <string>

#include "mizzen/async/event.hpp"
#include "mizzen/async/scope.hpp"
#include "mizzen/controllers/garbage/owner_graph.hpp"
#include "mizzen/kube/client/client.hpp"
#include "mizzen/kube/client/discovery.hpp"
#include "mizzen/kube/runtime/work_queue.hpp"

namespace mizzen::controllers {

// Watches every kind that the server serves and that can be listed, watched and deleted (events excepted: nobody
// depends on them), and follows definitions that come and go. Costs one watch a kind and about 300 bytes an object; no
// API call while nothing changes.
class GarbageCollector {
  public:
    explicit GarbageCollector(kube::Client& client);
    ~GarbageCollector();

    // Runs until cancelled.
    Task<> run();
    // All kinds known so far have been listed once.
    bool is_ready() const;
    const OwnerGraph& graph() const { return graph_; }

  private:
    class KindWatch;
    friend class KindWatch;

    Task<> follow_kinds();
    void start(const kube::ServedKind& kind, Scope& watches);
    void stop_unserved(const std::set<std::string>& served);
    bool is_being_listed(const kube::DynamicKind& kind) const;
    void look_at(const std::vector<std::string>& uids);
    // At the objects whose owners were of unknown kinds.
    void look_at_awaiting();
    Task<> work();
    Task<> visit(std::string uid);
    Task<> collect(OwnedObject object);
    Task<> finish_foreground(OwnedObject owner);
    Task<> orphan_dependents(OwnedObject owner);
    enum class Owner { here, gone, unknown };  // unknown: its kind is not watched so far
    Task<Owner> state_of(const kube::OwnerReference& owner, const std::string& ns);
    Task<> drop_owners(const OwnedObject& object, std::set<std::string> uids);
    Task<> drop_finalizer(const OwnedObject& object, std::string finalizer);

    kube::Client& client_;
    OwnerGraph graph_;
    kube::WorkQueue queue_;
    // Stopped ones stay: work under way refers to their kinds.
    std::list<std::unique_ptr<KindWatch>> watches_;
    std::map<std::pair<std::string, std::string>, kube::DynamicKind>
        kinds_;                       // all that are served, by apiVersion and kind
    std::set<std::string> awaiting_;  // uids of objects whose owner's kind was not watched when they were looked at
    Event kinds_changed_;
    bool ask_again_ = false;
};

}  // namespace mizzen::controllers
