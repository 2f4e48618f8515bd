// SPDX-License-Identifier: Apache-2.0
// Informer<K>: a Store that a Watcher keeps current, and that tells others of each change. One per kind, shared
// (Manager::informer).
#pragma once
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "mizzen/async/event.hpp"
#include "mizzen/kube/client/object_codec.hpp"
#include "mizzen/kube/client/write_observer.hpp"
#include "mizzen/kube/runtime/runtime_metrics.hpp"
#include "mizzen/kube/runtime/store.hpp"
#include "mizzen/kube/runtime/watcher.hpp"

namespace mizzen::kube {

// What is known of an informer without its type.
class AnyInformer : protected WatchSink {
  public:
    AnyInformer(Client& client, request::Target target, WatcherOptions options, CacheMetrics metrics = {});
    ~AnyInformer() override;

    // Runs until cancelled.
    Task<> run();
    // Until the first state is complete.
    Task<> synced() { co_await first_.wait(); }
    bool is_synced() const { return first_.is_open(); }
    // False while the server does not know the kind.
    bool is_served() const { return served_; }
    // The newest version it has seen, as a number; 0 at first.
    std::uint64_t revision() const { return revision_; }
    // Waits until it has seen the write, at most `bound`; false if that passed first.
    Task<bool> sees(Written write, Duration bound);
    const DynamicKind& kind() const { return target_.kind; }

    // Numbers for metrics.
    struct Numbers {
        std::uint64_t events = 0;
        std::uint64_t lists = 0;
        std::uint64_t failures = 0;
        std::uint64_t unreadable = 0;
        Time last_heard = {};  // of the server: a growing age is a stale cache
    };
    const Numbers& numbers() const { return numbers_; }
    // The last failure, "" after the next success.
    const std::string& problem() const { return problem_; }

    // `object` as it reads once it is held here: members that the cache does not keep are gone.
    virtual json::Value as_held(json::Value object) const = 0;
    // The object as JSON, null if there is none.
    virtual json::Value find_value(const ObjectKey& key) const = 0;
    virtual const ObjectMeta* find_metadata(const ObjectKey& key) const = 0;
    virtual std::vector<const ObjectMeta*> owned_by(std::string_view uid) const = 0;
    virtual std::size_t size() const = 0;

  protected:
    // Wakes those who wait in sees().
    void saw(std::string_view resource_version);
    bool in_first_list() const { return !first_.is_open(); }

    void listing() override;
    void listed() override;
    void reached(std::string_view resource_version) override;
    void not_served() override;
    void failed(const Error& error) override;
    void count_event();
    void count_objects() { metrics_.objects.set(static_cast<double>(size())); }

  private:
    void heard();

    Client& client_;
    request::Target target_;
    WatcherOptions options_;
    Latch first_;
    mizzen::Event moved_;
    bool served_ = true;
    bool in_list_ = false;
    std::uint64_t revision_ = 0;
    Numbers numbers_;
    CacheMetrics metrics_;
    std::string problem_;
};

template <AnyKind K>
class Informer final : public AnyInformer {
  public:
    // Before and after: no `before` for a new object, no `after` for one that is gone, whose last state has the version
    // of its removal. `initial` during the first list.
    using Handler = std::function<void(const K* before, const K* after, bool initial)>;

    using AnyInformer::AnyInformer;
    // Removes from each object what nobody here reads, before it is stored. Before run().
    void trim(std::function<void(K&)> fn) { trim_ = std::move(fn); }
    // Called for each change from now on, and at once for what is already there.
    void on_change(Handler handler);

    const Store<K>& store() const { return store_; }
    Store<K>& store() { return store_; }

    json::Value as_held(json::Value object) const override;
    json::Value find_value(const ObjectKey& key) const override;
    const ObjectMeta* find_metadata(const ObjectKey& key) const override;
    std::vector<const ObjectMeta*> owned_by(std::string_view uid) const override;
    std::size_t size() const override { return store_.size(); }

  private:
    void listing() override;
    std::string changed(std::string_view object) override;
    std::string removed(std::string_view object) override;
    void listed() override;
    void not_served() override;
    K held(K object) const;
    void tell(const K* before, const K* after);

    Store<K> store_;
    std::function<void(K&)> trim_;
    std::vector<Handler> handlers_;
};

}  // namespace mizzen::kube

#include "mizzen/kube/runtime/informer_detail.hpp"
