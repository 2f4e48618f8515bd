// SPDX-License-Identifier: Apache-2.0
// The rules of metadata.
#include "mizzen/apiserver/kinds/metadata.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "mizzen/apiserver/kinds/kind_rules.hpp"
#include "mizzen/base/text.hpp"
#include "mizzen/kube/schema/type.hpp"

namespace mizzen::apiserver {
namespace {

using json::Value;

constexpr std::size_t annotation_limit = 256 * 1024;

void check_owner(const Place& owner) {
    auto version = owner.at("apiVersion");
    auto text = version.text();
    bool readable = std::count(text.begin(), text.end(), '/') <= 1 && !text.ends_with('/');
    if (text.empty())
        version.required("must not be empty");
    else if (!readable)
        version.invalid("must be <group>/<version> or <version>");
    for (auto* key : {"kind", "name", "uid"}) {
        if (owner.at(key).text().empty()) owner.at(key).required("must not be empty");
    }
    if (text == "v1" && owner.at("kind").text() == "Event")
        owner.invalid("/v1, Kind=Event is disallowed from being an owner");
}

void check_owners(const Place& owners) {
    std::string controller;
    for (auto& owner : owners.items()) {
        check_owner(owner);
        if (!owner.at("controller").is_true()) continue;
        auto name = fmt::format("{}/{}", owner.at("kind").text(), owner.at("name").text());
        if (controller.empty())
            controller = name;
        else
            owners.invalid(fmt::format(
                "Only one reference can have Controller set to true. Found \"true\" in references for {} and {}",
                controller, name));
    }
}

void check_finalizers(const Place& finalizers) {
    bool orphan = false, foreground = false;
    for (auto& f : finalizers.items()) {
        for (auto& wrong : label_key(f.text())) finalizers.invalid(f.value(), wrong);
        orphan = orphan || f.text() == "orphan";
        foreground = foreground || f.text() == "foregroundDeletion";
    }
    if (orphan && foreground) finalizers.invalid("finalizer orphan and foregroundDeletion cannot be both set");
}

// Definitions of kinds are checked by servers of their own, which know no short finalizers:
// customresourcecleanup.apiextensions.k8s.io has no domain.
bool is_built_in(const Value& object) {
    auto version = object.text("apiVersion");
    auto slash = version.find('/');
    auto group = slash == std::string_view::npos ? std::string_view() : version.substr(0, slash);
    if (group == "apiextensions.k8s.io" || group == "apiregistration.k8s.io") return false;
    return kube::schema::find_object(group, slash == std::string_view::npos ? version : version.substr(slash + 1),
                                     object.text("kind"));
}

// Built-in kinds know their short finalizers; others have a domain.
void check_qualified_finalizers(const Place& finalizers) {
    static const std::vector<std::string_view> standard{"kubernetes", "orphan", "foregroundDeletion"};
    for (auto& f : finalizers.items()) {
        if (f.text().find('/') == std::string_view::npos && !contains(standard, f.text())) {
            f.invalid("name is neither a standard finalizer name nor is it fully qualified");
        }
    }
}

// Nothing is added to what is on its way out.
void check_no_new_finalizers(const Place& finalizers, const Value& old) {
    if (old.text({"metadata", "deletionTimestamp"}).empty()) return;
    std::set<std::string> extra;
    for (auto& f : finalizers.items()) extra.insert(std::string(f.text()));
    if (auto* before = old.find_path({"metadata", "finalizers"}); before && before->is_array()) {
        for (auto& f : before->as_array()) extra.erase(f.is_string() ? f.as_string() : std::string());
    }
    if (extra.empty()) return;
    std::string list;
    for (auto& f : extra) list += (list.empty() ? "" : ", ") + quoted(f);
    finalizers.forbid(fmt::format(
        "no new finalizers can be added if the object is being deleted, found new finalizers []string{{{}}}", list));
}

void check_managed_fields(const Place& managed) {
    for (auto& entry : managed.items()) {
        auto operation = entry.at("operation");
        if (operation.text() != "Apply" && operation.text() != "Update")
            operation.invalid(operation.text(), "must be `Apply` or `Update`");
        if (auto type = entry.at("fieldsType"); !type.text().empty() && type.text() != "FieldsV1")
            type.invalid("must be `FieldsV1`");
        if (auto manager = entry.at("manager"); manager.text().size() > 128) {
            manager.errors().push_back(too_long(manager.path(), 128));
        }
    }
}

// A generated name is complained of by what it became.
void check_name(const Place& name, std::string_view form) {
    if (name.text().empty())
        name.required("name or generateName is required");
    else
        name.complain(object_name(name.text(), form));
}

void check_namespace(const Place& ns, bool namespaced) {
    if (!namespaced) {
        if (!ns.text().empty()) ns.forbid("not allowed on this type");
        return;
    }
    if (ns.text().empty())
        ns.required();
    else
        ns.must_be(dns1123_label);
}

void check_common(const Place& metadata) {
    check_labels(metadata.at("labels"));
    check_annotations(metadata.at("annotations"));
    check_owners(metadata.at("ownerReferences"));
}

void check_update(const Place& metadata, const Value& old) {
    check_no_new_finalizers(metadata.at("finalizers"), old);
    auto version = metadata.at("resourceVersion");
    if (version.text().empty()) version.invalid("", "must be specified for an update");
    auto generation = metadata.at("generation");
    generation.not_negative();
    if (generation.integer() < old.integer({"metadata", "generation"}))
        generation.invalid(generation.integer(), "must not be decremented");
    for (auto* key :
         {"name", "namespace", "uid", "creationTimestamp", "deletionTimestamp", "deletionGracePeriodSeconds"}) {
        metadata.at(key).immutable(old.find_path({"metadata", key}));
    }
    check_common(metadata);
    check_managed_fields(metadata.at("managedFields"));
}

bool matches(const Place& requirement, const Place& labels) {
    auto operation = requirement.at("operator").text();
    auto label = labels.at(requirement.at("key").text());
    auto values = requirement.at("values").items();
    bool listed = label && std::any_of(values.begin(), values.end(), [&](auto& v) { return v.text() == label.text(); });
    if (operation == "In") return listed;
    if (operation == "NotIn") return !listed;
    if (operation == "Exists") return label.find() != nullptr;
    return operation == "DoesNotExist" && !label.find();
}

}  // namespace

void check_labels(const Place& labels) {
    if (!labels.value().is_object()) return;
    for (auto& m : labels.value().as_object()) {
        for (auto& wrong : label_key(m.key)) labels.invalid(m.key, wrong);
        auto text = m.value.is_string() ? std::string_view(m.value.as_string()) : std::string_view();
        for (auto& wrong : label_value(text)) labels.invalid(text, wrong);
    }
}

void check_annotations(const Place& annotations) {
    if (!annotations.value().is_object()) return;
    std::size_t size = 0;
    for (auto& m : annotations.value().as_object()) {
        for (auto& wrong : label_key(to_lower(m.key))) annotations.invalid(m.key, wrong);
        size += m.key.size() + (m.value.is_string() ? m.value.as_string().size() : 0);
    }
    if (size > annotation_limit) annotations.errors().push_back(too_long(annotations.path(), annotation_limit));
}

void check_label_selector(const Place& selector) {
    check_labels(selector.at("matchLabels"));
    for (auto& requirement : selector.at("matchExpressions").items()) {
        auto operation = requirement.at("operator"), values = requirement.at("values");
        auto name = operation.text();
        if (name == "In" || name == "NotIn") {
            if (values.size() == 0) values.required("must be specified when `operator` is 'In' or 'NotIn'");
        } else if (name == "Exists" || name == "DoesNotExist") {
            if (values.size() > 0) values.forbid("may not be specified when `operator` is 'Exists' or 'DoesNotExist'");
        } else {
            operation.invalid(name, "not a valid selector operator");
        }
        requirement.at("key").must_be(label_key);
        for (auto& value : values.items()) value.must_be(label_value);
    }
}

bool selects(const Place& selector, const Place& labels) {
    if (!selector) return false;
    for (auto& want : selector.at("matchLabels").entries()) {
        auto have = labels.at(want.name());
        if (!have.find() || have.text() != want.text()) return false;
    }
    auto requirements = selector.at("matchExpressions").items();
    return std::all_of(requirements.begin(), requirements.end(), [&](auto& r) { return matches(r, labels); });
}

void check_embedded_metadata(const Place& metadata) {
    if (auto name = metadata.at("name"); !name.text().empty()) name.must_be(path_segment);
    if (auto ns = metadata.at("namespace"); !ns.text().empty()) ns.must_be(dns1123_label);
    metadata.at("generation").not_negative();
    check_common(metadata);
    check_finalizers(metadata.at("finalizers"));
    check_managed_fields(metadata.at("managedFields"));
}

void validate_metadata(const json::Value& object, const json::Value* old, bool namespaced, std::string_view name_form,
                       std::vector<FieldError>& errors) {
    Place metadata(object.find("metadata"), "metadata", errors);
    if (old) return check_update(metadata, *old);
    check_name(metadata.at("name"), name_form);
    check_namespace(metadata.at("namespace"), namespaced);
    metadata.at("generation").not_negative();
    check_common(metadata);
    check_finalizers(metadata.at("finalizers"));
    check_managed_fields(metadata.at("managedFields"));
    if (is_built_in(object)) check_qualified_finalizers(metadata.at("finalizers"));
}

}  // namespace mizzen::apiserver
