// SPDX-License-Identifier: Apache-2.0
// Requests as values: what each verb sends, without sending it (sans-I/O). Api uses these; so can code with a transport
// of its own.
#pragma once
#include <string>
#include <string_view>

#include "mizzen/kube/client/dynamic.hpp"
#include "mizzen/kube/client/object_key.hpp"
#include "mizzen/kube/client/options.hpp"
#include "mizzen/net/http.hpp"

namespace mizzen::kube::request {

// The resource that requests go to: a kind, in one namespace or in all.
struct Target {
    DynamicKind kind;
    std::string ns;  // "" is all namespaces, or a cluster-scoped kind

    // "/apis/apps/v1/namespaces/shop/deployments"
    std::string collection_path() const;
    // "/apis/apps/v1/namespaces/shop/deployments/api/scale". The namespace of `key` goes before the target's.
    // Throws Error(invalid) if there is no name, or no namespace where one is needed.
    std::string object_path(const ObjectKey& key, std::string_view subresource = {}) const;
};

net::Request get(const Target&, const ObjectKey&, const GetOptions& = {}, std::string_view subresource = {});
net::Request list(const Target&, const ListOptions&);
// `timeout_seconds` is what the server is told; WatchOptions::timeout is the caller's wish.
net::Request watch(const Target&, const WatchOptions&, int timeout_seconds);
// `ns` is the object's own namespace, or "" for the target's.
net::Request create(const Target&, std::string_view ns, std::string body, const WriteOptions&);
// POST to a subresource: eviction, binding, token.
net::Request post(const Target&, const ObjectKey&, std::string_view subresource, std::string body,
                  const WriteOptions& = {});
net::Request replace(const Target&, const ObjectKey&, std::string body, const WriteOptions&,
                     std::string_view subresource = {});
// Makes `object` fit for apply: fills apiVersion and kind, drops managedFields, which a request must not have. Gives
// its key.
ObjectKey prepare_apply(const Target&, json::Value& object);
net::Request apply(const Target&, const ObjectKey&, std::string body, const ApplyOptions&,
                   std::string_view subresource = {});
net::Request patch(const Target&, const ObjectKey&, const Patch&, const WriteOptions&,
                   std::string_view subresource = {});
net::Request remove(const Target&, const ObjectKey&, const RemoveOptions&);
net::Request remove_all(const Target&, const ListOptions&, const RemoveOptions&);

}  // namespace mizzen::kube::request
