// SPDX-License-Identifier: Apache-2.0
// The smaller parts of a CustomResourceDefinition: names, columns, subresources, selectable fields, conversion.
#include <fmt/format.h>

#include <set>

#include "mizzen/apiserver/crd/crd_rules.hpp"
#include "mizzen/apiserver/kinds/webhook_client.hpp"
#include "mizzen/base/text.hpp"

namespace mizzen::apiserver {
namespace {

void check_label(const Place& name, std::string_view before = "") {
    auto wrong = dns1035_label(before.empty() ? std::string(name.text()) : to_lower(name.text()));
    if (!name.text().empty() && !wrong.empty()) name.invalid(std::string(before) + joined(wrong));
}

// ".spec.replicas": dots and names only.
bool check_simple_path(const Place& at) {
    if (at.text()[0] == '.') return true;
    at.invalid("must be a simple json path starting with .");
    return false;
}

void check_replicas_path(const Place& at, std::string_view root) {
    if (at.text().empty()) return at.required();
    if (check_simple_path(at) && !at.text().starts_with(fmt::format("{}.", root))) {
        at.invalid(fmt::format("should be a json path under {}", root));
    }
}

// Follows ".spec.color" into the schema; nullptr and a reason if it leads nowhere.
const json::Value* follow(std::string_view path, const json::Value* schema, std::string& why) {
    while (!path.empty()) {
        if (path[0] == '[') return why = "array notation is not allowed", nullptr;
        if (path[0] != '.') {
            auto token = path.substr(0, path.find('.'));
            return why = fmt::format("expected [ or . but got: {}", token), nullptr;
        }
        path.remove_prefix(1);
        auto name = path.substr(0, path.find_first_of(".["));
        path.remove_prefix(name.size());
        if (name.empty()) return why = "unexpected end of JSON path", nullptr;
        auto* properties = schema->find("properties");
        auto* next = properties ? properties->find(name) : schema->find("additionalProperties");
        if (!next || !next->is_object()) return why = "does not refer to a valid field", nullptr;
        schema = next;
    }
    return schema;
}

void check_review_versions(const Place& versions) {
    if (!versions.filled()) return versions.required();
    std::set<std::string_view> seen;
    bool known = false;
    for (auto& v : versions.items()) {
        if (!seen.insert(v.text()).second) {
            v.invalid("duplicate version");
            continue;
        }
        v.must_be(dns1035_label);
        known = known || v.text() == "v1" || v.text() == "v1beta1";
    }
    if (!known) versions.invalid("must include at least one of v1, v1beta1");
}

}  // namespace

void check_crd_names(const Place& names, bool all) {
    if (all) {
        for (auto* name : {"plural", "singular", "kind", "listKind"}) {
            if (names.at(name).text().empty()) names.at(name).required();
        }
    }
    constexpr std::string_view mixed = "may have mixed case, but should otherwise match: ";
    check_label(names.at("plural"));
    check_label(names.at("singular"));
    check_label(names.at("kind"), mixed);
    check_label(names.at("listKind"), mixed);
    for (auto& name : names.at("shortNames").items()) {
        if (auto wrong = dns1035_label(name.text()); !wrong.empty()) name.invalid(joined(wrong));
    }
    auto kind = names.at("kind").text();
    if (!kind.empty() && kind == names.at("listKind").text())
        names.at("listKind").invalid("kind and listKind may not be the same");
    for (auto& category : names.at("categories").items()) {
        if (auto wrong = dns1035_label(category.text()); !wrong.empty()) category.invalid(joined(wrong));
    }
}

void check_crd_column(const Place& column) {
    static const std::vector<std::string_view> types{"boolean", "date", "integer", "number", "string"};
    static const std::vector<std::string_view> formats{"byte",  "date",  "date-time", "double",
                                                       "float", "int32", "int64",     "password"};
    auto type = column.at("type"), format = column.at("format"), name = column.at("name"),
         given = column.at("jsonPath");
    auto choice = [](auto& known) { return fmt::format("must be one of {}", fmt::join(known, ",")); };
    if (name.text().empty()) name.required();
    if (type.text().empty())
        type.required(choice(types));
    else if (!contains(types, type.text()))
        type.invalid(choice(types));
    if (!format.text().empty() && !contains(formats, format.text())) format.invalid(choice(formats));
    Place path(given.find(), child_path(column.path(), "JSONPath"), column.errors());
    if (path.text().empty())
        path.required();
    else
        check_simple_path(path);
}

void check_crd_subresources(const Place& subresources) {
    auto scale = subresources.at("scale");
    if (!scale) return;
    check_replicas_path(scale.at("specReplicasPath"), ".spec");
    check_replicas_path(scale.at("statusReplicasPath"), ".status");
    auto selector = scale.at("labelSelectorPath");
    if (selector.text().empty() || !check_simple_path(selector)) return;
    if (!selector.text().starts_with(".spec.") && !selector.text().starts_with(".status.")) {
        selector.invalid("should be a json path under either .spec or .status");
    }
}

void check_crd_selectable_fields(const Place& fields, const json::Value* schema) {
    if (!fields.filled()) return;
    if (!schema) return fields.invalid("", "may only be set when validations.schema is included");
    std::set<std::string_view> seen;
    for (auto& field : fields.items()) {
        auto path = field.at("jsonPath");
        if (path.text().empty()) {
            path.required();
            continue;
        }
        std::string why;
        auto* found = follow(path.text(), schema, why);
        if (!found) {
            path.invalid(fmt::format("is an invalid path: {}", why));
            continue;
        }
        if (path.text() == ".metadata" || path.text().starts_with(".metadata."))
            path.invalid("must not point to fields in metadata");
        auto type = found->text("type");
        if (type != "string" && type != "boolean" && type != "integer") {
            path.invalid(
                "must point to a field of type string, boolean or integer. Enum string fields and strings with formats "
                "are allowed.");
        }
        if (!seen.insert(path.text()).second) path.duplicate();
    }
    if (seen.size() > 8) fields.errors().push_back(too_many(fields.path(), seen.size(), 8));
}

void check_crd_conversion(const Place& conversion) {
    if (!conversion) return;
    auto strategy = conversion.at("strategy"), client = conversion.at("webhookClientConfig"),
         versions = conversion.at("conversionReviewVersions");
    strategy.one_of({"None", "Webhook"});
    if (strategy.text() != "Webhook") {
        if (client) client.forbid("should not be set when strategy is not set to Webhook");
        if (versions.filled()) versions.forbid("should not be set when strategy is not set to Webhook");
        return;
    }
    auto url = client.at("url"), service = client.at("service");
    if (!client)
        client.required("required when strategy is set to Webhook");
    else if (url.present() == service.present())
        client.required("exactly one of url or service is required");
    else if (url)
        check_webhook_url(url);
    else
        check_webhook_service(service);
    check_review_versions(versions);
}

}  // namespace mizzen::apiserver
