// SPDX-License-Identifier: Apache-2.0
// TestServer: an ApiServer in simulated time, and requests to it in one line each.
#pragma once
#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "mizzen/apiserver/api_server.hpp"
#include "mizzen/async/simulated_loop.hpp"
#include "mizzen/json/json.hpp"

namespace mizzen::apiserver {

// An answer, read to its end.
struct Answer {
    int status = 0;
    net::Headers headers = {};
    std::string text = {};

    json::Value json() const { return text.empty() ? json::Value() : json::parse(text); }
    std::string reason() const { return std::string(json().text("reason")); }
    std::string message() const { return std::string(json().text("message")); }
    std::string at(std::initializer_list<std::string_view> path) const { return std::string(json().text(path)); }
};

// A watch that is open: events are taken from it one by one.
class OpenWatch {
  public:
    OpenWatch(SimulatedLoop& loop, net::Body body) : loop_(loop), body_(std::move(body)) {}

    // The next event within `patience` of simulated time, or null if none came or the watch has ended.
    json::Value next(Duration patience = std::chrono::seconds(1));
    // "ADDED a", "BOOKMARK", "ERROR 410" …: all that come within `patience`, in short.
    std::vector<std::string> all(Duration patience = std::chrono::seconds(1));
    bool ended() const { return ended_; }

  private:
    SimulatedLoop& loop_;
    net::Body body_;
    std::string buffered_;
    bool ended_ = false;
};

using HeaderList = std::initializer_list<std::pair<std::string, std::string>>;

class TestServer {
  public:
    explicit TestServer(Options options = {}, std::uint64_t seed = 1);

    SimulatedLoop& loop() { return loop_; }
    ApiServer& server() { return *server_; }

    // As a member of system:masters unless as() says otherwise.
    Answer get(std::string target, HeaderList headers = {}) { return send("GET", std::move(target), "", headers); }
    Answer post(std::string target, std::string body, HeaderList headers = {}) {
        return send("POST", std::move(target), std::move(body), headers);
    }
    Answer put(std::string target, std::string body, HeaderList headers = {}) {
        return send("PUT", std::move(target), std::move(body), headers);
    }
    Answer remove(std::string target, std::string body = "", HeaderList headers = {}) {
        return send("DELETE", std::move(target), std::move(body), headers);
    }
    Answer merge(std::string target, std::string patch) {
        return send("PATCH", std::move(target), std::move(patch), {{"content-type", "application/merge-patch+json"}});
    }
    Answer apply(std::string target, std::string config) {
        return send("PATCH", std::move(target), std::move(config), {{"content-type", "application/apply-patch+yaml"}});
    }
    Answer send(std::string method, std::string target, std::string body, HeaderList headers = {});
    OpenWatch watch(std::string target, HeaderList headers = {});

    // Who sends the requests from now on: a client certificate.
    void as(std::string user, std::vector<std::string> groups) {
        peer_ = {.address = "test",
                 .has_certificate = true,
                 .common_name = std::move(user),
                 .organizations = std::move(groups)};
    }
    void as_nobody() { peer_ = {}; }
    void as_admin() { as("admin", {"system:masters"}); }

  private:
    net::Response start(std::string method, std::string target, std::string body, HeaderList headers);

    SimulatedLoop loop_;
    std::unique_ptr<ApiServer> server_;
    net::Peer peer_;
};

// The JSON of a ConfigMap with one key.
std::string config_map(std::string_view name, std::string_view value = "1", std::string_view labels = "{}");

inline const std::string config_maps = "/api/v1/namespaces/default/configmaps";

}  // namespace mizzen::apiserver
