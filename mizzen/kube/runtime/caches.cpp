// SPDX-License-Identifier: Apache-2.0
// The informers of a process.
#include "mizzen/kube/runtime/caches.hpp"

#include "mizzen/async/within.hpp"

namespace mizzen::kube {
namespace {

std::string id_of(const DynamicKind& kind) { return kind.api_version() + " " + kind.kind; }

}  // namespace

AnyInformer* Caches::find(const DynamicKind& kind) const { return find(kind.api_version(), kind.kind); }

AnyInformer* Caches::find(std::string_view api_version, std::string_view kind) const {
    std::string id = std::string(api_version) + " " + std::string(kind);
    for (bool dynamic : {false, true}) {
        auto found = informers_.find({id, dynamic});
        if (found != informers_.end()) return found->second.get();
    }
    return nullptr;
}

void Caches::narrow(const DynamicKind& kind, WatcherOptions options) { narrowed_[id_of(kind)] = std::move(options); }

void Caches::start(Scope& scope) {
    scope_ = &scope;
    for (auto& [id, informer] : informers_) scope.spawn(informer->run());
}

Task<> Caches::synced(Duration bound) {
    const Time end = client_.loop().now() + bound;
    for (auto at = informers_.begin(); at != informers_.end(); ++at) {
        AnyInformer& informer = *at->second;
        if (informer.is_synced()) continue;
        try {
            co_await within(
                std::max(end - client_.loop().now(), Duration::zero()), informer.synced(),
                "the cache of " + informer.kind().resource_name() + " did not fill within " + mizzen::to_string(bound));
        } catch (Error& error) {
            if (!informer.problem().empty()) error.add_context("last problem: " + informer.problem());
            throw;
        }
    }
}

request::Target Caches::target(const DynamicKind& kind) const { return {kind, kind.namespaced ? ns_ : std::string()}; }

WatcherOptions Caches::options(const DynamicKind& kind) const {
    auto found = narrowed_.find(id_of(kind));
    return found == narrowed_.end() ? watching_ : found->second;
}

}  // namespace mizzen::kube
