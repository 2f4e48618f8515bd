// SPDX-License-Identifier: Apache-2.0
// What a certificate says about a peer, and why one was refused.
#pragma once
#include <string>
#include <vector>

#include "mizzen/base/error.hpp"
#include "mizzen/net/stream.hpp"

struct x509_st;
struct ssl_st;
struct x509_store_ctx_st;

namespace mizzen::net::detail {

// The first reason to refuse the peer's certificate, kept while the handshake fails.
struct Refusal {
    int code = 0;
    std::string detail;  // ready for a sentence: a date, names, an issuer
    // For SSL_set_verify; the connection's app data is the Refusal.
    static int verify(int ok, x509_store_ctx_st* store);
};

// "the certificate of 127.0.0.1:6443 expired at …: renew it". `asked_for`: the name that it should have been for.
Error refused(const Refusal& refusal, const std::string& other, const std::string& asked_for);
// The failure of a TLS call that was not about our view of the peer's certificate, from OpenSSL's error queue.
Error broken(const std::string& other, bool in_handshake);
// Fills in the subject.
void read_subject(Peer& peer, x509_st* certificate);
// The host names and addresses that it is for.
std::vector<std::string> names_of(x509_st* certificate);

}  // namespace mizzen::net::detail
