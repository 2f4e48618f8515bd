// SPDX-License-Identifier: Apache-2.0
// Kubeconfig: which server, as whom. Read from files as kubectl does, from a pod's service account, or made to be
// written. Source: Kubernetes documentation, "Organizing Cluster Access Using kubeconfig Files"; client-go's v1.Config.
#pragma once
#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "mizzen/base/secret.hpp"
#include "mizzen/json/value.hpp"
#include "mizzen/kube/client/client.hpp"
#include "mizzen/kube/client/command_runner.hpp"
#include "mizzen/net/stream.hpp"

namespace mizzen::kube {

// PEM that is either written out or in a file; reading it is put off until it is used.
struct Pem {
    std::string file;
    mizzen::Secret data;  // goes before the file
    bool empty() const { return file.empty() && data.empty(); }
    // Throws Error(invalid) that names the file.
    mizzen::Secret read() const;
};

struct Kubeconfig {
    struct Cluster {
        std::string server;  // "https://127.0.0.1:6443"
        std::string tls_server_name;
        bool insecure_skip_tls_verify = false;
        Pem certificate_authority;
        std::string proxy_url;
    };
    // A program that prints credentials (client.authentication.k8s.io).
    struct Exec {
        std::string api_version;
        std::string command;
        std::vector<std::string> args;
        std::map<std::string, std::string> env;
        std::string install_hint;
        bool provide_cluster_info = false;
    };
    struct User {
        Pem client_certificate;
        Pem client_key;
        mizzen::Secret token;
        std::string token_file;
        std::string username;
        mizzen::Secret password;
        std::optional<Exec> exec;
        std::string as, as_uid;  // impersonation
        std::vector<std::string> as_groups;
        std::map<std::string, std::vector<std::string>> as_user_extra;
    };
    struct Context {
        std::string cluster, user, ns;
    };

    std::map<std::string, Cluster> clusters;
    std::map<std::string, User> users;
    std::map<std::string, Context> contexts;
    std::string current_context;

    // Paths inside are relative to `folder`. Unknown members are ignored. Throws Error(invalid) "admin.conf:7:5: …".
    static Kubeconfig parse(std::string_view yaml, std::string_view name = "kubeconfig",
                            const std::filesystem::path& folder = {});
    static Kubeconfig load(const std::filesystem::path& file);
    // Several files as one ($KUBECONFIG lists them): of each name the first file wins, of current-context too. Files
    // that do not exist are left out; throws Error(not_found) if none exists.
    static Kubeconfig load(const std::vector<std::filesystem::path>& files);
    void merge(const Kubeconfig& later);

    // YAML with everything inside, secrets too.
    std::string to_yaml() const;
    // Writes the file so that only its owner can read it (mode 0600), replacing it at once.
    void save(const std::filesystem::path& file) const;
};

// One context of a kubeconfig, resolved: what a client needs to know.
struct Connection {
    Kubeconfig::Cluster cluster;
    Kubeconfig::User user;
    std::string ns = "default";

    // The context of that name, or the current one. Throws Error(invalid) that says which names there are.
    static Connection of(const Kubeconfig& config, std::string_view context = {});
    // A pod's own: the files under `folder`, the address that KUBERNETES_SERVICE_HOST and _PORT gave.
    static Connection in_cluster(std::string_view host, std::string_view port,
                                 const std::filesystem::path& folder = "/var/run/secrets/kubernetes.io/serviceaccount");
};

// Makes a client over HTTPS. `options` may set everything but the token and the namespace, which come from the
// connection. `runner` runs exec plugins and must outlive the client; without it they are refused. Throws
// Error(invalid) that says what is wrong with the connection and how to mend it; nothing is sent yet.
std::unique_ptr<Client> connect(Loop& loop, net::Network& network, const Connection& connection,
                                ClientOptions options = {}, CommandRunner* runner = nullptr);

}  // namespace mizzen::kube
