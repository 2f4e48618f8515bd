// SPDX-License-Identifier: Apache-2.0
// ApiCalls: the part of Api<K> that does not depend on K; it speaks JSON text.
#pragma once
#include <string>
#include <string_view>

#include "mizzen/kube/client/client.hpp"
#include "mizzen/kube/client/request.hpp"
#include "mizzen/kube/client/write_observer.hpp"

namespace mizzen::kube {

// One page of a list, as text.
struct RawList {
    Bytes body;
    std::vector<std::string_view> items;  // into body
    std::string resource_version;
    std::string next;
    std::int64_t remaining = 0;
};

// The scale of a workload (autoscaling/v1 Scale).
struct Replicas {
    int wanted = 0;
    int current = 0;
    std::string selector;  // of its pods
};

// Reads a Scale.
Replicas read_scale(std::string_view body);

class ApiCalls {
  public:
    ApiCalls(Client& client, request::Target target, WriteObserver* observer)
        : client_(client), target_(std::move(target)), observer_(observer) {}

    // Errors carry "while <doing> Deployment shop/api".
    Task<std::string> read(std::string_view doing, std::string name, net::Request request) const;
    // As read; the object that comes back is reported to the observer.
    Task<std::string> write(std::string_view doing, ObjectKey key, net::Request request) const;
    Task<RawList> page(ListOptions options) const;
    Task<> remove(ObjectKey key, RemoveOptions options) const;
    Task<> remove_all(ListOptions which, RemoveOptions options) const;

    Client& client() const { return client_; }
    const request::Target& target() const { return target_; }
    WriteObserver* observer() const { return observer_; }
    // `options` with the client's field manager where none is given.
    template <class Options>
    Options managed(Options options) const {
        if (options.field_manager.empty()) options.field_manager = client_.field_manager();
        return options;
    }

  private:
    Client& client_;
    request::Target target_;
    WriteObserver* observer_;
};

}  // namespace mizzen::kube
