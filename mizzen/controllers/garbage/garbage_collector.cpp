// SPDX-License-Identifier: Apache-2.0
// Follows the kinds that there are, and looks at objects whose owners changed.
#include "mizzen/controllers/garbage/garbage_collector.hpp"

#include <algorithm>
#include <utility>

#include "mizzen/async/delay.hpp"
#include "mizzen/controllers/garbage/kind_watch.hpp"

namespace mizzen::controllers {
namespace {

bool is_collected(const kube::ServedKind& kind) {
    return kind.can("list") && kind.can("watch") && kind.can("delete") && kind.kind.plural != "events";
}

std::string id(const kube::DynamicKind& kind) { return kind.resource_name(); }

// After a definition changed: it takes the server a moment to serve it, and definitions come in crowds.
constexpr Duration settle = std::chrono::milliseconds(100);

}  // namespace

GarbageCollector::GarbageCollector(kube::Client& client)
    : client_(client),
      queue_(client.loop(), Backoff{.first = std::chrono::milliseconds(200), .most = std::chrono::minutes(1)}) {}
GarbageCollector::~GarbageCollector() = default;

bool GarbageCollector::is_ready() const {
    return !watches_.empty() &&
           std::ranges::all_of(watches_, [](auto& watch) { return watch->is_listed() || watch->is_stopped(); });
}

void GarbageCollector::look_at(const std::vector<std::string>& uids) {
    for (const std::string& uid : uids) queue_.add(kube::ObjectKey(uid));
}

void GarbageCollector::look_at_awaiting() {
    for (const std::string& uid : std::exchange(awaiting_, {})) queue_.add(kube::ObjectKey(uid));
}

bool GarbageCollector::is_being_listed(const kube::DynamicKind& kind) const {
    return std::ranges::any_of(watches_, [&](auto& watch) {
        return id(watch->kind()) == id(kind) && !watch->is_stopped() && !watch->is_listed();
    });
}

void GarbageCollector::start(const kube::ServedKind& kind, Scope& watches) {
    if (std::ranges::any_of(watches_,
                            [&](auto& watch) { return id(watch->kind()) == id(kind.kind) && !watch->is_stopped(); }))
        return;
    watches_.push_back(std::make_unique<KindWatch>(*this, kind));
    watches.spawn(watches_.back()->run(&watches.cancel_scope()));
}

void GarbageCollector::stop_unserved(const std::set<std::string>& served) {
    for (auto& watch : watches_) {
        if (served.contains(id(watch->kind())) || watch->is_stopped()) continue;
        watch->forget();
        watch->stop("the kind is no longer served");
    }
}

Task<> GarbageCollector::follow_kinds() {
    Scope watches(co_await context());
    for (;;) {
        ask_again_ = false;
        const kube::Discovery discovery = co_await kube::Discovery::ask(client_);
        std::set<std::string> served;
        kinds_.clear();
        for (const kube::ServedKind& kind : discovery.kinds()) {
            kinds_.insert_or_assign({kind.kind.api_version(), kind.kind.kind}, kind.kind);
            if (!is_collected(kind)) continue;
            served.insert(id(kind.kind));
            start(kind, watches);
        }
        stop_unserved(served);
        look_at_awaiting();
        while (!ask_again_) co_await kinds_changed_.wait();
        co_await delay(settle);
    }
}

Task<> GarbageCollector::work() {
    while (auto key = co_await queue_.next()) {
        try {
            co_await visit(key->name);
            queue_.forget(*key);
        } catch (const Cancelled&) {
            throw;
        } catch (const Error&) {
            // A conflict or a server that is away: what is seen next time may differ.
            queue_.add_after_failure(*key);
        }
        queue_.done(*key);
    }
}

Task<> GarbageCollector::run() {
    Scope scope(co_await context());
    scope.spawn(follow_kinds());
    scope.spawn(work());
    co_await scope.join();
}

}  // namespace mizzen::controllers
