// SPDX-License-Identifier: Apache-2.0
// Client: a connection to one API server, as one user. Api<K> (api.hpp) has the verbs.
#pragma once
#include <memory>
#include <string>

#include "mizzen/async/loop.hpp"
#include "mizzen/base/backoff.hpp"
#include "mizzen/kube/client/credentials.hpp"
#include "mizzen/net/http.hpp"
#include "mizzen/telemetry/instrumentation.hpp"

namespace mizzen::kube {

struct RetryPolicy {
    int tries = 4;  // in all; 1 never repeats
    Backoff wait = {
        .first = std::chrono::milliseconds(500), .most = std::chrono::seconds(5), .jitter = Backoff::Jitter::equal};
    // A server's Retry-After is honoured up to this; what asks for more fails at once.
    Duration longest_retry_after = std::chrono::seconds(30);
};

struct ClientOptions {
    std::string default_namespace = "default";
    std::string field_manager = "mizzen";  // who owns the fields that this program writes
    std::string user_agent = "mizzen";
    RetryPolicy retry = {};
    Duration timeout = std::chrono::seconds(60);  // of one try; watches and streams have their own
    std::unique_ptr<TokenSource> token = {};      // sent as Authorization: Bearer
    net::Headers headers = {};                    // on every request, e.g. Impersonate-User
    std::size_t longest_answer = std::size_t{256} << 20;
    std::string host = "local";  // the API server's address, as traces and metrics show it
    // A span for each try, below the current one, whose context goes with the request; rest_client_* metrics.
    telemetry::Instrumentation telemetry = {};
};

// Sends requests: adds authentication and headers, repeats what may be repeated, turns refusals into ApiError.
//
// 429 is repeated for every verb, since the server did nothing; 503, 504, 500 with Retry-After and broken connections
// for verbs that do the same when done twice (GET, PUT, DELETE, merge and apply patches), never for POST. A 401 asks
// the token source for a new token, once. Outlives every Api, Watch and Manager on it. One loop, one thread.
class Client {
  public:
    Client(Loop& loop, std::unique_ptr<net::Transport> transport, ClientOptions options = {});
    // Borrows the transport, e.g. an in-process server's.
    Client(Loop& loop, net::Transport& transport, ClientOptions options = {});
    Client(const Client&) = delete;
    Client& operator=(const Client&) = delete;
    ~Client();

    // The whole answer to a request that must succeed. Throws ApiError, Error(retry) if no answer came, Cancelled.
    Task<std::string> call(net::Request request);
    // The head of the answer, whatever its status, with the body to come. Without repetition and deadline: for watches,
    // logs and exec.
    Task<net::Response> open(net::Request request);

    Loop& loop() const { return loop_; }
    const std::string& default_namespace() const { return options_.default_namespace; }
    const std::string& field_manager() const { return options_.field_manager; }

  private:
    Task<net::Response> send(const net::Request& request);
    Task<std::string> exchange(const net::Request& request);
    Task<std::string> exchange_in_time(const net::Request& request);

    Loop& loop_;
    std::unique_ptr<net::Transport> owned_;
    ClientOptions options_;
    std::unique_ptr<net::Transport> observed_;  // around the other; nullptr where nobody wants to know
    net::Transport& transport_;
};

}  // namespace mizzen::kube
