// SPDX-License-Identifier: Apache-2.0
// What every namespace has: the ServiceAccount "default" and the ConfigMap "kube-root-ca.crt". Test frameworks wait for
// both.
#pragma once
#include <string>

#include "mizzen/kube/runtime/controller.hpp"
#include "mizzen/kube/schema/kinds/core.hpp"

namespace mizzen::controllers {

// `root_ca_pem` goes to kube-root-ca.crt, so that pods can trust the API server; it must outlive the controller.
kube::Controller<kube::Namespace> service_account_controller(const std::string& root_ca_pem);

}  // namespace mizzen::controllers
