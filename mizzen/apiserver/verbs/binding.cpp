// SPDX-License-Identifier: Apache-2.0
// Implements binding.hpp.
#include "mizzen/apiserver/verbs/binding.hpp"

#include <fmt/format.h>

#include "mizzen/apiserver/machinery.hpp"
#include "mizzen/apiserver/request/body.hpp"
#include "mizzen/apiserver/request/respond.hpp"
#include "mizzen/apiserver/verbs/verbs.hpp"
#include "mizzen/apiserver/verbs/writer.hpp"

namespace mizzen::apiserver {
namespace {

StatusError refuse(const Call& call, std::string_view why) { return conflict("", "pods/binding", call.info.name, why); }

void merge_texts(json::Value& object, const json::Value& from, std::string_view key) {
    const json::Value* texts = from.find_path({"metadata", key});
    if (!texts || !texts->is_object()) return;
    for (const json::Member& m : texts->as_object()) object.at({"metadata", key, m.key}) = m.value;
}

json::Value bound(const Call& call, json::Value pod, const json::Value& binding) {
    if (!pod.text({"metadata", "deletionTimestamp"}).empty())
        throw refuse(call, fmt::format("pod {} is being deleted, cannot be assigned to a host", call.info.name));
    if (std::string_view node = pod.text({"spec", "nodeName"}); !node.empty())
        throw refuse(call, fmt::format("pod {} is already assigned to node \"{}\"", call.info.name, node));
    if (const json::Value* gates = pod.find_path({"spec", "schedulingGates"});
        gates && gates->is_array() && !gates->as_array().empty())
        throw refuse(call, fmt::format("pod {} has non-empty .spec.schedulingGates", call.info.name));
    pod.at({"spec", "nodeName"}) = binding.text({"target", "name"});
    merge_texts(pod, binding, "annotations");
    merge_texts(pod, binding, "labels");
    json::Value& conditions = pod.at({"status", "conditions"});
    if (!conditions.is_array()) conditions = json::Array{};
    std::erase_if(conditions.as_array(), [](const json::Value& c) { return c.text("type") == "PodScheduled"; });
    conditions.as_array().push_back(json::Object{{"lastProbeTime", nullptr},
                                                 {"lastTransitionTime", to_rfc3339(call.now())},
                                                 {"status", "True"},
                                                 {"type", "PodScheduled"}});
    return pod;
}

void check_binding(const Call& call, const json::Value& binding) {
    std::string_view kind = binding.text({"target", "kind"});
    if (!kind.empty() && kind != "Node")
        throw invalid("", "Binding", call.info.name, {not_supported("target.kind", kind, {"Node", "<empty>"})});
    if (binding.text({"target", "name"}).empty())
        throw invalid("", "Binding", call.info.name, {required_value("target.name")});
}

}  // namespace

Task<net::Response> bind_pod(Call& call) {
    WriteOptions options = parse_write_options(call, "CreateOptions");
    json::Value binding = decode_object(call.body, call.header("content-type"), {"", "v1", "Binding", false}).object;
    if (call.info.resource == "bindings") {
        call.info.name = binding.text({"metadata", "name"});
        call.resource = call.server.catalog.find("", "v1", "pods");
    }
    call.info.subresource = "binding";
    check_binding(call, binding);
    // A pod's node is not the client's to change otherwise, so this goes past the rules of pods.
    Live live = read_live(call);
    if (std::string_view uid = binding.text({"metadata", "uid"});
        !uid.empty() && uid != live.object.text({"metadata", "uid"}))
        throw refuse(call, "the pod has another uid");
    json::Value pod = bound(call, std::move(live.object), binding);
    if (!options.dry_run) call.wrote(*call.server.store.put(*call.resource->collection, call.key(), std::move(pod)));
    co_return document_response(call, 201,
                                json::Object{{"apiVersion", "v1"},
                                             {"code", 201},
                                             {"kind", "Status"},
                                             {"metadata", json::Object{}},
                                             {"status", "Success"}});
}

}  // namespace mizzen::apiserver
