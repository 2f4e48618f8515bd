// SPDX-License-Identifier: Apache-2.0
// Frames and deadlines of gRPC.
#include "mizzen/telemetry/otlp/detail/grpc.hpp"

#include <gtest/gtest.h>

#include "mizzen/net/gzip.hpp"
#include "mizzen/net/zstd.hpp"

namespace mizzen::telemetry::otlp {
namespace {
using namespace std::chrono_literals;
using namespace std::string_literals;

TEST(Grpc, FramesAMessage) {
    EXPECT_EQ(grpc_frame("abc", false), "\0\0\0\0\3abc"s);
    EXPECT_EQ(grpc_frame("", true), "\1\0\0\0\0"s);
    EXPECT_EQ(grpc_frame(std::string(0x010203, 'x'), false).substr(0, 5), "\0\0\1\2\3"s);
}

TEST(Grpc, ReadsTheFirstWholeFrame) {
    const auto read = [](std::string_view body) { return grpc_message(body, "gzip", 100); };
    EXPECT_EQ(read("\0\0\0\0\3abc"s), "abc");
    EXPECT_EQ(read("\0\0\0\0\0"s), "");
    EXPECT_EQ(read("\0\0\0\0\1abc"s), "a");
    EXPECT_EQ(read("\0\0\0\0\4abc"s), std::nullopt);
    EXPECT_EQ(read("\0\xff\xff\xff\xff"s), std::nullopt);
    EXPECT_EQ(read("\1\0\0\0\3abc"s), std::nullopt) << "no gzip";
    EXPECT_EQ(read("\2\0\0\0\3abc"s), std::nullopt);
    EXPECT_EQ(read("\0\0\0\0"s), std::nullopt);
    EXPECT_EQ(read(""), std::nullopt);
}

// gRPC for Go packs the answer to a request that was packed, whatever grpc-accept-encoding says.
TEST(Grpc, UnpacksGzip) {
    const std::string frame = grpc_frame(net::gzip("abc"), true);
    EXPECT_EQ(grpc_message(frame, "gzip", 3), "abc");
    EXPECT_EQ(grpc_message(grpc_frame(net::gzip(""), true), "gzip", 3), "");
    EXPECT_EQ(grpc_message(frame, "gzip", 2), std::nullopt) << "more than may be";
    EXPECT_EQ(grpc_message(frame, "", 3), std::nullopt);
    EXPECT_EQ(grpc_message(frame, "snappy", 3), std::nullopt);
    EXPECT_EQ(grpc_message(grpc_frame(net::gzip("abc").substr(0, 15), true), "gzip", 3), std::nullopt);
}

TEST(Grpc, UnpacksZstd) {
    const std::string frame = grpc_frame(net::zstd("abc"), true);
    EXPECT_EQ(grpc_message(frame, "zstd", 3), "abc");
    EXPECT_EQ(grpc_message(frame, "zstd", 2), std::nullopt) << "more than may be";
    EXPECT_EQ(grpc_message(frame, "gzip", 3), std::nullopt);
    EXPECT_EQ(grpc_message(grpc_frame("abc", true), "zstd", 3), std::nullopt);
}

TEST(Grpc, TellsTheTimeThatIsLeft) {
    EXPECT_EQ(grpc_timeout(10s), "10000m");
    EXPECT_EQ(grpc_timeout(1500us), "2m");
    EXPECT_EQ(grpc_timeout(0s), "1m");
    EXPECT_EQ(grpc_timeout(-5s), "1m");
    EXPECT_EQ(grpc_timeout(99'999'999ms), "99999999m");
    EXPECT_EQ(grpc_timeout(100'000'000ms), "100000S");
    EXPECT_EQ(grpc_timeout(Duration::max()), "99999999S");
}

}  // namespace
}  // namespace mizzen::telemetry::otlp
