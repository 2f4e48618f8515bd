// SPDX-License-Identifier: Apache-2.0
// Client: calls to one Vault or OpenBao, as one identity, in one namespace.
#pragma once
#include <memory>
#include <string>

#include "mizzen/async/loop.hpp"
#include "mizzen/base/backoff.hpp"
#include "mizzen/net/http.hpp"
#include "mizzen/telemetry/instrumentation.hpp"
#include "mizzen/vault/client/answer.hpp"
#include "mizzen/vault/client/call.hpp"
#include "mizzen/vault/client/token.hpp"

namespace mizzen::vault {

class Servers;

struct Retries {
    int tries = 3;  // In all; 1 never repeats.
    Backoff wait = {.first = std::chrono::seconds(1), .most = std::chrono::seconds(5), .jitter = Backoff::Jitter::full};
    // A server's Retry-After is honoured up to this; what asks for more fails at once.
    Duration longest_retry_after = std::chrono::seconds(30);
};

struct ClientOptions {
    std::string name_space = {};  // "team/shop"; "": the root namespace.
    Retries retries = {};
    Duration timeout = std::chrono::seconds(60);  // Of a call, its repetitions included.
    double calls_per_second = 0;                  // 0: no limit. Calls wait for their turn.
    std::size_t burst = 1;                        // So many at once before that limit holds.
    std::string user_agent = "mizzen";
    std::size_t longest_answer = std::size_t{32} << 20;
    telemetry::Instrumentation telemetry = {};
};

// Repeats what may be repeated, follows one redirect within the cluster, logs in again once when its token has died. A
// 403 with a living token names the capability that is missing. A handle: copies share limits and metrics. `servers`,
// `identity` and `loop` outlive it. One loop, one thread.
class Client {
  public:
    Client(Loop& loop, Servers& servers, TokenSource& identity, ClientOptions options = {});

    // Throws VaultError; Error(retry) if no server could be reached in time, Error(denied) for a certificate that is
    // not trusted, Error(invalid) for a call that cannot be sent or an answer that cannot be read, Cancelled.
    Task<Answer> call(Call call) const;

    // The same servers, identity and limits in another namespace: its full name from the root on.
    Client in(std::string name_space) const;

    Loop& loop() const;
    const std::string& name_space() const { return name_space_; }

  private:
    struct Shared;
    class Attempt;
    std::shared_ptr<Shared> shared_;
    std::string name_space_;
};

}  // namespace mizzen::vault
