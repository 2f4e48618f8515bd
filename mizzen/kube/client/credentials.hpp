// SPDX-License-Identifier: Apache-2.0
// TokenSource: where bearer tokens come from, and come from again when they change.
#pragma once
#include <filesystem>
#include <memory>
#include <string>

#include "mizzen/async/loop.hpp"

namespace mizzen::kube {

class TokenSource {
  public:
    virtual ~TokenSource() = default;
    // A token that should work now. Throws Error(denied) if there is none.
    virtual Task<std::string> token() = 0;
    // The server refused `token` (401): the next one should be fresh. False if it would be the same again.
    virtual bool refused() { return false; }
};

// Always the same.
std::unique_ptr<TokenSource> fixed_token(std::string token);
// The first line of a file, read again each minute: projected service-account tokens are replaced before they expire.
std::unique_ptr<TokenSource> token_file(Loop& loop, std::filesystem::path path);

}  // namespace mizzen::kube
