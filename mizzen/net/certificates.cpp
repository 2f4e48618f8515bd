// SPDX-License-Identifier: Apache-2.0
// Making X.509 certificates (RFC 5280) with OpenSSL.
#include "mizzen/net/certificates.hpp"

#include <arpa/inet.h>
#include <openssl/ec.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/x509v3.h>

#include <memory>

#include "mizzen/base/error.hpp"
#include "mizzen/net/detail/private_key.hpp"
#include "mizzen/net/detail/tls_peer.hpp"

namespace mizzen::net {

namespace {

template <auto free>
struct Free {
    template <class T>
    void operator()(T* p) const {
        free(p);
    }
};
using Bio = std::unique_ptr<BIO, Free<BIO_free>>;
using Certificate = std::unique_ptr<X509, Free<X509_free>>;
using Key = std::unique_ptr<EVP_PKEY, Free<EVP_PKEY_free>>;

void check(bool worked, const char* what) {
    if (worked) return;
    ERR_clear_error();
    throw Error(ErrorKind::bug, std::string("OpenSSL cannot ") + what);
}

Certificate read_x509(const std::string& pem) {
    Bio bio(BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())));
    Certificate certificate(PEM_read_bio_X509(bio.get(), nullptr, nullptr, nullptr));
    ERR_clear_error();
    if (!certificate) throw Error(ErrorKind::invalid, "not a certificate in PEM");
    return certificate;
}

Key read_key(const std::string& pem) {
    Key key(detail::read_private_key(pem).release());
    if (!key) throw Error(ErrorKind::invalid, "not an unencrypted key in PEM");
    return key;
}

std::string text_of(Bio& bio) {
    char* text = nullptr;
    const long size = BIO_get_mem_data(bio.get(), &text);
    return {text, static_cast<std::size_t>(size)};
}

std::time_t seconds(WallTime time) { return std::chrono::floor<std::chrono::seconds>(time).time_since_epoch().count(); }

WallTime time_of(const ASN1_TIME* time) {
    std::tm tm{};
    ASN1_TIME_to_tm(time, &tm);
    return WallTime(std::chrono::seconds(timegm(&tm)));
}

void add_name(X509_NAME* name, int kind, const std::string& text) {
    const auto* bytes = reinterpret_cast<const unsigned char*>(text.data());
    check(X509_NAME_add_entry_by_NID(name, kind, MBSTRING_UTF8, bytes, static_cast<int>(text.size()), -1, 0) == 1,
          "use a name of a certificate");
}

// A certificate under construction, without a signature.
struct Draft {
    Certificate certificate{X509_new()};
    Key key{EVP_EC_gen("P-256")};

    Draft(const std::string& common_name, const std::vector<std::string>& organizations, Validity validity) {
        check(certificate && key, "make a key");
        X509_set_version(certificate.get(), 2);
        unsigned char serial[16];
        check(RAND_bytes(serial, sizeof serial) == 1, "draw a serial number");
        serial[0] &= 0x7f;
        std::unique_ptr<BIGNUM, Free<BN_free>> number(BN_bin2bn(serial, sizeof serial, nullptr));
        BN_to_ASN1_INTEGER(number.get(), X509_get_serialNumber(certificate.get()));
        ASN1_TIME_set(X509_getm_notBefore(certificate.get()), seconds(validity.from));
        ASN1_TIME_set(X509_getm_notAfter(certificate.get()), seconds(validity.until));
        X509_NAME* subject = X509_get_subject_name(certificate.get());
        for (const auto& organization : organizations) add_name(subject, NID_organizationName, organization);
        add_name(subject, NID_commonName, common_name);
        X509_set_pubkey(certificate.get(), key.get());
    }

    void extend(int kind, const char* value, X509* issuer) {
        X509V3_CTX context;
        X509V3_set_ctx(&context, issuer, certificate.get(), nullptr, nullptr, 0);
        std::unique_ptr<X509_EXTENSION, Free<X509_EXTENSION_free>> extension(
            X509V3_EXT_conf_nid(nullptr, &context, kind, value));
        check(extension && X509_add_ext(certificate.get(), extension.get(), -1) == 1,
              "add an extension to a certificate");
    }

