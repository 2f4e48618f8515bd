// SPDX-License-Identifier: Apache-2.0
// One view of a configuration file.
#pragma once
#include <vector>

#include "mizzen/telemetry/configuration/detail/node.hpp"
#include "mizzen/telemetry/metrics/view.hpp"

namespace mizzen::telemetry {

// An instrument is named as OpenTelemetry has it where it is one of a convention's ("http.server.request.duration"), or
// as it is declared here ("shop_orders", "shop_orders_total"); so are attributes. Two views where "histogram" means
// both kinds of histograms.
std::vector<View> read_view(const Node& node);

}  // namespace mizzen::telemetry
