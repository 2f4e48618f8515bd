// SPDX-License-Identifier: Apache-2.0
// Asking for the output of containers.
#include "mizzen/kube/client/pod_logs.hpp"

#include "mizzen/async/within.hpp"
#include "mizzen/kube/client/api_error.hpp"
#include "mizzen/kube/client/request.hpp"

namespace mizzen::kube {

net::Request log_request(const ObjectKey& pod, const LogOptions& options) {
    const request::Target target{DynamicKind("", "v1", "Pod", "pods"), {}};
    net::Query query;
    if (!options.container.empty()) query.add("container", options.container);
    if (options.follow) query.add("follow", "true");
    if (options.previous) query.add("previous", "true");
    if (options.timestamps) query.add("timestamps", "true");
    if (options.tail_lines) query.add("tailLines", std::to_string(*options.tail_lines));
    if (options.since)
        query.add("sinceSeconds", std::to_string(std::chrono::ceil<std::chrono::seconds>(*options.since).count()));
    if (options.limit_bytes) query.add("limitBytes", std::to_string(*options.limit_bytes));
    std::string path = target.object_path(pod, "log");
    if (!query.empty()) path += "?" + query.to_string();
    return {.method = "GET", .target = std::move(path), .headers = {{"Accept", "*/*"}}};
}

Task<net::Body> logs(Client& client, ObjectKey pod, LogOptions options) {
    if (pod.ns.empty()) pod.ns = client.default_namespace();
    net::Response response = co_await client.open(log_request(pod, options));
    if (response.status != 200) {
        std::string body = co_await within(std::chrono::seconds(30), response.body.read_all(std::size_t{1} << 20),
                                           "no reason for the refusal came");
        ApiError refusal(parse_status(response.status, body));
        refusal.add_context("while reading the log of Pod " + to_string(pod));
        throw refusal;
    }
    co_return std::move(response.body);
}

}  // namespace mizzen::kube
