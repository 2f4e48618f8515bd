// SPDX-License-Identifier: Apache-2.0
// Detectors: attributes of a resource that can be learned from the machine.
#pragma once
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "mizzen/telemetry/attribute.hpp"
#include "mizzen/telemetry/resource/machine.hpp"

namespace mizzen::telemetry {

// The value of a variable, or nothing if it is not set.
using Environment = std::function<std::optional<std::string>(std::string_view name)>;

enum class Detector {
    process,     // process.*: pid, parent, executable, the command without its arguments, owner, runtime
    host,        // host.*: name, architecture, and the id of the machine where we are in no container
    os,          // os.*: what /etc/os-release says
    container,   // container.id, from the control group or the mounts
    kubernetes,  // k8s.*: pod, its uid, namespace, node, container; from variables of the downward API, the mounts and
                 // the service account
};
inline constexpr Detector all_detectors[] = {Detector::process, Detector::host, Detector::os, Detector::container,
                                             Detector::kubernetes};
// "process", "host", "os", "container", "kubernetes".
std::string_view to_string(Detector detector);
// The same back, and "k8s".
std::optional<Detector> parse_detector(std::string_view name);

// What `detectors` find, under the names of the semantic conventions. What cannot be told for sure is left out; nothing
// is made up. Arguments of the command line are never told, because keys stand there. Values are valid UTF-8 and are
// cut at 1024 bytes. Pure but for what `machine` reads.
Attributes detect(const std::vector<Detector>& detectors, const Machine& machine, const Environment& environment);

}  // namespace mizzen::telemetry
