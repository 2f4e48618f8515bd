// SPDX-License-Identifier: Apache-2.0
// Instrumentation: what a part of a program needs to tell about itself.
#pragma once
#include "mizzen/telemetry/trace/causes.hpp"
#include "mizzen/telemetry/trace/tracer.hpp"

namespace mizzen::telemetry {

class Registry;
class Propagator;

// Handed to whatever works for a program: clients, servers, controllers. A default-made one tells nothing and costs
// next to nothing. What it points to outlives whoever has it.
struct Instrumentation {
    Tracer tracer = {};
    Registry* registry = nullptr;            // where metrics are made; collected on the thread of the loop
    const Propagator* propagator = nullptr;  // how traces go on in headers; nullptr: they do not
    Causes* causes = nullptr;                // which span wrote which version of an object; nullptr: nobody knows
};

}  // namespace mizzen::telemetry
