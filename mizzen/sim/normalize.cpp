// SPDX-License-Identifier: Apache-2.0
// Makes objects of different runs comparable.
#include "mizzen/kube/runtime/apply_set.hpp"
#include "mizzen/sim/world.hpp"

namespace mizzen::sim {
namespace {

constexpr std::string_view times[] = {
    "creationTimestamp", "lastTransitionTime", "lastUpdateTime", "lastUpdated",      "time", "startTime", "startedAt",
    "firstTimestamp",    "lastTimestamp",      "eventTime",      "lastHeartbeatTime"};
constexpr std::string_view identities[] = {"uid",
                                           "resourceVersion",
                                           "containerID",
                                           "podIP",
                                           "podIPs",
                                           "clusterIP",
                                           "clusterIPs",
                                           "nodePort",
                                           "generation",
                                           "observedGeneration",
                                           kube::applied_annotation};

bool is_one_of(std::string_view key, auto& list) {
    for (std::string_view one : list) {
        if (key == one) return true;
    }
    return false;
}

void scrub(json::Value& value) {
    if (value.is_array()) {
        for (json::Value& element : value.as_array()) scrub(element);
    }
    if (!value.is_object()) return;
    std::vector<std::string> drop;
    for (auto& [key, member] : value.as_object()) {
        if (is_one_of(key, times) || is_one_of(key, identities))
            drop.push_back(key);
        else
            scrub(member);
    }
    for (const std::string& key : drop) value.erase(key);
}

}  // namespace

json::Value normalized(json::Value object) {
    if (json::Value* metadata = object.find("metadata")) {
        metadata->erase("managedFields");
        // "shop-5d8f9-x7k2p" came from "shop-5d8f9-".
        if (auto generated = metadata->text("generateName"); !generated.empty())
            (*metadata)["name"] = std::string(generated);
    }
    scrub(object);
    return object;
}

}  // namespace mizzen::sim
