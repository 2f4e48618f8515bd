// SPDX-License-Identifier: Apache-2.0
// Bootstrap: the objects that every cluster has from its first second.
#pragma once

namespace mizzen::apiserver {

struct Machinery;

// Serves the stored definitions, and creates the system's namespaces, roles and bindings and the kubernetes Service
// where they are missing.
void bootstrap(Machinery& server);

}  // namespace mizzen::apiserver
