// SPDX-License-Identifier: Apache-2.0
// All that a server needs to tell about itself; where Mizzen is installed, #include <mizzen/telemetry.hpp>.
#pragma once
#include "mizzen/telemetry/http/metrics_handler.hpp"
#include "mizzen/telemetry/http/traced_handler.hpp"
#include "mizzen/telemetry/http/traced_transport.hpp"
#include "mizzen/telemetry/logs/logger.hpp"
#include "mizzen/telemetry/metrics/registry.hpp"
#include "mizzen/telemetry/semconv/conventions.hpp"
#include "mizzen/telemetry/telemetry.hpp"
#include "mizzen/telemetry/trace/current_span.hpp"
#include "mizzen/telemetry/trace/tracer.hpp"
