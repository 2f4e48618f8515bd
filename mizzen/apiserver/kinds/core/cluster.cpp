// SPDX-License-Identifier: Apache-2.0
// Namespaces, Nodes, Events, and the limits that namespaces set.
#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "mizzen/apiserver/kinds/kinds.hpp"
#include "mizzen/apiserver/kinds/pods/pod_rules.hpp"
#include "mizzen/apiserver/kinds/resource_names.hpp"
#include "mizzen/base/quantity.hpp"

namespace mizzen::apiserver {
namespace {

using json::Value;

const std::vector<std::string_view> effects{"NoSchedule", "PreferNoSchedule", "NoExecute"};

void check_taints(const Place& taints) {
    std::set<std::pair<std::string_view, std::string_view>> seen;
    for (auto& taint : taints.items()) {
        taint.at("key").must_be(label_key);
        if (auto wrong = label_value(taint.at("value").text()); !wrong.empty())
            taint.at("value").invalid(joined(wrong, ";"));
        taint.at("effect").one_of(effects);
        if (!seen.emplace(taint.at("key").text(), taint.at("effect").text()).second) taint.duplicate();
    }
}

void check_length(const Place& text, std::size_t limit) {
    if (text.text().size() > limit) text.invalid("", fmt::format("can have at most {} characters", limit));
}

// Events of a namespaced object live beside it; those of others in "default".
void check_event_place(const Place& event, const Place& about) {
    auto ns = event.at({"metadata", "namespace"}).text(), other = about.at("namespace").text();
    constexpr auto mismatch = "does not match event.namespace";
    Place shown(about.at("namespace").find(), "involvedObject.namespace", event.errors());
    if (other.empty()) {
        if (ns != "default" && ns != "kube-system" && !ns.empty()) shown.invalid(other, mismatch);
    } else if (ns != other) {
        shown.invalid(mismatch);
    }
}

bool is_new_event(const Value& event) { return event.text("apiVersion").starts_with("events.k8s.io/"); }

// events.k8s.io asks for everything; the core group for nothing, unless eventTime says that it is a new event.
void check_new_event(const Place& event, bool is_core) {
    auto member = [&](std::string_view fresh, std::string_view core) { return event.at(is_core ? core : fresh); };
    auto controller = member("reportingController", "reportingComponent"), instance = event.at("reportingInstance");
    if (controller.text().empty()) controller.required();
    controller.must_be(label_key);
    if (instance.text().empty()) instance.required();
    check_length(instance, 128);
    for (auto* name : {"action", "reason"}) {
        if (event.at(name).text().empty()) event.at(name).required();
        check_length(event.at(name), 128);
    }
    Place note(member("note", "message").find(), "message", event.errors());
    check_length(note, 1024);
}

void check_series(const Place& series) {
    if (!series) return;
    if (series.at("count").integer() < 2) series.at("count").invalid("", "should be at least 2");
    if (series.at("lastObservedTime").text().empty()) series.at("lastObservedTime").required();
}

void check_limit(const Place& limit) {
    auto type = limit.at("type").text();
    if (type == "Pod") {
        for (auto* member : {"default", "defaultRequest"}) {
            if (limit.at(member).filled()) limit.at(member).forbid("may not be specified when `type` is 'Pod'");
        }
    }
    auto amount = [&](std::string_view member, std::string_view resource) {
        return parse_quantity(limit.at({member, resource}).text());
    };
    auto complain = [&](std::string_view member, std::string_view resource, const Quantity& shown, std::string text) {
        limit.errors().push_back(
            invalid_value(key_path(limit.at(member).path(), resource), to_string(shown), std::move(text)));
    };
    std::set<std::string_view> names;
    for (auto* member : {"max", "min", "default", "defaultRequest"}) {
        for (auto& entry : limit.at(member).entries()) names.insert(entry.name());
    }
    for (auto name : names) {
        auto most = amount("max", name), least = amount("min", name), otherwise = amount("default", name),
             request = amount("defaultRequest", name);
        auto greater = [&](std::string_view a, const Quantity& x, std::string_view b, const Quantity& y) {
            return fmt::format("{} {} is greater than {} {}", a, to_string(x), b, to_string(y));
        };
        if (least && most && *least > *most)
            complain("min", name, *least, greater("min value", *least, "max value", *most));
        if (request && least && *least > *request)
            complain("defaultRequest", name, *request, greater("min value", *least, "default request value", *request));
        if (request && most && *request > *most)
            complain("defaultRequest", name, *request, greater("default request value", *request, "max value", *most));
        if (request && otherwise && *request > *otherwise) {
            complain("defaultRequest", name, *request,
                     greater("default request value", *request, "default limit value", *otherwise));
        }
        if (otherwise && least && *least > *otherwise)
            complain("default", name, *least, greater("min value", *least, "default value", *otherwise));
        if (otherwise && most && *otherwise > *most)
            complain("default", name, *most, greater("default value", *otherwise, "max value", *most));
    }
}

void check_quota_amounts(const Place& amounts) {
    for (auto& entry : amounts.entries()) {
        auto name = entry.name();
        bool is_short = name.find('/') == std::string_view::npos;
        for (auto& wrong : label_key(name)) entry.invalid(name, wrong);
        if (is_short && !is_standard_resource(name))
            entry.invalid(name, "must be a standard resource type or fully qualified");
        if (is_short && !is_quota_resource(name)) entry.invalid(name, "must be a standard resource for quota");
        check_resource_quantity(entry, name);
    }
}

}  // namespace

void prepare_namespace(json::Value& object) {
    object["status"] = json::Object{{"phase", "Active"}};
    auto& finalizers = object.at({"spec", "finalizers"});
    if (!finalizers.is_array()) finalizers = json::Array();
    auto& list = finalizers.as_array();
    if (std::find(list.begin(), list.end(), Value("kubernetes")) == list.end()) list.emplace_back("kubernetes");
}

void prepare_node(json::Value& object) {
    if (!object.find("spec")) object["spec"] = json::Object();
}

void check_namespace(const json::Value& object, const json::Value*, std::vector<FieldError>& errors) {
    for (auto& finalizer : Place(object.find_path({"spec", "finalizers"}), "spec.finalizers", errors).items()) {
        finalizer.must_be(label_key);
        auto text = finalizer.text();
        bool standard = text == "kubernetes" || text == "orphan" || text == "foregroundDeletion";
        if (text.find('/') == std::string_view::npos && !standard)
            finalizer.invalid("name is neither a standard finalizer name nor is it fully qualified");
    }
}

void check_node(const json::Value& object, const json::Value* old, std::vector<FieldError>& errors) {
    Place node(&object, "", errors);
    auto spec = node.at("spec");
    check_taints(Place(spec.at("taints").find(), "metadata.taints", errors));
    for (auto& range : spec.at("podCIDRs").items()) range.complain(cidr(range.text(), false));
    for (auto* list : {"capacity", "allocatable"}) {
        for (auto& entry : node.at({"status", list}).entries()) check_resource_quantity(entry, entry.name());
    }
    if (!old) return;
    auto provider = spec.at("providerID");
    auto before = old->text({"spec", "providerID"});
    if (!before.empty() && provider.text() != before) {
        provider.invalid(Value(nullptr), provider.text().empty() ? "field cannot be cleared once set"
                                                                 : "field cannot be modified once set");
    }
    auto* ranges = old->find_path({"spec", "podCIDRs"});
    if (!is_empty(ranges) && !same(spec.at("podCIDRs").find(), ranges)) {
        spec.at("podCIDRs").forbid("node updates may not change podCIDR except from \"\" to valid");
    }
}

void check_event(const json::Value& object, const json::Value* old, std::vector<FieldError>& errors) {
    Place event(&object, "", errors);
    bool fresh = is_new_event(object);
    check_event_place(event, event.at(fresh ? "regarding" : "involvedObject"));
    if (!event.at("eventTime").text().empty()) check_new_event(event, !fresh);
    if (!fresh) return;
    if (old) {
        for (auto* member : {"regarding", "reason", "note", "type", "eventTime", "action", "related",
                             "reportingController", "reportingInstance"}) {
            event.at(member).immutable(old->find(member));
        }
        return;
    }
    check_series(event.at("series"));
    auto type = event.at("type").text();
    if (event.at("eventTime").text().empty()) event.at("eventTime").required();
    if (type != "Normal" && type != "Warning") event.at("type").invalid("", fmt::format("has invalid value: {}", type));
    for (auto [member, shown] : {std::pair{"deprecatedFirstTimestamp", "firstTimestamp"},
                                 {"deprecatedLastTimestamp", "lastTimestamp"},
                                 {"deprecatedCount", "count"},
                                 {"deprecatedSource", "source"}}) {
        if (event.at(member).filled()) errors.push_back(invalid_value(shown, "", "needs to be unset"));
    }
}

void check_limit_range(const json::Value& object, const json::Value*, std::vector<FieldError>& errors) {
    std::set<std::string_view> types;
    for (auto& limit : Place(object.find_path({"spec", "limits"}), "spec.limits", errors).items()) {
        auto type = limit.at("type");
        static const std::vector<std::string_view> standard{"Container", "PersistentVolumeClaim", "Pod"};
        type.must_be(label_key);
        if (type.text().find('/') == std::string_view::npos && !contains(standard, type.text())) {
            type.invalid("must be a standard limit type or fully qualified");
        }
        if (!types.insert(type.text()).second) type.duplicate();
        check_limit(limit);
    }
}

void check_resource_quota(const json::Value& object, const json::Value* old, std::vector<FieldError>& errors) {
    Place spec(object.find("spec"), "spec", errors);
    check_quota_amounts(spec.at("hard"));
    static const std::vector<std::string_view> scopes{
        "BestEffort",  "CrossNamespacePodAffinity", "NotBestEffort", "NotTerminating", "PriorityClass",
        "Terminating", "VolumeAttributesClass"};
    for (auto& scope : spec.at("scopes").items()) {
        if (!contains(scopes, scope.text())) spec.at("scopes").invalid("unsupported scope");
    }
    if (old) spec.at("scopes").immutable(old->find_path({"spec", "scopes"}));
}

}  // namespace mizzen::apiserver
