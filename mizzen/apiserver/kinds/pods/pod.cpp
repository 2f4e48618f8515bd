// SPDX-License-Identifier: Apache-2.0
// Pods, pod templates and replication controllers.
#include <fmt/format.h>

#include <algorithm>

#include "mizzen/apiserver/kinds/kinds.hpp"
#include "mizzen/apiserver/kinds/pods/pod_rules.hpp"
#include "mizzen/base/quantity.hpp"
#include "mizzen/json/json.hpp"

namespace mizzen::apiserver {
namespace {

using json::Value;

// Guaranteed: limits of cpu and memory in every container, equal to the requests. BestEffort: neither anywhere.
std::string_view quality_of_service(const Value& pod) {
    bool any = false, guaranteed = true;
    for (auto* list : {"containers", "initContainers"}) {
        auto* containers = pod.find_path({"spec", list});
        if (!containers || !containers->is_array()) continue;
        for (auto& container : containers->as_array()) {
            for (auto* resource : {"cpu", "memory"}) {
                auto limit = parse_quantity(container.text({"resources", "limits", resource}));
                auto request = parse_quantity(container.text({"resources", "requests", resource}));
                any = any || (limit && !limit->is_zero()) || (request && !request->is_zero());
                guaranteed = guaranteed && limit && !limit->is_zero() && (!request || *request == *limit);
            }
        }
    }
    return !any ? "BestEffort" : guaranteed ? "Guaranteed" : "Burstable";
}

void check_images(const Place& containers) {
    for (auto& container : containers.items()) {
        auto image = container.at("image");
        auto text = image.text();
        if (!text.empty() &&
            (text.front() == ' ' || text.back() == ' ' || text.find_first_of("\t\n") != std::string_view::npos)) {
            image.invalid("must not have leading or trailing whitespace");
        }
    }
}

// Who has no account gets no token.
void check_token_volumes(const Place& spec) {
    if (!spec.at("serviceAccountName").text().empty()) return;
    for (auto& volume : spec.at("volumes").items()) {
        for (auto& source : volume.at({"projected", "sources"}).items()) {
            if (auto token = source.at("serviceAccountToken"))
                token.forbid("must not be specified when serviceAccountName is not set");
        }
    }
}

// One line per leaf that differs: "-path: old" and "+path: new".
void describe(const Value* old, const Value* now, const std::string& path, std::string& out) {
    if (same(old, now)) return;
    bool objects = old && now && old->is_object() && now->is_object(),
         arrays = old && now && old->is_array() && now->is_array();
    if (objects) {
        for (auto& m : old->as_object()) describe(&m.value, now->find(m.key), child_path(path, m.key), out);
        for (auto& m : now->as_object()) {
            if (!old->find(m.key)) describe(nullptr, &m.value, child_path(path, m.key), out);
        }
    } else if (arrays && old->as_array().size() == now->as_array().size()) {
        for (std::size_t i = 0; i < now->as_array().size(); ++i)
            describe(&old->as_array()[i], &now->as_array()[i], index_path(path, i), out);
    } else {
        if (old) out += fmt::format("-{}: {}\n", path, json::to_json(*old));
        if (now) out += fmt::format("+{}: {}\n", path, json::to_json(*now));
    }
}

constexpr auto updatable =
    "pod updates may not change fields other than "
    "`spec.containers[*].image`,`spec.initContainers[*].image`,`spec.activeDeadlineSeconds`,"
    "`spec.tolerations` (only additions to existing tolerations),`spec.terminationGracePeriodSeconds` (allow it to be "
    "set to 1 if it was "
    "previously negative)\n";

// True if the update is so wrong that nothing more can be said.
bool check_container_list(const Place& containers, const Value* old) {
    auto before = old && old->is_array() ? old->as_array().size() : 0;
    if (containers.size() == before) return false;
    containers.forbid("pod updates may not add or remove containers");
    return true;
}

bool check_deadline(const Place& deadline, const Value* old) {
    if (!deadline && old) deadline.invalid("must not update from a positive integer to nil value");
    if (!deadline || !old || deadline.integer() <= old->as_integer()) return false;
    deadline.invalid("must be less than or equal to previous value");
    return true;
}

Value without_seconds(Value toleration) {
    toleration.erase("tolerationSeconds");
    return toleration;
}

void check_added_tolerations(const Place& tolerations, const Value* old) {
    if (!old || !old->is_array()) return;
    auto now = tolerations.items();
    for (auto& before : old->as_array()) {
        bool kept = std::any_of(now.begin(), now.end(),
                                [&](auto& t) { return without_seconds(t.value()) == without_seconds(before); });
        if (!kept) return tolerations.forbid("existing toleration can not be modified except its tolerationSeconds");
    }
}

void check_gates(const Place& gates, const Value* old) {
    for (auto& gate : gates.items()) {
        auto name = gate.at("name").text();
        bool known = old && old->is_array() &&
                     std::any_of(old->as_array().begin(), old->as_array().end(),
                                 [&](auto& g) { return g.text("name") == name; });
        if (!known)
            gate.at("name").forbid(fmt::format("only deletion is allowed, but found new scheduling gate '{}'", name));
    }
}

// What may change is made as it was, so that the rest can be compared.
void put_back(Value& spec, const Value& old, std::string_view member) {
    if (auto* before = old.find(member))
        spec[member] = *before;
    else
        spec.erase(member);
}

Value unchanged_part(const Value& spec, const Value& old) {
    auto out = spec;
    for (auto* list : {"containers", "initContainers"}) {
        auto* now = out.find(list);
        auto* before = old.find(list);
        for (std::size_t i = 0; now && before && now->is_array() && i < now->as_array().size(); ++i)
            put_back(now->as_array()[i], before->as_array()[i], "image");
    }
    put_back(out, old, "activeDeadlineSeconds");
    put_back(out, old, "schedulingGates");
    put_back(out, old, "tolerations");
    if (old.integer({"terminationGracePeriodSeconds"}) < 0 && out.integer({"terminationGracePeriodSeconds"}) == 1)
        put_back(out, old, "terminationGracePeriodSeconds");
    bool is_gated = !is_empty(old.find("schedulingGates"));
    if (is_gated) put_back(out, old, "nodeSelector");
    if (is_gated) put_back(out, old, "affinity");
    return out;
}

}  // namespace

void check_pod_update(const Place& pod, const json::Value& old) {
    auto spec = pod.at("spec");
    auto* before = old.find("spec");
    if (!before || !spec) return;
    if (check_container_list(spec.at("containers"), before->find("containers"))) return;
    if (check_container_list(spec.at("initContainers"), before->find("initContainers"))) return;
    if (check_deadline(spec.at("activeDeadlineSeconds"), before->find("activeDeadlineSeconds"))) return;
    check_added_tolerations(spec.at("tolerations"), before->find("tolerations"));
    check_gates(spec.at("schedulingGates"), before->find("schedulingGates"));
    auto rest = unchanged_part(spec.value(), *before);
    if (same(&rest, before)) return;
    std::string difference;
    describe(before, &rest, "spec", difference);
    spec.forbid(updatable + difference);
}

void prepare_pod(json::Value& object) {
    object["status"] = json::Object{{"phase", "Pending"}, {"qosClass", quality_of_service(object)}};
}

void check_pod(const json::Value& object, const json::Value* old, std::vector<FieldError>& errors) {
    Place pod(&object, "", errors);
    auto spec = pod.at("spec");
    check_pod_spec(spec);
    if (auto grace = spec.at("terminationGracePeriodSeconds")) grace.not_negative();
    check_token_volumes(spec);
    check_images(spec.at("containers"));
    check_images(spec.at("initContainers"));
    if (old) return check_pod_update(pod, *old);
    if (auto ephemeral = spec.at("ephemeralContainers"); ephemeral.filled())
        ephemeral.forbid("cannot be set on create");
    if (spec.at("schedulingGates").filled() && !spec.at("nodeName").text().empty()) {
        spec.at("nodeName").forbid("cannot be set until all schedulingGates have been cleared");
    }
}

void check_pod_template_object(const json::Value& object, const json::Value*, std::vector<FieldError>& errors) {
    check_pod_template(Place(object.find("template"), "template", errors));
}

void check_replication_controller(const json::Value& object, const json::Value*, std::vector<FieldError>& errors) {
    Place spec(object.find("spec"), "spec", errors);
    auto selector = spec.at("selector"), pod_template = spec.at("template");
    spec.at("minReadySeconds").not_negative();
    if (!selector.filled()) selector.required();
    spec.at("replicas").not_negative();
    if (!pod_template) return pod_template.required();
    auto labels = pod_template.at({"metadata", "labels"});
    for (auto& want : selector.entries()) {
        if (labels.at(want.name()).text() == want.text()) continue;
        labels.invalid("`selector` does not match template `labels`");
        break;
    }
    check_pod_template(pod_template);
    auto policy = pod_template.at({"spec", "restartPolicy"}),
         deadline = pod_template.at({"spec", "activeDeadlineSeconds"});
    if (policy.text() != "Always") policy.unsupported({"Always"});
    if (deadline) deadline.forbid("activeDeadlineSeconds in ReplicationController is not Supported");
}

}  // namespace mizzen::apiserver
