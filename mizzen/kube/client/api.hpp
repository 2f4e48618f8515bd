// SPDX-License-Identifier: Apache-2.0
// Api<K>: the verbs of one kind. `Api<Deployment> deployments(client, "shop"); auto d = co_await
// deployments.get("api");`
#pragma once
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "mizzen/kube/client/api_calls.hpp"
#include "mizzen/kube/client/api_error.hpp"
#include "mizzen/kube/client/object_codec.hpp"
#include "mizzen/kube/client/watch.hpp"

namespace mizzen::kube {

// `Api<Pod>(client, all_namespaces)`
struct AllNamespaces {};
inline constexpr AllNamespaces all_namespaces;

template <class K>
struct ObjectList {
    std::vector<K> items;
    std::string resource_version;  // of the state that the list shows
    std::string next;              // ListOptions::from of the next page; "" at the end
    std::int64_t remaining = 0;    // objects behind this page, if the server said
};

// Reads, writes and watches objects of kind K: a generated struct, a custom resource's struct, or Dynamic.
//
// All verbs throw ApiError when the server refuses, Error(retry) when it cannot be reached, Cancelled. A key's own
// namespace goes before the Api's. Cheap to make and to copy; the client must outlive it. Cancel-safe: a cancelled
// write may or may not have happened.
template <AnyKind K>
class Api {
  public:
    // In the client's default namespace; of a cluster-scoped kind: everywhere.
    explicit Api(Client& client)
        requires TypedKind<K>
        : Api(client, K::kind) {}
    Api(Client& client, std::string ns)
        requires TypedKind<K>
        : Api(client, K::kind, std::move(ns)) {}
    Api(Client& client, AllNamespaces)
        requires TypedKind<K>
        : Api(client, K::kind, all_namespaces) {}
    // The same for a kind known at run time.
    Api(Client& client, DynamicKind kind)
        : Api(client, kind, kind.namespaced ? client.default_namespace() : std::string()) {}
    Api(Client& client, DynamicKind kind, std::string ns) : calls_(client, {std::move(kind), std::move(ns)}, nullptr) {}
    Api(Client& client, DynamicKind kind, AllNamespaces) : calls_(client, {std::move(kind), {}}, nullptr) {}
    // Tells `observer` of each write.
    Api observed_by(WriteObserver& observer) const {
        return Api(ApiCalls(calls_.client(), calls_.target(), &observer));
    }

    // Reading.
    Task<K> get(ObjectKey key, GetOptions options = {}) const;
    // Nothing where get would throw not_found.
    Task<std::optional<K>> find(ObjectKey key, GetOptions options = {}) const;
    // All objects; the pages are fetched one after the other, or the whole at once where the pages expire meanwhile.
    Task<ObjectList<K>> list(ListOptions options = {}) const;
    // One page.
    Task<ObjectList<K>> page(ListOptions options) const;
    Task<Watch<K>> watch(WatchOptions options = {}) const;

    // Writing. Each gives the object as it is stored now.
    Task<K> create(K object, WriteOptions options = {}) const;
    // Replaces the whole object. With metadata.resourceVersion of the object read before: a conflict if it changed
    // since.
    Task<K> replace(K object, WriteOptions options = {}) const;
    // Server-side apply: the fields given become ours, fields that we gave before and no longer give are removed.
    [[clang::coro_wrapper]] Task<K> apply(K object, ApplyOptions options = {}) const;
    Task<K> apply(json::Value object, ApplyOptions options = {}) const;
    Task<K> patch(ObjectKey key, Patch patch, WriteOptions options = {}) const;

    // Asks for removal; finalizers and grace periods may keep the object for a while. Throws not_found.
    [[clang::coro_wrapper]] Task<> remove(ObjectKey key, RemoveOptions options = {}) const;
    [[clang::coro_wrapper]] Task<> remove_all(ListOptions which, RemoveOptions options = {}) const;

    // The same writes on the status alone; the rest of the object is ignored by the server.
    Task<K> replace_status(K object, WriteOptions options = {}) const;
    Task<K> apply_status(json::Value object, ApplyOptions options = {}) const;
    Task<K> patch_status(ObjectKey key, Patch patch, WriteOptions options = {}) const;

    // The scale subresource.
    Task<Replicas> scale(ObjectKey key) const;
    Task<Replicas> set_scale(ObjectKey key, int replicas, WriteOptions options = {}) const;
    // POST to a subresource ("eviction", "binding", "token") and what came back.
    Task<json::Value> post(ObjectKey key, std::string subresource, json::Value body, WriteOptions options = {}) const;

    Client& client() const { return calls_.client(); }
    const request::Target& target() const { return calls_.target(); }

  private:
    explicit Api(ApiCalls calls) : calls_(std::move(calls)) {}
    ApiCalls calls_;
};

}  // namespace mizzen::kube

#include "mizzen/kube/client/api_verbs.hpp"
