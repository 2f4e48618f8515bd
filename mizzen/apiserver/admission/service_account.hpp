// SPDX-License-Identifier: Apache-2.0
// ServiceAccount: each pod runs as an account, and its containers find that account's token.
// Source: Kubernetes documentation "Managing Service Accounts", "ServiceAccount admission controller".
#pragma once
#include "mizzen/apiserver/admission/admission.hpp"

namespace mizzen::apiserver {

Admission service_account();

}  // namespace mizzen::apiserver
