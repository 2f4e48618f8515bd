// SPDX-License-Identifier: Apache-2.0
// validate_crd: what is wrong with a CustomResourceDefinition as a whole.
//
// kube-apiserver first moves what all versions have in common to the top of the spec, so its messages speak of
// spec.validation where the user wrote spec.versions[0].schema. Its messages are what people search for: the same is
// done here.
#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "mizzen/apiserver/crd/crd_rules.hpp"
#include "mizzen/apiserver/crd/custom_schema.hpp"
#include "mizzen/apiserver/kinds/kind_rules.hpp"

namespace mizzen::apiserver {
namespace {

using json::Value;

// Moves spec.versions[*].from to spec.to if it is the same in all.
void hoist(Value& spec, std::string_view from, std::string_view to) {
    auto& versions = spec["versions"].as_array();
    auto* first = versions[0].find(from);
    bool equal = std::all_of(versions.begin(), versions.end(), [&](auto& v) {
        auto* here = v.find(from);
        return here && first ? *here == *first : !here && !first;
    });
    if (!equal || !first) return;
    auto common = *first;
    for (auto& v : versions) v.erase(from);
    spec[to] = std::move(common);
}

// The form that messages speak of.
Value internal_spec(const Value& crd) {
    auto* given = crd.find("spec");
    Value spec = given && given->is_object() ? *given : Value(json::Object());
    if (auto* webhook = spec.find_path({"conversion", "webhook"}); webhook && webhook->is_object()) {
        auto config = *webhook;
        spec["conversion"].erase("webhook");
        if (auto* client = config.find("clientConfig")) spec["conversion"]["webhookClientConfig"] = *client;
        if (auto* versions = config.find("conversionReviewVersions"))
            spec["conversion"]["conversionReviewVersions"] = *versions;
    }
    auto* versions = spec.find("versions");
    if (!versions || !versions->is_array() || versions->as_array().empty()) return spec;
    hoist(spec, "schema", "validation");
    hoist(spec, "subresources", "subresources");
    hoist(spec, "additionalPrinterColumns", "additionalPrinterColumns");
    hoist(spec, "selectableFields", "selectableFields");
    return spec;
}

bool has_status(const Place& subresources) { return subresources.at("status").find() != nullptr; }

void check_group(const Place& group) {
    if (group.text().empty()) return group.required();
    if (auto wrong = dns1123_subdomain(group.text()); !wrong.empty()) return group.invalid(joined(wrong));
    if (group.text().find('.') == std::string_view::npos) group.invalid("should be a domain with at least one dot");
}

void check_deprecation(const Place& version) {
    auto warning = version.at("deprecationWarning");
    if (!warning) return;
    if (!version.at("deprecated").is_true()) return warning.invalid("can only be set for deprecated versions");
    if (warning.text().size() > 256) warning.invalid("must be <= 256 characters long");
    if (warning.text().empty()) warning.invalid("must not be an empty string");
    auto odd = std::find_if(warning.text().begin(), warning.text().end(),
                            [](char c) { return static_cast<unsigned char>(c) < ' ' || c == 0x7f; });
    if (odd != warning.text().end()) {
        warning.invalid(
            fmt::format("must only contain printable UTF-8 characters; non-printable character found at index {}",
                        odd - warning.text().begin()));
    }
}

void check_version(const Place& spec, const Place& version) {
    check_deprecation(version);
    bool status = has_status(version.at("subresources")) || has_status(spec.at("subresources"));
    check_crd_schema(version.at("schema"), status);
    check_crd_subresources(version.at("subresources"));
    for (auto& column : version.at("additionalPrinterColumns").items()) check_crd_column(column);
    check_crd_selectable_fields(version.at("selectableFields"), version.at({"schema", "openAPIV3Schema"}).find());
}

void check_versions(const Place& spec) {
    auto versions = spec.at("versions");
    bool common_schema = spec.at({"validation", "openAPIV3Schema"}).present();
    for (auto& v : versions.items()) {
        auto schema = v.at({"schema", "openAPIV3Schema"});
        if (!common_schema && !schema) schema.required();
    }
    int storage = 0;
    std::set<std::string_view> names;
    bool unique = true;
    for (auto& v : versions.items()) {
        storage += v.at("storage").is_true() ? 1 : 0;
        auto name = v.at("name");
        unique = names.insert(name.text()).second && unique;
        if (auto wrong = dns1035_label(name.text()); !wrong.empty()) name.complain({joined(wrong)});
        check_version(spec, v);
    }
    if (!unique) versions.invalid("must contain unique version names");
    if (storage != 1) versions.invalid("must have exactly one version marked as storage version");
}

void check_spec(const Place& spec) {
    check_group(spec.at("group"));
    spec.at("scope").one_of({"Cluster", "Namespaced"});
    check_versions(spec);
    if (auto versions = spec.at("versions").items(); !versions.empty()) {
        auto first = versions[0].at("name").text();
        if (auto wrong = dns1035_label(first); !first.empty() && !wrong.empty())
            spec.at("version").invalid(first, joined(wrong));
    }
    check_crd_names(spec.at("names"), true);
    bool status = has_status(spec.at("subresources"));
    for (auto& v : spec.at("versions").items()) status = status || has_status(v.at("subresources"));
    check_crd_schema(spec.at("validation"), status);
    check_crd_subresources(spec.at("subresources"));
    for (auto& column : spec.at("additionalPrinterColumns").items()) check_crd_column(column);
    check_crd_selectable_fields(spec.at("selectableFields"), spec.at({"validation", "openAPIV3Schema"}).find());
    check_crd_conversion(spec.at("conversion"));
}

void check_stored_versions(const Value& crd, const Place& at) {
    std::set<std::string_view> known;
    auto* versions = crd.find_path({"spec", "versions"});
    if (!at.filled() || !versions || !versions->is_array())
        return at.invalid(Value(nullptr), "must have at least one stored version");
    auto stored = at.items();
    for (auto& v : versions->as_array()) {
        auto name = v.text("name");
        known.insert(name);
        auto* storage = v.find("storage");
        bool is_storage = storage && storage->is_bool() && storage->as_bool();
        bool there = std::any_of(stored.begin(), stored.end(), [&](auto& s) { return s.text() == name; });
        if (is_storage && !there) at.invalid(fmt::format("must have the storage version {}", name));
    }
    for (auto& s : stored) {
        if (known.contains(s.text())) continue;
        s.invalid(
            fmt::format("missing from spec.versions; {0} was previously a storage version, and must remain in "
                        "spec.versions until a storage "
                        "migration ensures no data remains persisted in {0} and removes {0} from status.storedVersions",
                        s.text()));
    }
}

constexpr std::string_view approval = "api-approved.kubernetes.io";

enum class Approval { invalid, approved, bypassed, missing };

Approval approval_of(const Value& crd) {
    auto url = crd.text({"metadata", "annotations", approval});
    if (url.empty()) return Approval::missing;
    if (url.starts_with("unapproved")) return Approval::bypassed;
    auto host = url.find("://");
    return host != std::string_view::npos && host > 0 && host + 3 < url.size() && url[host + 3] != '/'
               ? Approval::approved
               : Approval::invalid;
}

// Groups of the Kubernetes community need a sign that the community agreed.
void check_approval(const Value& crd, const Value* old, std::vector<FieldError>& errors) {
    auto group = crd.text({"spec", "group"});
    auto within = [&](std::string_view domain) {
        return group == domain || (group.ends_with(domain) && group[group.size() - domain.size() - 1] == '.');
    };
    auto state = approval_of(crd);
    bool is_protected = within("k8s.io") || within("kubernetes.io");
    if (!is_protected || (old && approval_of(*old) == state)) return;
    auto path = key_path("metadata.annotations", approval);
    constexpr std::string_view see = "see https://github.com/kubernetes/enhancements/pull/1111";
    if (state == Approval::missing) {
        errors.push_back(required_value(
            path, fmt::format("protected groups must have approval annotation {}, {}", quoted(approval), see)));
    } else if (state == Approval::invalid) {
        errors.push_back(invalid_value(
            path, crd.text({"metadata", "annotations", approval}),
            fmt::format("protected groups must have approval annotation {} with either a URL or a reason starting with "
                        "\"unapproved\", {}",
                        quoted(approval), see)));
    }
}

bool is_established(const Value& crd) {
    auto* conditions = crd.find_path({"status", "conditions"});
    if (!conditions || !conditions->is_array()) return false;
    return std::any_of(conditions->as_array().begin(), conditions->as_array().end(),
                       [](auto& c) { return c.text("type") == "Established" && c.text("status") == "True"; });
}

void check_unchanged(const Place& spec, const Value& old) {
    auto keep = [&](std::initializer_list<std::string_view> path) {
        auto* before = old.find("spec");
        spec.at(path).immutable(before ? before->find_path(path) : nullptr);
    };
    if (is_established(old)) {
        keep({"scope"});
        keep({"names", "kind"});
    }
    keep({"group"});
    keep({"names", "plural"});
}

}  // namespace

std::vector<FieldError> validate_crd(const json::Value& crd, const json::Value* old) {
    std::vector<FieldError> errors;
    auto name = crd.text({"metadata", "name"});
    auto wanted = fmt::format("{}.{}", crd.text({"spec", "names", "plural"}), crd.text({"spec", "group"}));
    if (!old && !name.empty() && name != wanted) {
        errors.push_back(invalid_value("metadata.name", name, "must be spec.names.plural+\".\"+spec.group"));
    }
    auto internal = internal_spec(crd);
    Place spec(&internal, "spec", errors);
    check_spec(spec);
    if (old) check_unchanged(spec, *old);
    check_crd_names(Place(crd.find_path({"status", "acceptedNames"}), "status.acceptedNames", errors), false);
    if (auto* stored = crd.find_path({"status", "storedVersions"}))
        check_stored_versions(crd, Place(stored, "status.storedVersions", errors));
    check_approval(crd, old, errors);
    auto unknown = spec.at("preserveUnknownFields");
    bool was = old && Place(old, "", errors).at({"spec", "preserveUnknownFields"}).is_true();
    if (unknown.is_true() && !was) {
        unknown.invalid(
            "cannot set to true, set x-kubernetes-preserve-unknown-fields to true in spec.versions[*].schema instead");
    }
    return errors;
}

}  // namespace mizzen::apiserver
