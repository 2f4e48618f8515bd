// SPDX-License-Identifier: Apache-2.0
// Implements token_key.hpp with OpenSSL.
#include "mizzen/apiserver/auth/token_key.hpp"

#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/ecdsa.h>
#include <openssl/evp.h>
#include <openssl/x509.h>

#include "mizzen/base/base64.hpp"
#include "mizzen/base/digest.hpp"
#include "mizzen/base/error.hpp"
#include "mizzen/base/secret.hpp"
#include "mizzen/json/json.hpp"
#include "mizzen/net/detail/private_key.hpp"

namespace mizzen::apiserver {
namespace {

constexpr std::size_t coordinate_bytes = 32;  // of P-256

template <class T, void (*free)(T*)>
struct Free {
    void operator()(T* p) const { free(p); }
};
using Key = std::unique_ptr<EVP_PKEY, Free<EVP_PKEY, EVP_PKEY_free>>;
using DigestContext = std::unique_ptr<EVP_MD_CTX, Free<EVP_MD_CTX, EVP_MD_CTX_free>>;
using Number = std::unique_ptr<BIGNUM, Free<BIGNUM, BN_free>>;
using Signature = std::unique_ptr<ECDSA_SIG, Free<ECDSA_SIG, ECDSA_SIG_free>>;

[[noreturn]] void fail(const char* what) { throw Error(ErrorKind::bug, std::string("OpenSSL failed while ") + what); }

const unsigned char* bytes_of(std::string_view text) { return reinterpret_cast<const unsigned char*>(text.data()); }
unsigned char* bytes_of(std::string& text) { return reinterpret_cast<unsigned char*>(text.data()); }

Key read_key(const std::string& pem) {
    Key key(net::detail::read_private_key(pem).release());
    bool usable = key && (EVP_PKEY_is_a(key.get(), "RSA") ||
                          (EVP_PKEY_is_a(key.get(), "EC") && EVP_PKEY_get_bits(key.get()) == 256));
    if (!usable)
        throw Error(ErrorKind::invalid,
                    "the service account signing key must be a PEM private key of RSA or ECDSA P-256");
    return key;
}

// JWS wants r and s side by side, OpenSSL gives and takes DER.
std::string raw_signature(std::string_view der) {
    const unsigned char* at = bytes_of(der);
    Signature signature(d2i_ECDSA_SIG(nullptr, &at, static_cast<long>(der.size())));
    if (!signature) fail("reading a signature");
    std::string out(2 * coordinate_bytes, '\0');
    BN_bn2binpad(ECDSA_SIG_get0_r(signature.get()), bytes_of(out), coordinate_bytes);
    BN_bn2binpad(ECDSA_SIG_get0_s(signature.get()), bytes_of(out) + coordinate_bytes, coordinate_bytes);
    return out;
}

std::string der_signature(std::string_view raw) {
    if (raw.size() != 2 * coordinate_bytes) return "";
    Signature signature(ECDSA_SIG_new());
    Number r(BN_bin2bn(bytes_of(raw), coordinate_bytes, nullptr)),
        s(BN_bin2bn(bytes_of(raw) + coordinate_bytes, coordinate_bytes, nullptr));
    ECDSA_SIG_set0(signature.get(), r.release(), s.release());
    std::string out(static_cast<std::size_t>(i2d_ECDSA_SIG(signature.get(), nullptr)), '\0');
    unsigned char* at = bytes_of(out);
    i2d_ECDSA_SIG(signature.get(), &at);
    return out;
}

std::string number_text(EVP_PKEY* key, const char* name, int pad_to) {
    BIGNUM* raw = nullptr;
    if (!EVP_PKEY_get_bn_param(key, name, &raw)) fail("reading a public key");
    Number number(raw);
    std::string out(static_cast<std::size_t>(std::max(pad_to, BN_num_bytes(raw))), '\0');
    BN_bn2binpad(raw, bytes_of(out), static_cast<int>(out.size()));
    return to_base64_url(out);
}

std::string public_key_der(EVP_PKEY* key) {
    std::string out(static_cast<std::size_t>(i2d_PUBKEY(key, nullptr)), '\0');
    unsigned char* at = bytes_of(out);
    i2d_PUBKEY(key, &at);
    return out;
}

}  // namespace

struct TokenKey::Parts {
    Key key;
    bool is_rsa = false;
    std::string id;      // the key id: a digest of the public key
    std::string header;  // encoded

