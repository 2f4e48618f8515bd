// SPDX-License-Identifier: Apache-2.0
// Where a client gets its token from: TokenSource.
#pragma once
#include <string>

#include "mizzen/async/task.hpp"
#include "mizzen/base/secret.hpp"

namespace mizzen::vault {

// One identity. Many clients and tasks may share it; it logs in once for all of them.
class TokenSource {
  public:
    virtual ~TokenSource() = default;
    // The token to send. May log in first. Throws what the login threw.
    virtual Task<Secret> token() = 0;
    // The server does not take `token` any more. True if there is another one by now, or will be with the next token().
    virtual Task<bool> replace(const Secret& token) = 0;
};

// A token that somebody else looks after.
class FixedToken final : public TokenSource {
  public:
    explicit FixedToken(Secret token) : token_(std::move(token)) {}
    Task<Secret> token() override { co_return token_; }
    Task<bool> replace(const Secret&) override { co_return false; }

  private:
    Secret token_;
};

// The file that an agent or `mizzen vault login` wrote; read for each call, so a new token is seen at once. Spaces and
// line ends around it are not part of it.
class TokenFile final : public TokenSource {
  public:
    explicit TokenFile(std::string path) : path_(std::move(path)) {}
    // Throws Error(denied) if the file is missing or empty: it says how to log in.
    Task<Secret> token() override;
    Task<bool> replace(const Secret& token) override;

  private:
    std::string path_;
};

}  // namespace mizzen::vault
