// SPDX-License-Identifier: Apache-2.0
// PushGateway: leaves the metrics of a job that ends before it could be scraped with a Pushgateway.
#pragma once
#include <string>
#include <utility>
#include <vector>

#include "mizzen/async/task.hpp"
#include "mizzen/base/time.hpp"
#include "mizzen/net/http.hpp"
#include "mizzen/telemetry/exposition/exposition.hpp"

namespace mizzen::telemetry {

// What metrics are kept under; a group is replaced and removed as a whole.
struct PushGroup {
    std::string job;
    std::vector<std::pair<std::string, std::string>> labels = {};  // such as instance
};

struct PushOptions {
    // Protobuf carries native histograms.
    Exposition exposition = {};
    // Before /metrics/job/…, where the Pushgateway is not at the root.
    std::string path_prefix = {};
    // Sent with each request, such as a key. Never shown.
    std::vector<std::pair<std::string, std::string>> headers = {};
    Duration timeout = std::chrono::seconds(10);
};

// Source: prometheus/pushgateway, README, API. Every call is one request and throws Error: invalid for what the
// Pushgateway refuses (and for metrics that have a label of the group: they would be told under another value), denied,
// overloaded, retry for 5xx and where no answer came in time. A push that is repeated does no harm.
class PushGateway {
  public:
    // `transport` outlives it. Throws Error(invalid) if the job has no name, or a label of the group is none, is there
    // twice, or is called job.
    PushGateway(net::Transport& transport, PushGroup group, PushOptions options = {});

    // Replaces all metrics of the group (PUT).
    Task<> push(Snapshot snapshot);
    // Replaces those with the same names (POST).
    Task<> add(Snapshot snapshot);
    // Removes the group (DELETE).
    Task<> remove();

  private:
    Task<> send(std::string method, std::string body);
    std::string page(const Snapshot& snapshot) const;

    net::Transport& transport_;
    PushGroup group_;
    PushOptions options_;
};

// The path of a group: /metrics/job/shop/instance/a. Values that are empty or hold a slash go in base64, as the
// Pushgateway asks: /path@base64/L3Zhcg.
std::string group_path(const PushGroup& group);

}  // namespace mizzen::telemetry
