// SPDX-License-Identifier: Apache-2.0
// `mizzen up`: starts everything, watches the files, ends in order.
#include <csignal>
#include <cstdio>
#include <filesystem>
#include <optional>

#include <unistd.h>

#include "mizzen/async/delay.hpp"
#include "mizzen/async/real_loop.hpp"
#include "mizzen/async/scope.hpp"
#include "mizzen/cli/apply.hpp"
#include "mizzen/cli/command_telemetry.hpp"
#include "mizzen/cli/commands.hpp"
#include "mizzen/cli/live_tree.hpp"
#include "mizzen/cluster/endpoint.hpp"
#include "mizzen/net/local_transport.hpp"
#include "mizzen/net/process.hpp"
#include "mizzen/net/signals.hpp"
#include "mizzen/net/sockets.hpp"
#include "mizzen/operator/operator.hpp"
#include "mizzen/telemetry/trace/current_span.hpp"

namespace mizzen::cli {
namespace {

namespace fs = std::filesystem;

constexpr Duration look_at_files = std::chrono::milliseconds(250);
constexpr Duration grace = std::chrono::seconds(2);

void put(std::string_view text) {
    std::fwrite(text.data(), 1, text.size(), stdout);
    std::fflush(stdout);
}

// The kubeconfig of a running cluster: gone when the cluster is.
class KubeconfigFile {
  public:
    explicit KubeconfigFile(const kube::Kubeconfig& config) {
        std::string name = (fs::temp_directory_path() / "mizzen-XXXXXX").string();
        if (!::mkdtemp(name.data()))
            throw Error(ErrorKind::invalid, "cannot make a folder in " + fs::temp_directory_path().string() +
                                                "; set TMPDIR to one that can be written");
        folder_ = name;
        config.save(path());
    }
    ~KubeconfigFile() {
        std::error_code ignored;
        fs::remove_all(folder_, ignored);
    }
    KubeconfigFile(const KubeconfigFile&) = delete;
    KubeconfigFile& operator=(const KubeconfigFile&) = delete;
    fs::path path() const { return folder_ / "kubeconfig"; }

  private:
    fs::path folder_;
};

std::vector<fs::file_time_type> times(const std::vector<std::string>& files) {
    std::vector<fs::file_time_type> out;
    for (const std::string& file : files) {
        std::error_code missing;
        out.push_back(fs::last_write_time(file, missing));
    }
    return out;
}

ClusterPki pki(const UpOptions& options, WallTime now) {
    if (options.data_dir.empty()) return ClusterPki::create(now);
    return ClusterPki::load_or_create(fs::path(options.data_dir) / "pki", now);
}

ClusterOptions cluster_options(const UpOptions& options, const ClusterPki& pki,
                               const telemetry::Instrumentation& telemetry) {
    ClusterOptions out{.telemetry = telemetry};
    out.server.data_dir = options.data_dir;
    out.server.root_ca_pem = pki.authority.certificate_pem;
    out.server.service_account_key_pem = pki.tokens.key_pem;
    return out;
}

// What one `mizzen up` consists of; made in this order, destroyed in the other.
class Session {
  public:
    Session(Loop& loop, net::SocketPoller& poller, const UpOptions& options)
        : poller_(poller),
          network_(poller),
          options_(options),
          telemetry_(command_telemetry(loop, network_, options.otlp, "mizzen")),
          instrumentation_(telemetry_.instrumentation(command_scope())),
          pki_(pki(options, loop.wall())),
          cluster_(loop, cluster_options(options, pki_, instrumentation_)),
          operator_client_(
              loop, std::make_unique<net::LocalTransport>(cluster_.handler(), operator_identity()),
              {.field_manager = "mizzen-operator", .user_agent = "mizzen-operator", .telemetry = instrumentation_}),
          operator_(operator_client_, {.name = "mizzen-operator", .telemetry = instrumentation_}),
          applier_(cluster_.client()),
          tree_(cluster_.client(), ::isatty(STDOUT_FILENO) == 1 && options.command.empty(), put) {
        operator_.add(web_app_controller());
    }

