// SPDX-License-Identifier: Apache-2.0
// TinyServer: just enough of an API server to test a controller alone: objects, versions, watches, patches, failures on
// demand. It admits everything and defaults nothing; tests of the whole use cluster/.
#pragma once
#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "mizzen/json/value.hpp"
#include "mizzen/kube/client/testing/script.hpp"
#include "mizzen/net/http.hpp"

namespace mizzen::kube::testing {

class TinyServer final : public net::Transport {
  public:
    Task<net::Response> send(net::Request request) override;

    // Does what a request would do, for tests that play another client. `path` as in
    // "/api/v1/namespaces/shop/configmaps/a".
    void put(const std::string& path, json::Value object);
    void patch(const std::string& path, const json::Value& merge);
    void remove(const std::string& path);
    // nullptr if there is none.
    const json::Value* find(const std::string& path) const;

    // Requests that were not GET and not about Events: "PATCH /api/v1/…\n"; cleared by reading.
    std::string take_writes();
    // All requests so far, reads too.
    int calls() const { return calls_; }
    // The n-th write from now (from 1) fails: before it takes effect, or after, its answer being lost.
    void fail_write(int n, bool after_effect) { fail_at_ = n, fail_late_ = after_effect; }
    // Ends all watches; the next ones find history gone if `forget`.
    void cut_watches(bool forget = false);
    // No sendInitialEvents: such a watch is refused as by an older server.
    bool streams_lists = true;
    // Collections that are not served: "/apis/demo.dev/v1/toys".
    std::vector<std::string> missing;
    // Watch events stay away until they are released: a cache that is behind.
    void hold_events() { held_ = true; }
    void release_events();

  private:
    struct Place {
        std::string group_version, ns, plural, name, subresource;
        std::string collection() const { return group_version + "/" + plural; }
    };
    struct Happened {
        std::uint64_t version;
        std::string type, collection, ns, object;
    };
    struct Watching {
        std::string collection, ns;
        std::uint64_t from;
        std::shared_ptr<Feed> feed;
    };
    static Place place_of(std::string_view path);
    static std::string id_of(const Place& place);
    net::Response answer(const net::Request& request, const Place& place);
    net::Response read(const Place& place) const;
    net::Response watch(const net::Request& request, const Place& place);
    net::Response write(const net::Request& request, Place place);
    net::Response create(Place place, json::Value object);
    net::Response change(const net::Request& request, const Place& place, const json::Value& body);
    net::Response destroy(const Place& place);
    json::Value store(const Place& place, json::Value object);
    void tell(std::string_view type, const Place& place, json::Value object);
    void deliver(Watching& watching);
    json::Value list(const Place& place) const;

    std::map<std::string, json::Value> objects_;  // by group version, plural, namespace and name
    std::map<std::string, Place> places_;
    std::vector<Happened> history_;
    std::vector<Watching> watches_;
    std::string writes_;
    std::uint64_t version_ = 100;
    std::uint64_t oldest_ = 0;
    int uids_ = 0;
    int calls_ = 0;
    int fail_at_ = 0;
    bool fail_late_ = false;
    bool held_ = false;
};

}  // namespace mizzen::kube::testing
