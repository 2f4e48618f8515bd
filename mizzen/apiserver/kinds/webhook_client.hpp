// SPDX-License-Identifier: Apache-2.0
// Where a webhook is: the rules of its URL or its Service, shared by admission webhooks and CRD conversion.
#pragma once
#include "mizzen/apiserver/kinds/place.hpp"

namespace mizzen::apiserver {

void check_webhook_url(const Place& url);
// {name, namespace, path, port}.
void check_webhook_service(const Place& service);
// clientConfig of an admission webhook: exactly one of both.
void check_webhook_client(const Place& client_config);

}  // namespace mizzen::apiserver
