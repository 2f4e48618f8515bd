// SPDX-License-Identifier: Apache-2.0
// Any request, through the whole server: method, target, headers and body come from the fuzzer. Nothing may crash, hang
// or throw, every answer is a whole HTTP response, and every refusal is a Status.
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "mizzen/apiserver/api_server.hpp"
#include "mizzen/async/simulated_loop.hpp"
#include "mizzen/async/timeout.hpp"
#include "mizzen/base/error.hpp"
#include "mizzen/json/json.hpp"

namespace {

using namespace mizzen;

constexpr std::string_view methods[] = {"GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS", "BREW"};
constexpr std::string_view body_types[] = {"application/json",
                                           "application/yaml",
                                           "application/vnd.kubernetes.protobuf",
                                           "application/json-patch+json",
                                           "application/merge-patch+json",
                                           "application/strategic-merge-patch+json",
                                           "application/apply-patch+yaml",
                                           ""};
constexpr std::string_view targets[] = {"",
                                        "/api/v1/namespaces/default/configmaps",
                                        "/api/v1/namespaces/default/configmaps/a",
                                        "/api/v1/namespaces/default/pods/p",
                                        "/apis/apps/v1/namespaces/default/deployments/d",
                                        "/apis/apps/v1/namespaces/default/deployments/d/scale",
                                        "/apis/apiextensions.k8s.io/v1/customresourcedefinitions",
                                        "/apis/rbac.authorization.k8s.io/v1/clusterroles"};

constexpr std::string_view seeds[][2] = {
    {"/api/v1/namespaces/default/configmaps", R"({"metadata":{"name":"a"},"data":{"k":"v"}})"},
    {"/api/v1/namespaces/default/pods",
     R"({"metadata":{"name":"p"},"spec":{"nodeName":"n","containers":[{"name":"c","image":"i"}]}})"},
    {"/apis/apps/v1/namespaces/default/deployments",
     R"({"metadata":{"name":"d"},"spec":{"selector":{"matchLabels":{"a":"b"}},"template":{"metadata":{"labels":{"a":"b"}},"spec":{"containers":[{"name":"c","image":"i"}]}}}})"},
};

// Takes up to the first newline.
std::string_view take_line(std::string_view& data) {
    std::size_t end = data.find('\n');
    std::string_view line = data.substr(0, end);
    data = end == std::string_view::npos ? std::string_view() : data.substr(end + 1);
    return line;
}

// A watch is read for a second of simulated time.
Task<std::string> read_some(net::Body& body) {
    std::string all;
    try {
        while (std::optional<Bytes> chunk = co_await timeout(std::chrono::seconds(1), body.next()))
            all.append(chunk->view());
    } catch (const Cancelled&) {
    }
    co_return all;
}

net::Response send(SimulatedLoop& loop, apiserver::ApiServer& server, net::Request request) {
    request.peer = {
        .address = "fuzz", .has_certificate = true, .common_name = "admin", .organizations = {"system:masters"}};
    return loop.run(server.handle(std::move(request)));
}

}  // namespace

// First byte: method and kind of body; second: target, or the first line of the rest; then lines of query and Accept;
// then the body.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size < 2) return 0;
    SimulatedLoop loop(1);
    apiserver::ApiServer server(loop, {.disabled_admission = {"ServiceAccount"}});
    server.start();
    for (const auto& [target, body] : seeds)
        send(loop, server, {.method = "POST", .target = std::string(target), .body = std::string(body)});

    std::string_view text(reinterpret_cast<const char*>(data) + 2, size - 2);
    net::Request request{.method = std::string(methods[data[0] % 8])};
    std::string_view base = targets[data[1] % 8];
    request.target = base.empty() ? "/" : std::string(base);
    request.target += take_line(text);
    request.headers.set("content-type", std::string(body_types[data[0] / 8 % 8]));
    request.headers.set("accept", std::string(take_line(text)));
    request.body = std::string(text);
    net::Response response = send(loop, server, std::move(request));
    if (response.status < 200 || response.status > 599) std::abort();
    std::string answer = loop.run(read_some(response.body));
    if (response.status >= 400 && response.headers.find("content-type") == "application/json" &&
        json::parse(answer).text("kind") != "Status")
        std::abort();
    return 0;
}
