// SPDX-License-Identifier: Apache-2.0
// Arguments to verbs.
#include "mizzen/cli/cli.hpp"

#include <cstdio>

#include <CLI/CLI.hpp>

#include "mizzen/base/error.hpp"
#include "mizzen/cli/commands.hpp"

namespace mizzen::cli {
namespace {

struct Arguments {
    UpOptions up;
    OperatorOptions op;
    std::vector<std::string> render;
    bool markdown = false;
};

// What stands behind "--" is a command of the user's, not ours to read.
std::vector<std::string> split_command(std::vector<std::string>& arguments) {
    auto dashes = std::find(arguments.begin(), arguments.end(), "--");
    if (dashes == arguments.end()) return {};
    std::vector<std::string> command(dashes + 1, arguments.end());
    arguments.erase(dashes, arguments.end());
    return command;
}

void define_otlp(CLI::App& command, std::string& url) {
    command.add_option("--otlp", url,
                       "Send spans, metrics and logs to this OpenTelemetry receiver, e.g. http://localhost:4318; "
                       "without it, what the OTEL_* variables ask for");
}

void define(CLI::App& app, Arguments& a) {
    app.require_subcommand(1);
    auto* up =
        app.add_subcommand("up", "Run an embedded Kubernetes with the operator, and the WebApps of the files in it");
    up->add_option("files", a.up.files, "YAML files; - is standard input")->required();
    up->add_option("--data", a.up.data_dir, "Folder to keep the cluster in; in memory without it");
    up->add_option("--port", a.up.port, "Port of the API server; a free one without it")->check(CLI::Range(0, 65535));
    define_otlp(*up, a.up.otlp);
    up->footer(
        "Behind -- follows a command to run once the WebApps are Ready, with KUBECONFIG set: mizzen up shop.yaml -- "
        "kubectl get all");

    auto* op = app.add_subcommand("operator", "Reconcile WebApps on any Kubernetes");
    op->add_option("--kubeconfig", a.op.kubeconfigs,
                   "How to reach the cluster; in a pod, its service account without it")
        ->delimiter(':')
        ->envname("KUBECONFIG");
    op->add_option("--context", a.op.context, "Context of the kubeconfig; the current one without it");
    op->add_flag("--leader-elect,!--no-leader-elect", a.op.leader_election,
                 "Only one of several operators works at a time (default)");

    define_otlp(*op, a.op.otlp);

    app.add_subcommand("render", "Print the objects that WebApps become")
        ->add_option("files", a.render, "YAML files; - is standard input")
        ->required();
    app.add_subcommand("crd", "Print the CustomResourceDefinition of WebApp")
        ->add_flag("--markdown", a.markdown, "Print a reference page of its fields instead");
    app.add_subcommand("version", "Print the version");
}

int dispatch(const CLI::App& app, const Arguments& a) {
    if (app.got_subcommand("up")) return up(a.up);
    if (app.got_subcommand("operator")) return run_operator(a.op);
    if (app.got_subcommand("render")) return render(a.render);
    if (app.got_subcommand("crd")) return a.markdown ? print_reference() : print_crd();
    return print_version();
}

int fail(const Error& e) {
    // Wrong input is many lines, one a problem; anything else is one.
    std::fprintf(stderr, "%s\n", e.what());
    return e.kind() == ErrorKind::invalid ? 2 : 1;
}

}  // namespace

int run(int argc, char** argv) {
    std::vector<std::string> arguments(argv + 1, argv + argc);
    Arguments a;
    a.up.command = split_command(arguments);
    CLI::App app("Mizzen: cloud-native for C++", "mizzen");
    define(app, a);
    try {
        std::reverse(arguments.begin(), arguments.end());  // CLI11 takes them from the back
        app.parse(arguments);
        return dispatch(app, a);
    } catch (const CLI::ParseError& e) {
        return app.exit(e) == 0 ? 0 : 2;
    } catch (const Error& e) {
        return fail(e);
    }
}

}  // namespace mizzen::cli
