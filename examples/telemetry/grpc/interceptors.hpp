// SPDX-License-Identifier: Apache-2.0
// gRPC interceptors: a span for each call, on both sides, in one trace. Source: OpenTelemetry semantic conventions,
// rpc.
#pragma once
#include <grpcpp/support/client_interceptor.h>
#include <grpcpp/support/server_interceptor.h>

#include <memory>

#include "mizzen/telemetry/background.hpp"

namespace grpc_example {

// For grpc::experimental::CreateCustomChannelWithInterceptors(). Sends the span's context along as metadata. The
// telemetry outlives the channel.
std::unique_ptr<grpc::experimental::ClientInterceptorFactoryInterface> traced_client(
    mizzen::telemetry::BackgroundTelemetry& telemetry);
// For ServerBuilder::experimental().SetInterceptorCreators(). The telemetry outlives the server.
std::unique_ptr<grpc::experimental::ServerInterceptorFactoryInterface> traced_server(
    mizzen::telemetry::BackgroundTelemetry& telemetry);

}  // namespace grpc_example
