// SPDX-License-Identifier: Apache-2.0
// The operator as a program: cache_operator keeps the Caches of the cluster that $KUBECONFIG names.
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <vector>

#include "examples/operator/controller.hpp"
#include "mizzen/async/real_loop.hpp"
#include "mizzen/async/scope.hpp"
#include "mizzen/base/error.hpp"
#include "mizzen/base/text.hpp"
#include "mizzen/kube/client/kubeconfig.hpp"
#include "mizzen/kube/runtime/manager.hpp"
#include "mizzen/net/signals.hpp"
#include "mizzen/net/sockets.hpp"

using namespace mizzen;

namespace {

// What $KUBECONFIG names; in a pod, the cluster it runs in.
kube::Connection connection() {
    if (const char* files = std::getenv("KUBECONFIG")) {
        std::vector<std::filesystem::path> paths;
        for (std::string_view file : split(files, ':')) paths.emplace_back(file);
        return kube::Connection::of(kube::Kubeconfig::load(paths));
    }
    const char* host = std::getenv("KUBERNETES_SERVICE_HOST");
    const char* port = std::getenv("KUBERNETES_SERVICE_PORT");
    if (!host || !port) throw Error(ErrorKind::invalid, "no cluster to work on: set KUBECONFIG to a kubeconfig file");
    return kube::Connection::in_cluster(host, port);
}

Task<> stop_on_signal(net::Signals& signals, kube::Manager& manager) {
    co_await signals.next();
    manager.stop();
}

Task<> operate(net::SocketPoller& poller, kube::Client& client) {
    co_await example::install_cache_crd(client);
    kube::Manager manager(client, {.name = "cache-operator"});
    manager.add(example::cache_controller());
    net::Signals signals(poller, {SIGINT, SIGTERM});
    Scope background(co_await context());
    background.spawn(stop_on_signal(signals, manager));
    std::puts("cache-operator runs");
    std::fflush(stdout);
    co_await manager.run();
}

}  // namespace

int main() {
    try {
        const kube::Connection to = connection();
        net::SocketPoller poller;
        RealLoop loop(poller);
        net::SocketNetwork network(poller);
        auto programs = kube::process_runner(poller);  // for kubeconfigs that get their token from a program
        auto client = kube::connect(loop, network, to, {.field_manager = "cache-operator"}, programs.get());
        loop.run(operate(poller, *client));
        return 0;
    } catch (const Error& e) {
        std::fprintf(stderr, "cache_operator: %s\n", e.what());
        return 1;
    }
}
