// SPDX-License-Identifier: Apache-2.0
// Certificates of peers, in words.
#include "mizzen/net/detail/tls_peer.hpp"

#include <arpa/inet.h>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>

#include "mizzen/base/time.hpp"

namespace mizzen::net::detail {

namespace {

std::string text_of(const ASN1_STRING* s) {
    return {reinterpret_cast<const char*>(ASN1_STRING_get0_data(s)), static_cast<std::size_t>(ASN1_STRING_length(s))};
}

std::string time_of(const ASN1_TIME* time) {
    std::tm tm{};
    ASN1_TIME_to_tm(time, &tm);
    return to_rfc3339(WallTime(std::chrono::seconds(timegm(&tm))));
}

std::string name_of(const GENERAL_NAME& name) {
    if (name.type == GEN_DNS) return text_of(name.d.dNSName);
    if (name.type != GEN_IPADD) return "";
    const ASN1_OCTET_STRING* ip = name.d.iPAddress;
    char buffer[INET6_ADDRSTRLEN];
    const int family = ASN1_STRING_length(ip) == 4 ? AF_INET : AF_INET6;
    return inet_ntop(family, ASN1_STRING_get0_data(ip), buffer, sizeof buffer) ? buffer : "";
}

std::string one_line(X509_NAME* name) {
    BIO* bio = BIO_new(BIO_s_mem());
    X509_NAME_print_ex(bio, name, 0, XN_FLAG_RFC2253 & ~ASN1_STRFLGS_ESC_MSB);
    char* text = nullptr;
    const long size = BIO_get_mem_data(bio, &text);
    std::string out(text, static_cast<std::size_t>(size));
    BIO_free(bio);
    return out;
}

std::string detail_of(int code, X509* certificate) {
    if (!certificate) return "";
    switch (code) {
        case X509_V_ERR_CERT_HAS_EXPIRED:
            return time_of(X509_get0_notAfter(certificate));
        case X509_V_ERR_CERT_NOT_YET_VALID:
            return time_of(X509_get0_notBefore(certificate));
        case X509_V_ERR_HOSTNAME_MISMATCH:
        case X509_V_ERR_IP_ADDRESS_MISMATCH: {
            std::string out;
            for (const auto& name : names_of(certificate)) out += (out.empty() ? "" : ", ") + name;
            return out.empty() ? "no name at all" : out;
        }
        default:
            return one_line(X509_get_issuer_name(certificate));
    }
}

}  // namespace

int Refusal::verify(int ok, X509_STORE_CTX* store) {
    if (ok) return 1;
    auto* ssl = static_cast<SSL*>(X509_STORE_CTX_get_ex_data(store, SSL_get_ex_data_X509_STORE_CTX_idx()));
    auto& refusal = *static_cast<Refusal*>(SSL_get_app_data(ssl));
    if (refusal.code == 0) {
        refusal.code = X509_STORE_CTX_get_error(store);
        refusal.detail = detail_of(refusal.code, X509_STORE_CTX_get_current_cert(store));
    }
    return 0;
}

Error refused(const Refusal& refusal, const std::string& other, const std::string& asked_for) {
    const std::string subject = "the certificate of " + other;
    auto denied = [](std::string text) { return Error(ErrorKind::denied, std::move(text)); };
    switch (refusal.code) {
        case X509_V_ERR_CERT_HAS_EXPIRED:
            return denied(subject + " expired at " + refusal.detail + ": renew it, or correct this machine's clock");
        case X509_V_ERR_CERT_NOT_YET_VALID:
            return denied(subject + " is not valid before " + refusal.detail +
                          ": correct this machine's clock, or wait");
        case X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY:
        case X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT:
        case X509_V_ERR_UNABLE_TO_VERIFY_LEAF_SIGNATURE:
        case X509_V_ERR_DEPTH_ZERO_SELF_SIGNED_CERT:
        case X509_V_ERR_SELF_SIGNED_CERT_IN_CHAIN:
        case X509_V_ERR_CERT_SIGNATURE_FAILURE:
            return denied(subject + " was issued by an unknown authority (" + refusal.detail +
                          "): trust its CA certificate, or use another");
        case X509_V_ERR_HOSTNAME_MISMATCH:
        case X509_V_ERR_IP_ADDRESS_MISMATCH:
            return denied(subject + " is for " + refusal.detail + ", not for " + asked_for +
                          ": use one of those names");
        default:
            return denied(subject + " is refused: " + X509_verify_cert_error_string(refusal.code));
    }
}

Error broken(const std::string& other, bool in_handshake) {
    const unsigned long code = ERR_peek_error();
    ERR_clear_error();
    const char* text = ERR_reason_error_string(code);
    const std::string reason = text ? text : "the connection was closed";
    switch (ERR_GET_REASON(code)) {
        case SSL_R_TLSV1_ALERT_UNKNOWN_CA:
        case SSL_R_SSLV3_ALERT_BAD_CERTIFICATE:
        case SSL_R_SSLV3_ALERT_UNSUPPORTED_CERTIFICATE:
        case SSL_R_SSLV3_ALERT_CERTIFICATE_EXPIRED:
        case SSL_R_SSLV3_ALERT_CERTIFICATE_REVOKED:
        case SSL_R_SSLV3_ALERT_CERTIFICATE_UNKNOWN:
            return Error(ErrorKind::denied, other + " refuses our certificate: " + reason);
        case SSL_R_TLSV13_ALERT_CERTIFICATE_REQUIRED:
        case SSL_R_PEER_DID_NOT_RETURN_A_CERTIFICATE:
            return Error(ErrorKind::denied, "the TLS connection with " + other + " needs a client certificate");
        case SSL_R_WRONG_VERSION_NUMBER:
        case SSL_R_HTTP_REQUEST:
            return Error(ErrorKind::retry, other + " does not speak TLS");
        default:
            break;
    }
    return Error(ErrorKind::retry,
                 (in_handshake ? "no TLS with " : "TLS with ") + other + (in_handshake ? ": " : " broke: ") + reason);
}

std::vector<std::string> names_of(X509* certificate) {
    std::vector<std::string> out;
    auto* names = static_cast<GENERAL_NAMES*>(X509_get_ext_d2i(certificate, NID_subject_alt_name, nullptr, nullptr));
    for (int i = 0; i < sk_GENERAL_NAME_num(names); ++i) {
        std::string name = name_of(*sk_GENERAL_NAME_value(names, i));
        if (!name.empty()) out.push_back(std::move(name));
    }
    GENERAL_NAMES_free(names);
    return out;
}

void read_subject(Peer& peer, X509* certificate) {
    peer.has_certificate = true;
    X509_NAME* subject = X509_get_subject_name(certificate);
    for (int i = 0; i < X509_NAME_entry_count(subject); ++i) {
        const X509_NAME_ENTRY* entry = X509_NAME_get_entry(subject, i);
        const int kind = OBJ_obj2nid(X509_NAME_ENTRY_get_object(entry));
        unsigned char* utf8 = nullptr;
        const int size = ASN1_STRING_to_UTF8(&utf8, X509_NAME_ENTRY_get_data(entry));
        if (size < 0) continue;
        std::string text(reinterpret_cast<char*>(utf8), static_cast<std::size_t>(size));
        OPENSSL_free(utf8);
        if (kind == NID_commonName) peer.common_name = text;
        if (kind == NID_organizationName) peer.organizations.push_back(text);
    }
}

}  // namespace mizzen::net::detail
