// SPDX-License-Identifier: Apache-2.0
// What Prometheus and its like are tested with.
//
// metrics_subject serve: answers /metrics and /made on loopback, and prints how each was asked for.
// metrics_subject write PORT PATH 1|2: sends to 127.0.0.1:PORT by remote write of that version, every 200 ms.
// metrics_subject push PORT protobuf|text push|add|remove: asks that of the Pushgateway at 127.0.0.1:PORT.
// metrics_subject page openmetrics|text ESCAPING SEED: prints a generated page of OpenMetrics 1.0 or text 0.0.4; what
// it leaves out goes to standard error.
//
// The first two end with SIGTERM.
#include <algorithm>
#include <charconv>
#include <csignal>
#include <cstdio>
#include <string>
#include <string_view>
#include <vector>

#include "mizzen/async/real_loop.hpp"
#include "mizzen/base/error.hpp"
#include "mizzen/net/client.hpp"
#include "mizzen/net/server.hpp"
#include "mizzen/net/signals.hpp"
#include "mizzen/net/sockets.hpp"
#include "mizzen/telemetry/http/metrics_handler.hpp"
#include "mizzen/telemetry/pushgateway/push_gateway.hpp"
#include "mizzen/telemetry/remote_write/remote_writer.hpp"
#include "tests/e2e/subjects/generated_snapshot.hpp"
#include "tests/e2e/subjects/subject_metrics.hpp"

using namespace mizzen;
using namespace mizzen::telemetry;

namespace {

class Pages final : public net::Handler {
  public:
    Pages(const Loop& clock, const Registry& registry) : clock_(clock), metrics_(clock, registry) {}

    Task<net::Response> handle(net::Request request) override {
        const std::string path(request.path());
        const std::string accept(request.headers.find("accept").value_or(""));
        net::Response response;
        if (path == "/made") {
            const Exposition wanted = negotiate(accept);
            response.headers.set("content-type", content_type(wanted));
            response.body = expose(subjects::made(clock_.wall()), wanted);
        } else {
            response = co_await metrics_.handle(std::move(request));
        }
        std::printf("%s as %s\n", path.c_str(),
                    std::string(response.headers.find("content-type").value_or("")).c_str());
        std::fflush(stdout);
        co_return response;
    }

  private:
    const Loop& clock_;
    MetricsHandler metrics_;
};

struct Arguments {
    std::string verb;
    std::vector<std::string> rest;

    std::uint64_t number(std::size_t i) const {
        std::uint64_t n = 0;
        const auto [end, problem] = std::from_chars(rest[i].data(), rest[i].data() + rest[i].size(), n);
        if (problem != std::errc() || end != rest[i].data() + rest[i].size())
            throw Error(ErrorKind::invalid, "\"" + rest[i] + "\" is no number");
        return n;
    }
};

Task<> serve(Loop& loop, net::SocketPoller& poller, net::Network& network, const Registry& registry) {
    Pages pages(loop, registry);
    net::Server server(loop, co_await network.listen("127.0.0.1", 0), pages);
    std::printf("metrics_subject listens on 127.0.0.1:%d\n", server.port());
    std::fflush(stdout);
    co_await net::wait_for_signal(poller, {SIGINT, SIGTERM});
    co_await server.stop(std::chrono::seconds(1));
}

Task<> write(Loop& loop, net::SocketPoller& poller, net::Network& network, const Registry& registry,
             Arguments arguments) {
    using namespace remote_write;
    net::HttpClient client(loop, network, {.host = "127.0.0.1", .port = static_cast<int>(arguments.number(0))});
    RemoteWriter writer(loop, registry, client,
                        {.interval = std::chrono::milliseconds(200),
                         .version = arguments.rest[2] == "1" ? Version::v1 : Version::v2,
                         .path = arguments.rest[1],
                         .encode = {.labels = {{"job", "subject"}, {"instance", "here"}}}},
                        Random::from_system());
    co_await net::wait_for_signal(poller, {SIGINT, SIGTERM});
    const RemoteWriterCounts c = co_await writer.shut_down(std::chrono::seconds(5));
    std::printf(
        R"({"version": %d, "collections": %ju, "taken": %ju, "written": %ju, "exemplars": %ju, "problem": "%s"})"
        "\n",
        writer.version() == Version::v1 ? 1 : 2, std::uintmax_t{c.collections}, std::uintmax_t{c.taken},
        std::uintmax_t{c.written}, std::uintmax_t{c.exemplars}, writer.problem().c_str());
}

Task<> push(Loop& loop, net::Network& network, const Registry& registry, Arguments arguments) {
    net::HttpClient client(loop, network, {.host = "127.0.0.1", .port = static_cast<int>(arguments.number(0))});
    const Format format = arguments.rest[1] == "protobuf" ? Format::protobuf : Format::text_0_0_4;
    PushGateway gateway(client, {.job = "nightly", .labels = {{"path", "/var/a b"}}}, {.exposition = {format}});
    if (arguments.rest[2] == "push")
        co_await gateway.push(registry.collect(loop.wall()));
    else if (arguments.rest[2] == "add")
        co_await gateway.add(registry.collect(loop.wall()));
    else
        co_await gateway.remove();
}

void print_page(const Arguments& arguments) {
    const Snapshot snapshot = subjects::generated_snapshot(arguments.number(2));
    const auto escaping = parse_escaping(arguments.rest[1]);
    if (!escaping) throw Error(ErrorKind::invalid, "\"" + arguments.rest[1] + "\" is no escaping scheme");
    const std::string page =
        arguments.rest[0] == "text" ? to_prometheus_text(snapshot, *escaping) : to_openmetrics(snapshot, *escaping);
    std::fwrite(page.data(), 1, page.size(), stdout);
    for (const std::string& line : left_out(snapshot, *escaping)) std::fprintf(stderr, "%s\n", line.c_str());
}

Arguments parse(int argc, char** argv) {
    Arguments all{.verb = argc > 1 ? argv[1] : "", .rest = {argv + std::min(argc, 2), argv + argc}};
    const std::size_t n = all.rest.size();
    if (!((all.verb == "serve" && n == 0) ||
          ((all.verb == "write" || all.verb == "push" || all.verb == "page") && n == 3)))
        throw Error(ErrorKind::invalid,
                    "usage: metrics_subject serve | write PORT PATH 1|2 | push PORT protobuf|text push|add|remove | "
                    "page openmetrics|text ESCAPING SEED");
    return all;
}

}  // namespace

int main(int argc, char** argv) {
    try {
        const Arguments arguments = parse(argc, argv);
        if (arguments.verb == "page") {
            print_page(arguments);
            return 0;
        }
        net::SocketPoller poller;
        RealLoop loop(poller);
        net::SocketNetwork network(poller);
        Registry registry(loop.wall());
        const auto metrics = registry.make<subjects::SubjectMetrics>();
        subjects::fill(metrics);
        if (arguments.verb == "serve")
            loop.run(serve(loop, poller, network, registry));
        else if (arguments.verb == "write")
            loop.run(write(loop, poller, network, registry, arguments));
        else
            loop.run(push(loop, network, registry, arguments));
        return 0;
    } catch (const Error& error) {
        std::fprintf(stderr, "metrics_subject: %s\n", error.what());
        return 1;
    }
}
