// SPDX-License-Identifier: Apache-2.0
// Tokens from memory and from files.
#include "mizzen/kube/client/credentials.hpp"

#include <fstream>
#include <optional>

#include "mizzen/base/error.hpp"

namespace mizzen::kube {
namespace {

class FixedToken final : public TokenSource {
  public:
    explicit FixedToken(std::string token) : token_(std::move(token)) {}
    Task<std::string> token() override { co_return token_; }

  private:
    std::string token_;
};

class TokenFile final : public TokenSource {
  public:
    TokenFile(Loop& loop, std::filesystem::path path) : loop_(loop), path_(std::move(path)) {}

    Task<std::string> token() override {
        if (!read_at_ || loop_.now() - *read_at_ >= std::chrono::minutes(1)) read();
        co_return token_;
    }
    bool refused() override {
        std::string before = token_;
        read();
        return token_ != before;
    }

  private:
    void read() {
        std::ifstream file(path_);
        std::string line;
        std::getline(file, line);
        while (!line.empty() && (line.back() == '\r' || line.back() == ' ')) line.pop_back();
        // A file that is being replaced may be missing for a moment: the token at hand is still good then.
        if (line.empty() && token_.empty())
            throw Error(ErrorKind::denied, "no token in " + path_.string() + "; is the file there and readable?");
        if (!line.empty()) token_ = std::move(line);
        read_at_ = loop_.now();
    }

    Loop& loop_;
    std::filesystem::path path_;
    std::string token_;
    std::optional<Time> read_at_;
};

}  // namespace

std::unique_ptr<TokenSource> fixed_token(std::string token) { return std::make_unique<FixedToken>(std::move(token)); }

std::unique_ptr<TokenSource> token_file(Loop& loop, std::filesystem::path path) {
    return std::make_unique<TokenFile>(loop, std::move(path));
}

}  // namespace mizzen::kube
