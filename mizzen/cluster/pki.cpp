// SPDX-License-Identifier: Apache-2.0
// Makes, keeps and finds a cluster's certificates.
#include <optional>

#include "mizzen/base/files.hpp"
#include "mizzen/cluster/endpoint.hpp"

namespace mizzen {
namespace {

namespace fs = std::filesystem;

constexpr auto year = std::chrono::hours(24 * 365);
constexpr auto renew_before = std::chrono::hours(24 * 30);

struct Part {
    const char* name;
    net::CertifiedKey ClusterPki::* member;
};
constexpr Part parts[] = {{"ca", &ClusterPki::authority},
                          {"server", &ClusterPki::server},
                          {"admin", &ClusterPki::admin},
                          {"tokens", &ClusterPki::tokens}};

bool is_fresh(const net::CertifiedKey& key, WallTime now) {
    const net::CertificateInfo info = net::read_certificate(key.certificate_pem);
    return info.validity.from <= now && now + renew_before < info.validity.until;
}

std::optional<ClusterPki> load(const fs::path& folder, WallTime now) {
    ClusterPki out;
    for (const Part& part : parts) {
        const fs::path certificate = folder / (std::string(part.name) + ".crt"),
                       key = folder / (std::string(part.name) + ".key");
        if (!fs::exists(certificate) || !fs::exists(key)) return std::nullopt;
        out.*part.member = {read_file(certificate), read_file(key)};
        if (!is_fresh(out.*part.member, now)) return std::nullopt;
    }
    return out;
}

}  // namespace

ClusterPki ClusterPki::create(WallTime now) {
    // An hour back, for clients whose clock is a little behind.
    const net::Validity validity{now - std::chrono::hours(1), now + year};
    const auto authority = net::CertificateAuthority::create("mizzen", validity);
    return {.authority = authority.pem(),
            .server =
                authority.issue_server("kube-apiserver",
                                       {"localhost", "127.0.0.1", "::1", "kubernetes", "kubernetes.default",
                                        "kubernetes.default.svc", "kubernetes.default.svc.cluster.local", "10.96.0.1"},
                                       validity),
            .admin = authority.issue_client("mizzen:admin", {"system:masters"}, validity),
            .tokens = authority.issue_client("service-account-tokens", {}, validity)};
}

ClusterPki ClusterPki::load_or_create(const fs::path& folder, WallTime now) {
    make_private_folder(folder);
    if (auto known = load(folder, now)) return *known;
    ClusterPki made = create(now);
    for (const Part& part : parts) {
        write_private_file(folder / (std::string(part.name) + ".crt"), (made.*part.member).certificate_pem);
        write_private_file(folder / (std::string(part.name) + ".key"), (made.*part.member).key_pem);
    }
    return made;
}

}  // namespace mizzen
