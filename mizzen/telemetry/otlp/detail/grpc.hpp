// SPDX-License-Identifier: Apache-2.0
// The parts of gRPC over HTTP/2 that one unary call needs (grpc.github.io/grpc/core/md_doc__p_r_o_t_o_c_o_l-_h_t_t_p2).
#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "mizzen/base/time.hpp"
#include "mizzen/net/http.hpp"
#include "mizzen/telemetry/otlp/detail/retry.hpp"

namespace mizzen::telemetry::otlp {

// A length-prefixed message: one byte that says whether it is compressed, four of length, the message. At most 4 GiB.
std::string grpc_frame(std::string_view message, bool compressed);
// The message of the first frame in `body`, whose head said `encoding` (grpc-encoding). Nothing if there is no whole
// frame, or if it is compressed with anything but gzip or zstd, or unpacks to more than `most`. No call of ours asks
// for compression, but gRPC for Go answers as it was asked.
std::optional<std::string> grpc_message(std::string_view body, std::string_view encoding, std::size_t most);
// The value of grpc-timeout: "9750m" in milliseconds, rounded up, or seconds where those have more than eight digits.
std::string grpc_timeout(Duration left);

struct GrpcStatus {
    GrpcCode code = GrpcCode::unknown;
    std::string message = {};                  // for people, as it came
    std::optional<Duration> retry_delay = {};  // of RetryInfo
};
// How a call ended: by its trailers, by its head if that was all there is, and if neither has a grpc-status by the HTTP
// status, as gRPC maps it (http-grpc-status-mapping). A body that broke off has no trailers, so it is UNAVAILABLE.
GrpcStatus grpc_status(int http_status, const net::Headers& head, const net::Headers& trailers, bool broke_off);

}  // namespace mizzen::telemetry::otlp