    std::string sign(std::string_view text) const {
        DigestContext context(EVP_MD_CTX_new());
        std::size_t size = 0;
        if (EVP_DigestSignInit(context.get(), nullptr, EVP_sha256(), nullptr, key.get()) != 1 ||
            EVP_DigestSign(context.get(), nullptr, &size, bytes_of(text), text.size()) != 1)
            fail("preparing a signature");
        std::string out(size, '\0');
        if (EVP_DigestSign(context.get(), bytes_of(out), &size, bytes_of(text), text.size()) != 1)
            fail("signing a token");
        out.resize(size);
        return is_rsa ? out : raw_signature(out);
    }

    bool is_signed(std::string_view text, std::string_view signature) const {
        std::string der = is_rsa ? std::string(signature) : der_signature(signature);
        DigestContext context(EVP_MD_CTX_new());
        return !der.empty() && EVP_DigestVerifyInit(context.get(), nullptr, EVP_sha256(), nullptr, key.get()) == 1 &&
               EVP_DigestVerify(context.get(), bytes_of(der), der.size(), bytes_of(text), text.size()) == 1;
    }
};

TokenKey::TokenKey(std::string pem) : pem_(std::move(pem)) {
    if (!pem_.empty()) parts();
}
TokenKey::~TokenKey() { wipe(pem_); }

TokenKey::Parts& TokenKey::parts() {
    if (parts_) return *parts_;
    auto made = std::make_unique<Parts>();
    made->key = pem_.empty() ? Key(EVP_EC_gen("P-256")) : read_key(pem_);
    if (!made->key) fail("making a key");
    made->is_rsa = EVP_PKEY_is_a(made->key.get(), "RSA");
    made->id = to_base64_url(sha256(public_key_der(made->key.get())));
    made->header =
        to_base64_url(json::to_json(json::Object{{"alg", made->is_rsa ? "RS256" : "ES256"}, {"kid", made->id}}));
    parts_ = std::move(made);
    return *parts_;
}

std::string TokenKey::sign(const json::Value& claims) {
    std::string text = parts().header + "." + to_base64_url(json::to_json(claims));
    return text + "." + to_base64_url(parts().sign(text));
}

std::optional<json::Value> TokenKey::open(std::string_view token) {
    std::size_t first = token.find('.'), last = token.rfind('.');
    if (first == std::string_view::npos || first == last) return std::nullopt;
    std::optional<std::string> header = from_base64_url(token.substr(0, first)),
                               claims = from_base64_url(token.substr(first + 1, last - first - 1));
    std::optional<std::string> signature = from_base64_url(token.substr(last + 1));
    if (!header || !claims || !signature) return std::nullopt;
    try {
        // The algorithm is that of the key, never one that the token names.
        if (json::parse(*header).text("alg") != (parts().is_rsa ? "RS256" : "ES256")) return std::nullopt;
        if (!parts().is_signed(token.substr(0, last), *signature)) return std::nullopt;
        return json::parse(*claims);
    } catch (const Error& e) {
        if (e.kind() != ErrorKind::invalid) throw;
        return std::nullopt;
    }
}

json::Value TokenKey::key_set() {
    Parts& p = parts();
    json::Object key{
        {"alg", p.is_rsa ? "RS256" : "ES256"}, {"kid", p.id}, {"kty", p.is_rsa ? "RSA" : "EC"}, {"use", "sig"}};
    if (p.is_rsa) {
        key.set("n", number_text(p.key.get(), OSSL_PKEY_PARAM_RSA_N, 0));
        key.set("e", number_text(p.key.get(), OSSL_PKEY_PARAM_RSA_E, 0));
    } else {
        key.set("crv", "P-256");
        key.set("x", number_text(p.key.get(), OSSL_PKEY_PARAM_EC_PUB_X, coordinate_bytes));
        key.set("y", number_text(p.key.get(), OSSL_PKEY_PARAM_EC_PUB_Y, coordinate_bytes));
    }
    return json::Object{{"keys", json::Array{std::move(key)}}};
}

}  // namespace mizzen::apiserver
