// SPDX-License-Identifier: Apache-2.0
// Frames, deadlines and statuses of gRPC.
#include "mizzen/telemetry/otlp/detail/grpc.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "mizzen/base/base64.hpp"
#include "mizzen/base/error.hpp"
#include "mizzen/net/gzip.hpp"
#include "mizzen/net/zstd.hpp"
#include "mizzen/telemetry/otlp/detail/answer_message.hpp"

namespace mizzen::telemetry::otlp {
namespace {

constexpr std::size_t prefix_size = 5;

GrpcCode code_of_http(int status) {
    switch (status) {
        case 400:
            return GrpcCode::internal;
        case 401:
            return GrpcCode::unauthenticated;
        case 403:
            return GrpcCode::permission_denied;
        case 404:
            return GrpcCode::unimplemented;
        case 429:
        case 502:
        case 503:
        case 504:
            return GrpcCode::unavailable;
        default:
            return GrpcCode::unknown;
    }
}

GrpcCode parse_code(std::string_view text) {
    unsigned number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    const bool is_known = error == std::errc{} && end == text.data() + text.size() && number <= 16;
    return is_known ? static_cast<GrpcCode>(number) : GrpcCode::unknown;
}

// Senders differ in whether they pad.
std::optional<std::string> from_header_base64(std::string_view text) {
    std::string padded(text.substr(0, text.find('=')));
    padded.append((4 - padded.size() % 4) % 4, '=');
    return from_base64(padded);
}

// grpc-status-details-bin holds a google.rpc.Status.
std::optional<Duration> retry_delay_in(const net::Headers& fields) {
    const auto details = fields.find("grpc-status-details-bin");
    const auto bytes = details ? from_header_base64(*details) : std::nullopt;
    const auto status = bytes ? read_rpc_status(*bytes, Encoding::protobuf) : std::nullopt;
    return status ? status->retry_delay : std::nullopt;
}

GrpcStatus status_in(const net::Headers& fields) {
    const std::string_view message = fields.find("grpc-message").value_or("");
    return {.code = parse_code(fields.find("grpc-status").value_or("")),
            .message = net::percent_decode(message).value_or(std::string(message)),
            .retry_delay = retry_delay_in(fields)};
}

}  // namespace

std::string grpc_frame(std::string_view message, bool compressed) {
    std::string frame;
    frame.reserve(prefix_size + message.size());
    frame += compressed ? '\1' : '\0';
    for (int shift = 24; shift >= 0; shift -= 8) frame += static_cast<char>(message.size() >> shift & 0xff);
    return frame += message;
}

std::optional<std::string> grpc_message(std::string_view body, std::string_view encoding, std::size_t most) {
    if (body.size() < prefix_size || static_cast<unsigned char>(body[0]) > 1) return std::nullopt;
    std::size_t size = 0;
    for (std::size_t i = 1; i < prefix_size; ++i) size = size << 8 | static_cast<unsigned char>(body[i]);
    if (size > body.size() - prefix_size) return std::nullopt;
    const std::string_view message = body.substr(prefix_size, size);
    if (body[0] == '\0') return std::string(message);
    try {
        if (encoding == "zstd") return net::unzstd(message, most);
        if (encoding != "gzip") return std::nullopt;
        net::Gunzip gunzip;
        std::string unpacked = gunzip.unpack(message, most);
        return gunzip.done() ? std::optional(std::move(unpacked)) : std::nullopt;
    } catch (const Error&) {
        return std::nullopt;
    }
}

std::string grpc_timeout(Duration left) {
    constexpr std::int64_t most = 99'999'999;  // eight digits
    const auto milliseconds = std::max<std::int64_t>(1, std::chrono::ceil<std::chrono::milliseconds>(left).count());
    if (milliseconds <= most) return fmt::format("{}m", milliseconds);
    return fmt::format("{}S", std::min(most, std::chrono::ceil<std::chrono::seconds>(left).count()));
}

GrpcStatus grpc_status(int http_status, const net::Headers& head, const net::Headers& trailers, bool broke_off) {
    if (trailers.find("grpc-status")) return status_in(trailers);
    if (head.find("grpc-status")) return status_in(head);
    if (http_status != 200) {
        return {.code = code_of_http(http_status),
                .message = fmt::format("HTTP {} {}", http_status, net::reason_phrase(http_status))};
    }
    if (broke_off) return {.code = GrpcCode::unavailable, .message = "the answer broke off"};
    return {.message = "the answer has no grpc-status; is this a gRPC port? (OTLP: 4317 is gRPC, 4318 is HTTP)"};
}

}  // namespace mizzen::telemetry::otlp
