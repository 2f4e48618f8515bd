// SPDX-License-Identifier: Apache-2.0
// Machinery: the parts that the verbs of one ApiServer share.
#pragma once
#include <memory>

#include "mizzen/apiserver/admission/admission.hpp"
#include "mizzen/apiserver/api_server.hpp"
#include "mizzen/apiserver/auth/access.hpp"
#include "mizzen/apiserver/auth/authenticator.hpp"
#include "mizzen/apiserver/auth/service_account_tokens.hpp"
#include "mizzen/apiserver/catalog/catalog.hpp"
#include "mizzen/apiserver/catalog/definitions.hpp"
#include "mizzen/apiserver/request/request_metrics.hpp"
#include "mizzen/apiserver/store/store.hpp"
#include "mizzen/apiserver/verbs/event_expiry.hpp"

namespace mizzen::apiserver {

struct Machinery {
    Machinery(Loop& loop, Options options);

    Loop& loop;
    Options options;
    Store store;
    Catalog catalog;
    Definitions definitions;  // custom resources: keeps the catalog in step with the stored CustomResourceDefinitions
    EventExpiry events;
    ServiceAccountTokens tokens;
    Authenticator authenticator;
    Access access;
    std::vector<Admission> admission;  // in order
    RequestMetrics metrics;
};

}  // namespace mizzen::apiserver
