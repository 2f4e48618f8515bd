// SPDX-License-Identifier: Apache-2.0
// What all handles of one client share.
#pragma once
#include "mizzen/vault/client/client.hpp"
#include "mizzen/vault/client/detail/call_metrics.hpp"
#include "mizzen/vault/client/detail/turns.hpp"

namespace mizzen::vault {

struct Client::Shared {
    Shared(Loop& l, Servers& s, TokenSource& t, ClientOptions o)
        : loop(l),
          servers(s),
          identity(t),
          options(std::move(o)),
          turns(options.calls_per_second, options.burst),
          metrics(options.telemetry.registry ? options.telemetry.registry->make<detail::CallMetrics>()
                                             : detail::CallMetrics()) {}
    Loop& loop;
    Servers& servers;
    TokenSource& identity;
    ClientOptions options;
    detail::Turns turns;
    detail::CallMetrics metrics;
};

}  // namespace mizzen::vault
