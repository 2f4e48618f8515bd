// SPDX-License-Identifier: Apache-2.0
// Who may do what: role bindings, and certificates that are asked for.
#include <fmt/format.h>
#include <algorithm>

#include "mizzen/apiserver/table/layouts.hpp"
#include "mizzen/base/text.hpp"

namespace mizzen::apiserver {
namespace {

json::Array binding_cells(const Row& row) {
    std::vector<std::string> users, groups, accounts;
    for (const json::Value& subject : row.items({"subjects"})) {
        std::string_view kind = subject.text("kind"), name = subject.text("name");
        if (kind == "User")
            users.emplace_back(name);
        else if (kind == "Group")
            groups.emplace_back(name);
        else if (kind == "ServiceAccount")
            accounts.push_back(fmt::format("{}/{}", subject.text("namespace"), name));
    }
    return {row.name(),         fmt::format("{}/{}", row.text({"roleRef", "kind"}), row.text({"roleRef", "name"})),
            row.age(),          join(users, ", "),
            join(groups, ", "), join(accounts, ", ")};
}

std::string signing_status(const Row& row) {
    const json::Array& conditions = row.items({"status", "conditions"});
    std::string status = item_of_type(conditions, "Denied")     ? "Denied"
                         : item_of_type(conditions, "Approved") ? "Approved"
                                                                : "Pending";
    if (item_of_type(conditions, "Failed")) status += ",Failed";
    if (!row.text({"status", "certificate"}).empty()) status += ",Issued";
    return status;
}

json::Array signing_request_cells(const Row& row) {
    const json::Value* seconds = row.find({"spec", "expirationSeconds"});
    return {row.name(),
            row.age(),
            row.text_or({"spec", "signerName"}, "<none>"),
            row.text({"spec", "username"}),
            seconds ? to_age(std::chrono::seconds(row.integer({"spec", "expirationSeconds"}))) : "<none>",
            signing_status(row)};
}

json::Array trust_bundle_cells(const Row& row) { return {row.name(), row.text_or({"spec", "signerName"}, "<none>")}; }

// The last condition that says how it ended.
std::string_view certificate_state(const Row& row) {
    std::string_view state = "Pending";
    for (const json::Value& condition : row.items({"status", "conditions"})) {
        std::string_view type = condition.text("type");
        if (type == "Issued" || type == "Denied" || type == "Failed") state = type;
    }
    return state;
}

json::Array pod_certificate_cells(const Row& row) {
    return {row.name(),
            row.text({"spec", "podName"}),
            row.text({"spec", "serviceAccountName"}),
            row.text({"spec", "nodeName"}),
            row.text({"spec", "signerName"}),
            certificate_state(row),
            labels_text(row.find({"spec", "unverifiedUserAnnotations"}))};
}

constexpr std::string_view rbac = "rbac.authorization.k8s.io", certificates = "certificates.k8s.io";
constexpr std::string_view binding_columns = "Name | Role | Age | Users+ | Groups+ | ServiceAccounts+";

constexpr LayoutEntry layouts[] = {
    {certificates, "CertificateSigningRequest", "Name | Age | SignerName | Requestor | RequestedDuration | Condition",
     signing_request_cells},
    {certificates, "ClusterTrustBundle", "Name | SignerName", trust_bundle_cells},
    {certificates, "PodCertificateRequest",
     "Name | PodName | ServiceAccountName | NodeName | SignerName | State | UnverifiedUserAnnotations",
     pod_certificate_cells},
    {rbac, "ClusterRoleBinding", binding_columns, binding_cells},
    {rbac, "RoleBinding", binding_columns, binding_cells},
};

}  // namespace

std::span<const LayoutEntry> access_layouts() { return layouts; }

}  // namespace mizzen::apiserver
