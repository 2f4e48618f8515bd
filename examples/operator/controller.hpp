// SPDX-License-Identifier: Apache-2.0
// The controller that keeps every Cache: a Deployment of memcached, a Service, and a status.
#pragma once
#include "examples/operator/cache.hpp"
#include "mizzen/json/value.hpp"
#include "mizzen/kube/client/client.hpp"
#include "mizzen/kube/runtime/controller.hpp"
#include "mizzen/kube/schema/kinds/apps.hpp"
#include "mizzen/kube/schema/kinds/core.hpp"

namespace example {

// What a Cache becomes. `metadata` has the name, the namespace and the owner. Pure.
mizzen::kube::Deployment deployment(const Cache& cache, mizzen::kube::ObjectMeta metadata);
mizzen::kube::Service service(mizzen::kube::ObjectMeta metadata);

// How the cache stands; `seen` is its Deployment, nullptr while there is none. Pure.
mizzen::kube::Outcome assess(const Cache& cache, const mizzen::kube::Deployment* seen, CacheStatus& status);

mizzen::kube::Controller<Cache> cache_controller();

// The CustomResourceDefinition, as `kubectl apply` would take it.
mizzen::json::Value cache_crd();
// Applies the definition and waits until caches can be listed.
mizzen::Task<> install_cache_crd(mizzen::kube::Client& client);

}  // namespace example
