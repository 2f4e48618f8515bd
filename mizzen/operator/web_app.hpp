// SPDX-License-Identifier: Apache-2.0
// WebApp: the one resource a team writes. This file is its definition: JSON, schema, limits, defaults, printer columns
// and the reference page come from it. The smallest form is `image` alone.
#pragma once
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "mizzen/json/reflect.hpp"
#include "mizzen/kube/schema/kind.hpp"
#include "mizzen/kube/schema/kinds/meta.hpp"

namespace mizzen {

using json::field;
using json::maybe;

// A Kubernetes quantity as people write it: 250m, 1.5, 128Mi.
inline constexpr const char* quantity_pattern = "^[0-9]+(\\.[0-9]+)?(m|k|M|G|T|Ki|Mi|Gi|Ti)?$";

struct Health {
    std::string path =
        field("HTTP path that answers 200 to 399 when the app can serve; empty tries a TCP connection instead.")
            .pattern("^(/[^ ]*)?$");
    int period_seconds = field("Seconds between two readiness checks.", 5).min(1).max(300);
    int timeout_seconds = field("Seconds a check may take.", 2).min(1).max(60);
    int startup_seconds =
        field("Longest time the app may take to start, seconds; it is restarted after that.", 300).min(1).max(3600);
};

struct Resources {
    std::string cpu =
        field("CPU each pod asks for, a Kubernetes quantity.", std::string("100m")).pattern(quantity_pattern);
    std::string memory = field("Memory each pod asks for and may use, a Kubernetes quantity.", std::string("128Mi"))
                             .pattern(quantity_pattern);
    std::string cpu_limit = field("CPU a pod may use at most; no limit when empty, since throttling hurts latency.")
                                .pattern("^([0-9]+(\\.[0-9]+)?(m|k|M|G|T|Ki|Mi|Gi|Ti)?)?$");
};

struct Config {
    std::map<std::string, std::string> files = field("Files by name, mounted read-only; a change rolls the pods.");
    std::string path = field("Folder the files appear in.", std::string("/etc/app")).pattern("^/.+$");
};

struct WebAppSpec {
    std::string image = field("Container image, by tag or digest.").required().min_length(1);
    int replicas = field("Pods to run.", 1).min(0).max(5000);
    int port = field("Port the container listens on for HTTP.", 8080).min(1).max(65535);
    std::map<std::string, std::string> env = field("Environment variables of the container.");
    std::vector<std::string> command = field("Command to run instead of the image's own.");
    std::vector<std::string> args = field("Arguments for the command.");
    std::optional<Health> health = maybe("How to see that the app can serve; a TCP check of the port when absent.");
    std::optional<Resources> resources = maybe("What each pod needs; small safe values when absent.");
    std::optional<Config> config = maybe("Configuration files, kept in a ConfigMap.");
};

enum class Phase { Pending, Progressing, Ready, Degraded, Stopped };

struct WebAppCondition {
    std::string type = field("Ready, Reconciling, Stalled or the name of a concern.").required();
    std::string status = field("True, False or Unknown.").required().pattern("^(True|False|Unknown)$");
    std::string reason = field("One word for programs.");
    std::string message = field("A sentence for people.");
    std::string last_transition_time = field("When status changed last, RFC 3339.");
    std::optional<std::int64_t> observed_generation = maybe("The metadata.generation this speaks of.");
};

struct WebAppStatus {
    std::optional<Phase> phase = maybe("Where the app is, in one word.");
    std::optional<int> available_replicas = maybe("Pods that can serve now.");
    std::string last_updated = field("When this status changed last, RFC 3339.");
    std::optional<std::int64_t> observed_generation = maybe("The metadata.generation this status speaks of.");
    std::vector<WebAppCondition> conditions = field("One per concern, with an exact reason.").list_keys({"type"});
};

struct WebApp {
    kube::ObjectMeta metadata = field("Standard object metadata.");
    WebAppSpec spec = field("What is wanted.").required();
    WebAppStatus status = field("What is.");

    static constexpr kube::Kind kind{"mizzen.dev", "v1", "WebApp", "webapps", true};
};

}  // namespace mizzen
