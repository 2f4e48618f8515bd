// SPDX-License-Identifier: Apache-2.0
// Caches: one informer per kind, shared by all controllers of a process, so that each kind is watched and held once.
#pragma once
#include <map>
#include <memory>
#include <string>
#include <utility>

#include "mizzen/async/scope.hpp"
#include "mizzen/kube/runtime/informer.hpp"

namespace mizzen::kube {

class Caches {
  public:
    // `ns`: "" watches all namespaces.
    Caches(Client& client, std::string ns, WatcherOptions watching, telemetry::Registry* metrics = nullptr)
        : client_(client), ns_(std::move(ns)), watching_(std::move(watching)), metrics_(metrics) {}

    // The informer of K; made, and started if the caches run, by the first who asks.
    template <TypedKind K>
    Informer<K>& informer() {
        return static_cast<Informer<K>&>(slot<K>(DynamicKind(K::kind), true));
    }
    Informer<Dynamic>& informer(const DynamicKind& kind) {
        return static_cast<Informer<Dynamic>&>(slot<Dynamic>(kind, false));
    }
    // Any informer of the kind, typed before dynamic; nullptr if nobody asked for one.
    AnyInformer* find(const DynamicKind& kind) const;
    AnyInformer* find(std::string_view api_version, std::string_view kind) const;

    // Narrows what is held of K: selectors for the watch. Before the informer is first asked for.
    void narrow(const DynamicKind& kind, WatcherOptions options);

    // Starts all informers, in `scope`; later ones start at once.
    void start(Scope& scope);
    // Before the scope ends.
    void stop() { scope_ = nullptr; }
    // Until all that were asked for are complete. Throws Error(retry) that names the kinds that are not, and why, after
    // `bound`.
    Task<> synced(Duration bound);
    // For metrics and status pages.
    template <class Fn>
    void for_each(Fn fn) const {
        for (auto& [id, informer] : informers_) fn(*informer);
    }

  private:
    template <class K>
    AnyInformer& slot(const DynamicKind& kind, bool typed) {
        auto id = std::pair(kind.api_version() + " " + kind.kind, !typed);
        auto found = informers_.find(id);
        if (found != informers_.end()) return *found->second;
        auto made = std::make_unique<Informer<K>>(client_, target(kind), options(kind),
                                                  cache_metrics(metrics_, kind.resource_name()));
        AnyInformer& informer = *informers_.emplace(std::move(id), std::move(made)).first->second;
        if (scope_ != nullptr) scope_->spawn(informer.run());
        return informer;
    }
    request::Target target(const DynamicKind& kind) const;
    WatcherOptions options(const DynamicKind& kind) const;

    Client& client_;
    std::string ns_;
    WatcherOptions watching_;
    telemetry::Registry* metrics_;
    std::map<std::string, WatcherOptions> narrowed_;  // by api version and kind
    std::map<std::pair<std::string, bool>, std::unique_ptr<AnyInformer>> informers_;
    Scope* scope_ = nullptr;
};

}  // namespace mizzen::kube
