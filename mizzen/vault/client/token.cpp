// SPDX-License-Identifier: Apache-2.0
#include "mizzen/vault/client/token.hpp"

#include "mizzen/base/error.hpp"
#include "mizzen/base/files.hpp"
#include "mizzen/base/text.hpp"

namespace mizzen::vault {

Task<Secret> TokenFile::token() {
    std::string text;
    try {
        text = read_file(path_);
    } catch (const Error& error) {
        throw Error(ErrorKind::denied, "there is no Vault token: " + error.message() +
                                           "; log in with `mizzen vault login`, or set VAULT_TOKEN");
    }
    Secret out{std::string(trim(text))};
    wipe(text);
    if (out.empty())
        throw Error(ErrorKind::denied,
                    "there is no Vault token in " + path_ + ": it is empty; log in with `mizzen vault login`");
    co_return out;
}

Task<bool> TokenFile::replace(const Secret& token) {
    const Secret now = co_await this->token();
    co_return !(now == token);
}

}  // namespace mizzen::vault
