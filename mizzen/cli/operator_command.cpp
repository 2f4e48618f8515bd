// SPDX-License-Identifier: Apache-2.0
// `mizzen operator`: the same reconciler as in `mizzen up`, against any Kubernetes.
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <filesystem>

#include <unistd.h>

#include "mizzen/async/real_loop.hpp"
#include "mizzen/async/scope.hpp"
#include "mizzen/cli/command_telemetry.hpp"
#include "mizzen/cli/commands.hpp"
#include "mizzen/kube/client/command_runner.hpp"
#include "mizzen/kube/client/kubeconfig.hpp"
#include "mizzen/net/signals.hpp"
#include "mizzen/net/sockets.hpp"
#include "mizzen/operator/operator.hpp"

namespace mizzen::cli {
namespace {

std::string text_of(const char* variable) {
    const char* text = std::getenv(variable);
    return text ? text : "";
}

kube::Connection connection(const OperatorOptions& options) {
    if (!options.kubeconfigs.empty()) {
        std::vector<std::filesystem::path> files(options.kubeconfigs.begin(), options.kubeconfigs.end());
        return kube::Connection::of(
            files.size() == 1 ? kube::Kubeconfig::load(files.front()) : kube::Kubeconfig::load(files), options.context);
    }
    const std::string host = text_of("KUBERNETES_SERVICE_HOST");
    if (host.empty()) {
        throw Error(
            ErrorKind::invalid,
            "no cluster to work on: give --kubeconfig FILE or set KUBECONFIG (in a pod, the service account is used)");
    }
    return kube::Connection::in_cluster(host, text_of("KUBERNETES_SERVICE_PORT"));
}

std::string identity(Loop& loop) {
    char host[256] = "unknown";
    ::gethostname(host, sizeof host - 1);
    return std::string(host) + "_" + loop.random().uuid();
}

kube::ManagerOptions manager_options(const OperatorOptions& options, const kube::Connection& to, Loop& loop,
                                     const telemetry::Instrumentation& telemetry) {
    kube::ManagerOptions out{.name = "mizzen-operator", .telemetry = telemetry};
    if (options.leader_election)
        out.leader_election =
            kube::LeaderElectionOptions{.name = "mizzen-operator", .ns = to.ns, .identity = identity(loop)};
    return out;
}

// The first calls: what fails here is most often the way to the cluster.
Task<> reach(kube::Client& client, const kube::Connection& to) {
    try {
        co_await install_crd(client);
    } catch (const Error& e) {
        if (e.kind() != ErrorKind::retry) throw;
        throw Error(ErrorKind::retry, to.cluster.server + ": " + e.message() +
                                          "; check that the API server runs and that the kubeconfig names it");
    }
}

Task<> reconcile_all(kube::Client& client, const OperatorOptions& options, const kube::Connection& to,
                     const telemetry::Instrumentation& telemetry) {
    co_await reach(client, to);
    kube::Manager manager(client, manager_options(options, to, client.loop(), telemetry));
    manager.add(web_app_controller());
    std::printf("operator runs against %s\n", to.cluster.server.c_str());
    std::fflush(stdout);
    co_await manager.run();
}

Task<> cancel_on_signal(net::SocketPoller& poller, Scope& work) {
    co_await net::wait_for_signal(poller, {SIGINT, SIGTERM});
    work.cancel("a signal came");
}

Task<> run_until_signal(net::SocketPoller& poller, net::Network& network, const OperatorOptions& options,
                        const kube::Connection& to) {
    Loop& loop = *(co_await context()).loop;
    telemetry::Telemetry telemetry = command_telemetry(loop, network, options.otlp, "mizzen-operator");
    const telemetry::Instrumentation instrumentation = telemetry.instrumentation(command_scope());
    auto programs = kube::process_runner(poller);  // for kubeconfigs that get their token from a program
    auto client = kube::connect(loop, network, to,
                                {.field_manager = "mizzen-operator",
                                 .user_agent = "mizzen-operator/" MIZZEN_VERSION,
                                 .telemetry = instrumentation},
                                programs.get());
    Scope work(co_await context());
    Scope signals(co_await context());
    work.spawn(reconcile_all(*client, options, to, instrumentation));
    signals.spawn(cancel_on_signal(poller, work));
    co_await work.join();
    co_await end_telemetry(telemetry);
}

}  // namespace

int run_operator(const OperatorOptions& options) {
    const kube::Connection to = connection(options);
    net::SocketPoller poller;
    RealLoop loop(poller);
    net::SocketNetwork network(poller);
    loop.run(run_until_signal(poller, network, options, to));
    return 0;
}

}  // namespace mizzen::cli
