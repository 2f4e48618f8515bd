// SPDX-License-Identifier: Apache-2.0
// The verbs of the command line, one function each. They return the exit code: 0 done, 1 failed, 2 wrong input.
#pragma once
#include <string>
#include <vector>

namespace mizzen::cli {

struct UpOptions {
    std::vector<std::string> files;
    std::string data_dir;              // "" keeps the cluster in memory
    int port = 0;                      // 0 takes a free one
    std::vector<std::string> command;  // run once the WebApps are Ready; its exit code is ours
    std::string otlp;                  // where spans, metrics and logs are sent; "": where OTEL_* variables say
};

// An embedded Kubernetes, the operator, the files applied; a live tree; the files are applied again when they change.
// Ends on Ctrl-C.
int up(const UpOptions& options);

struct OperatorOptions {
    std::vector<std::string> kubeconfigs;  // empty: in a pod, its service account
    std::string context;                   // "" is the current one
    bool leader_election = true;
    std::string otlp;  // as of UpOptions
};

// Reconciles WebApps on any Kubernetes until a signal comes.
int run_operator(const OperatorOptions& options);

// Prints the objects that the files' WebApps become, as YAML; other objects as they are.
int render(const std::vector<std::string>& files);
// Prints the CustomResourceDefinition of WebApp.
int print_crd();
// Prints the fields of WebApp with types, defaults and limits, as a page of Markdown.
int print_reference();
int print_version();

}  // namespace mizzen::cli