    void add_names(const std::vector<std::string>& names) {
        std::unique_ptr<GENERAL_NAMES, Free<GENERAL_NAMES_free>> list(sk_GENERAL_NAME_new_null());
        for (const auto& text : names) {
            GENERAL_NAME* name = GENERAL_NAME_new();
            if (ASN1_OCTET_STRING* address = a2i_IPADDRESS(text.c_str())) {
                GENERAL_NAME_set0_value(name, GEN_IPADD, address);
            } else {
                ASN1_IA5STRING* host = ASN1_IA5STRING_new();
                ASN1_STRING_set(host, text.data(), static_cast<int>(text.size()));
                GENERAL_NAME_set0_value(name, GEN_DNS, host);
            }
            sk_GENERAL_NAME_push(list.get(), name);
        }
        ERR_clear_error();
        check(X509_add1_ext_i2d(certificate.get(), NID_subject_alt_name, list.get(), 0, 0) == 1,
              "add names to a certificate");
    }

    CertifiedKey sign(X509* issuer, EVP_PKEY* issuer_key) {
        X509_set_issuer_name(certificate.get(), X509_get_subject_name(issuer));
        extend(NID_subject_key_identifier, "hash", issuer);
        extend(NID_authority_key_identifier, "keyid", issuer);
        check(X509_sign(certificate.get(), issuer_key, EVP_sha256()) > 0, "sign a certificate");
        Bio certificate_out(BIO_new(BIO_s_mem())), key_out(BIO_new(BIO_s_mem()));
        PEM_write_bio_X509(certificate_out.get(), certificate.get());
        PEM_write_bio_PKCS8PrivateKey(key_out.get(), key.get(), nullptr, nullptr, 0, nullptr, nullptr);
        return {text_of(certificate_out), text_of(key_out)};
    }
};

}  // namespace

// Reading a key costs OpenSSL ten times what signing does, so it is read once.
struct CertificateAuthority::Issuer {
    Certificate certificate;
    Key key;

    CertifiedKey issue(Draft& draft, const char* use) const {
        draft.extend(NID_basic_constraints, "critical,CA:FALSE", certificate.get());
        draft.extend(NID_key_usage, "critical,digitalSignature", certificate.get());
        draft.extend(NID_ext_key_usage, use, certificate.get());
        return draft.sign(certificate.get(), key.get());
    }
};

CertificateAuthority CertificateAuthority::create(const std::string& common_name, Validity validity) {
    Draft draft(common_name, {}, validity);
    X509* self = draft.certificate.get();
    draft.extend(NID_basic_constraints, "critical,CA:TRUE", self);
    draft.extend(NID_key_usage, "critical,digitalSignature,keyCertSign,cRLSign", self);
    CertifiedKey pem = draft.sign(self, draft.key.get());
    return {std::move(pem), std::make_shared<Issuer>(std::move(draft.certificate), std::move(draft.key))};
}

CertificateAuthority CertificateAuthority::load(CertifiedKey pem) {
    Certificate certificate = read_x509(pem.certificate_pem);
    Key key = read_key(pem.key_pem);
    if (X509_check_ca(certificate.get()) == 0)
        throw Error(ErrorKind::invalid, "the certificate is not one of an authority");
    if (X509_check_private_key(certificate.get(), key.get()) != 1) {
        ERR_clear_error();
        throw Error(ErrorKind::invalid, "the key does not belong to the certificate of the authority");
    }
    return {std::move(pem), std::make_shared<Issuer>(std::move(certificate), std::move(key))};
}

CertifiedKey CertificateAuthority::issue_server(const std::string& common_name, const std::vector<std::string>& names,
                                                Validity validity) const {
    Draft draft(common_name, {}, validity);
    draft.add_names(names);
    return issuer_->issue(draft, "serverAuth");
}

CertifiedKey CertificateAuthority::issue_client(const std::string& common_name,
                                                const std::vector<std::string>& organizations,
                                                Validity validity) const {
    Draft draft(common_name, organizations, validity);
    return issuer_->issue(draft, "clientAuth");
}

CertificateInfo read_certificate(const std::string& pem) {
    Certificate certificate = read_x509(pem);
    Peer subject;
    detail::read_subject(subject, certificate.get());
    return {
        .common_name = subject.common_name,
        .organizations = subject.organizations,
        .names = detail::names_of(certificate.get()),
        .validity = {time_of(X509_get0_notBefore(certificate.get())), time_of(X509_get0_notAfter(certificate.get()))},
        .is_authority = X509_check_ca(certificate.get()) != 0};
}

}  // namespace mizzen::net
