// SPDX-License-Identifier: Apache-2.0
// The output of containers. Source: Kubernetes API reference, "read log of the specified Pod".
#pragma once
#include <cstdint>
#include <optional>
#include <string>

#include "mizzen/kube/client/client.hpp"
#include "mizzen/kube/client/object_key.hpp"

namespace mizzen::kube {

struct LogOptions {
    std::string container = {};  // may be empty for a pod with one container
    bool follow = false;         // goes on as the container writes, until it ends
    bool previous = false;       // of the container before the last restart
    bool timestamps = false;
    std::optional<int> tail_lines = {};
    std::optional<Duration> since = {};
    std::optional<std::int64_t> limit_bytes = {};
};

net::Request log_request(const ObjectKey& pod, const LogOptions& options);

// The output as it comes: `while (auto chunk = co_await body.next()) …`. An empty namespace in `pod` means the client's
// own. Throws ApiError, Error(retry). Cancel-safe.
Task<net::Body> logs(Client& client, ObjectKey pod, LogOptions options = {});

}  // namespace mizzen::kube
