// SPDX-License-Identifier: Apache-2.0
// One call until it is answered or given up: token, turn, server, repetition.
#pragma once
#include <optional>
#include <string>

#include "mizzen/telemetry/trace/span.hpp"
#include "mizzen/vault/client/detail/shared.hpp"
#include "mizzen/vault/client/error.hpp"
#include "mizzen/vault/client/servers.hpp"

namespace mizzen::vault {

class Client::Attempt {
  public:
    Attempt(Shared& shared, const std::string& name_space, const Call& call, const telemetry::Span& span)
        : shared_(shared), name_space_(name_space), call_(call), span_(span) {}

    Task<Answer> run();
    // Whether a call that must not be repeated may have been carried out, its answer still to come.
    bool may_be_lost() const { return is_under_way_ && call_.repeat == Repeat::once; }
    VaultError lost(const std::string& why) const;

  private:
    // Why there is no answer yet.
    struct Failure {
        std::optional<VaultError> refused;
        std::optional<Error> silent;
        bool sent = true;
    };
    Task<Failure> try_once(std::optional<Answer>& answer);
    Task<Reply> exchange(const Call& call, Secret token);
    std::optional<Answer> read(const Reply& reply) const;
    VaultError refusal(const Reply& reply) const;
    // After a 403: true if the token had died and there is another one. Throws where asking again is of no use.
    Task<bool> logged_in_again(const VaultError& denied);
    // Waits until the next try. Throws where there is none.
    Task<> before_next(int failures, const Failure& failure);

    Shared& shared_;
    const std::string& name_space_;
    const Call& call_;
    const telemetry::Span& span_;
    Secret used_;
    bool is_under_way_ = false;
    bool examined_ = false;
};

}  // namespace mizzen::vault
