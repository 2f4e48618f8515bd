// SPDX-License-Identifier: Apache-2.0
// Certificates in PEM: an authority, and what it issues. Keys are ECDSA on P-256.
#pragma once
#include <memory>
#include <string>
#include <vector>

#include "mizzen/base/time.hpp"

namespace mizzen::net {

struct Validity {
    WallTime from;
    WallTime until;
};

struct CertifiedKey {
    std::string certificate_pem;
    std::string key_pem;
};

class CertificateAuthority {
  public:
    static CertificateAuthority create(const std::string& common_name, Validity);
    // Takes up an authority made before. Throws Error(invalid) if `pem` is no authority.
    static CertificateAuthority load(CertifiedKey pem);

    // What others trust, and the secret to keep.
    const CertifiedKey& pem() const { return pem_; }

    // For a server that is reached by `names`: host names, wildcards and IP addresses.
    CertifiedKey issue_server(const std::string& common_name, const std::vector<std::string>& names, Validity) const;
    // For a client: Kubernetes reads the common name as user, the organizations as groups.
    CertifiedKey issue_client(const std::string& common_name, const std::vector<std::string>& organizations,
                              Validity) const;

  private:
    struct Issuer;
    CertificateAuthority(CertifiedKey pem, std::shared_ptr<const Issuer> issuer)
        : pem_(std::move(pem)), issuer_(std::move(issuer)) {}
    CertifiedKey pem_;
    std::shared_ptr<const Issuer> issuer_;
};

struct CertificateInfo {
    std::string common_name;
    std::vector<std::string> organizations;
    std::vector<std::string> names;
    Validity validity;
    bool is_authority = false;
};
// The first certificate of `pem`. Throws Error(invalid).
CertificateInfo read_certificate(const std::string& pem);

}  // namespace mizzen::net
