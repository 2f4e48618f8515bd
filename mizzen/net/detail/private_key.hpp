// SPDX-License-Identifier: Apache-2.0
// Private keys in PEM, as OpenSSL's objects. For .cpp files only.
#pragma once
#include <memory>
#include <string>

#include <openssl/evp.h>

namespace mizzen::net::detail {

struct FreeKey {
    void operator()(EVP_PKEY* key) const { EVP_PKEY_free(key); }
};
using PrivateKey = std::unique_ptr<EVP_PKEY, FreeKey>;

// Null if the text is no unencrypted private key; nobody is asked for a password.
PrivateKey read_private_key(const std::string& pem);

}  // namespace mizzen::net::detail