    Task<int> run(std::vector<InputObject> input) {
        Loop& loop = *(co_await context()).loop;
        endpoint_ = co_await open_endpoint(loop);
        config_.emplace(endpoint_->kubeconfig(pki_));
        put("Kubernetes " + endpoint_->url() + "\nexport KUBECONFIG=" + config_->path().string() + "\n");
        telemetry::Span span = instrumentation_.tracer.start("mizzen up");
        Scope background(co_await context());
        background.spawn(cluster_.run());
        co_await install_crd(cluster_.client());
        background.spawn(operator_.run());
        background.spawn(tree_.run());
        const auto seen = times(options_.files);
        co_await apply_as(span, std::move(input));
        background.spawn(end_when_ready(span));
        int code = 0;
        if (options_.command.empty()) {
            background.spawn(follow_files(seen));
            // Ends only with the scope: by a signal, or by an error that leaves no cluster.
            co_await background.join();
        } else {
            code = co_await run_command();
        }
        background.cancel("done");
        co_await background.join();
        co_return code;
    }

    Task<> stop() {
        if (endpoint_) co_await endpoint_->stop(grace);
        co_await end_telemetry(telemetry_);
    }

  private:
    static net::Peer operator_identity() {
        return {.address = "local",
                .has_certificate = true,
                .common_name = "mizzen:operator",
                .organizations = {"system:masters"}};
    }

    Task<std::unique_ptr<Endpoint>> open_endpoint(Loop& loop) {
        try {
            co_return co_await Endpoint::open(loop, network_, cluster_, pki_, options_.port);
        } catch (const Error& e) {
            throw Error(ErrorKind::retry,
                        e.message() + "; choose another with --port, or leave --port away for a free one");
        }
    }

    // What follows from these writes, up to Ready, is a part of this span's trace.
    Task<> apply_as(telemetry::Span& span, std::vector<InputObject> input) {
        const telemetry::CurrentSpan current(co_await context(), span);
        co_await applier_.apply(std::move(input));
    }

    Task<> end_when_ready(telemetry::Span& span) {
        co_await tree_.synced();
        co_await tree_.all_ready();
        span.end();
    }

    // A signal comes to us and, from a terminal, to the command too: it ends, and so do we.
    Task<int> run_command() {
        co_await tree_.synced();
        co_await tree_.all_ready();
        net::Process process(
            poller_, {.arguments = options_.command, .environment = {{"KUBECONFIG", config_->path().string()}}});
        co_return co_await process.wait();
    }

    Task<> follow_files(std::vector<fs::file_time_type> seen) {
        for (;;) {
            co_await delay(look_at_files);
            auto now = times(options_.files);
            if (now == seen) continue;
            seen = std::move(now);
            co_await apply_again();
        }
    }

    // A file that is wrong now may be right a moment later: what runs goes on.
    Task<> apply_again() {
        std::string problem;
        try {
            co_await applier_.apply(read_input(options_.files));
        } catch (const Cancelled&) {
            throw;
        } catch (const Error& e) {
            problem = e.what();
        }
        if (!problem.empty())
            std::fprintf(stderr, "%s\nnothing was changed; save the file again when it is mended\n", problem.c_str());
    }

    net::SocketPoller& poller_;
    net::SocketNetwork network_;
    const UpOptions& options_;
    telemetry::Telemetry telemetry_;
    const telemetry::Instrumentation instrumentation_;
    ClusterPki pki_;
    Cluster cluster_;
    kube::Client operator_client_;
    kube::Manager operator_;
    Applier applier_;
    LiveTree tree_;
    std::unique_ptr<Endpoint> endpoint_;
    std::optional<KubeconfigFile> config_;
};

Task<> cancel_on_signal(net::Signals& signals, Scope& work) {
    co_await signals.next();
    work.cancel("a signal came");
}

Task<> keep_code(Session& session, std::vector<InputObject> input, int& code) {
    code = co_await session.run(std::move(input));
}

Task<int> supervise(net::SocketPoller& poller, const UpOptions& options, std::vector<InputObject> input) {
    Loop& loop = *(co_await context()).loop;
    // Before anything is printed: who reads may send a signal at once.
    net::Signals caught(poller, {SIGINT, SIGTERM});
    Session session(loop, poller, options);
    int code = 0;
    Scope work(co_await context());
    Scope signals(co_await context());
    work.spawn(keep_code(session, std::move(input), code));
    signals.spawn(cancel_on_signal(caught, work));
    co_await work.join();
    co_await session.stop();
    co_return code;
}

}  // namespace

int up(const UpOptions& options) {
    std::vector<InputObject> input = read_input(options.files);
    net::SocketPoller poller;
    RealLoop loop(poller);
    return loop.run(supervise(poller, options, std::move(input)));
}

}  // namespace mizzen::cli
