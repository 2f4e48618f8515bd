// SPDX-License-Identifier: Apache-2.0
// Private keys in PEM, as OpenSSL's objects. For .cpp files only.
#pragma once
#include <memory>
#include <string>

struct evp_pkey_st;  // OpenSSL's EVP_PKEY

namespace mizzen::net::detail {

struct FreeKey {
    void operator()(evp_pkey_st* key) const;
};
using PrivateKey = std::unique_ptr<evp_pkey_st, FreeKey>;

// Null if the text is no unencrypted private key; nobody is asked for a password.
PrivateKey read_private_key(const std::string& pem);

}  // namespace mizzen::net::detail
