// SPDX-License-Identifier: Apache-2.0
// From a kubeconfig's context to a client.
#include <charconv>

#include "mizzen/base/base64.hpp"
#include "mizzen/base/error.hpp"
#include "mizzen/base/files.hpp"
#include "mizzen/kube/client/detail/exec_token.hpp"
#include "mizzen/kube/client/kubeconfig.hpp"
#include "mizzen/net/client.hpp"

namespace mizzen::kube {
namespace {

struct Address {
    bool tls = true;
    std::string host;
    int port = 443;
    std::string prefix;  // of every path: "/k8s/clusters/c-1"
};

[[noreturn]] void bad_server(const std::string& server) {
    throw Error(ErrorKind::invalid,
                "\"" + server + "\" is no address of an API server; expected one like https://127.0.0.1:6443");
}

Address parse_address(const std::string& server) {
    std::string_view rest = server;
    Address out;
    if (rest.starts_with("http://")) {
        out.tls = false;
        out.port = 80;
        rest.remove_prefix(7);
    } else if (rest.starts_with("https://")) {
        rest.remove_prefix(8);
    } else if (rest.find("://") != std::string_view::npos) {
        bad_server(server);
    }
    if (const std::size_t slash = rest.find('/'); slash != std::string_view::npos) {
        out.prefix = rest.substr(slash);
        while (out.prefix.ends_with('/')) out.prefix.pop_back();
        rest = rest.substr(0, slash);
    }
    const std::size_t bracket = rest.find(']');
    const std::size_t colon = rest.find(':', bracket == std::string_view::npos ? 0 : bracket);
    std::string_view host = rest.substr(0, colon);
    if (colon != std::string_view::npos) {
        std::string_view port = rest.substr(colon + 1);
        auto read = std::from_chars(port.data(), port.data() + port.size(), out.port);
        if (read.ec != std::errc() || read.ptr != port.data() + port.size() || out.port < 1 || out.port > 65535)
            bad_server(server);
    }
    if (host.starts_with('[') && host.ends_with(']')) host = host.substr(1, host.size() - 2);
    if (host.empty()) bad_server(server);
    out.host = host;
    return out;
}

// Puts a path in front of every request's, for servers behind a gateway.
class Prefixed final : public net::Transport {
  public:
    Prefixed(std::unique_ptr<net::Transport> inner, std::string prefix)
        : inner_(std::move(inner)), prefix_(std::move(prefix)) {}
    Task<net::Response> send(net::Request request) override {
        request.target = prefix_ + request.target;
        co_return co_await inner_->send(std::move(request));
    }

  private:
    std::unique_ptr<net::Transport> inner_;
    std::string prefix_;
};

net::TlsClientOptions tls_options(const Connection& connection) {
    const auto& [cluster, user, ns] = connection;
    net::TlsClientOptions tls;
    tls.ca_pem = cluster.certificate_authority.read().reveal();
    tls.server_name = cluster.tls_server_name;
    tls.insecure = cluster.insecure_skip_tls_verify;
    tls.certificate_pem = user.client_certificate.read().reveal();
    tls.key_pem = user.client_key.read().reveal();
    if (tls.certificate_pem.empty() != tls.key_pem.empty())
        throw Error(ErrorKind::invalid,
                    tls.key_pem.empty()
                        ? "the user has a client-certificate but no client-key; add client-key or client-key-data"
                        : "the user has a client-key but no client-certificate; add client-certificate or "
                          "client-certificate-data");
    return tls;
}

void add_impersonation(net::Headers& headers, const Kubeconfig::User& user) {
    if (!user.as.empty()) headers.add("Impersonate-User", user.as);
    if (!user.as_uid.empty()) headers.add("Impersonate-Uid", user.as_uid);
    for (auto& group : user.as_groups) headers.add("Impersonate-Group", group);
    for (auto& [key, values] : user.as_user_extra)
        for (auto& value : values) headers.add("Impersonate-Extra-" + net::percent_encode(key), value);
}

std::unique_ptr<TokenSource> token_source(Loop& loop, const Connection& connection, CommandRunner* runner) {
    const Kubeconfig::User& user = connection.user;
    if (!user.token_file.empty()) return token_file(loop, user.token_file);
    if (!user.token.empty()) return fixed_token(std::string(user.token.reveal()));
    if (!user.exec) return nullptr;
    if (runner == nullptr)
        throw Error(ErrorKind::invalid,
                    "the user logs in with " + user.exec->command + ", but programs are not run here; use a token");
    return detail::exec_token(loop, *runner, *user.exec, connection.cluster);
}

std::string names(const auto& all) {
    std::string out;
    for (auto& [name, value] : all) out += (out.empty() ? "" : ", ") + name;
    return out.empty() ? "there is none" : "there is " + out;
}

}  // namespace

Connection Connection::of(const Kubeconfig& config, std::string_view wanted) {
    const std::string name(wanted.empty() ? config.current_context : wanted);
    if (name.empty())
        throw Error(ErrorKind::invalid, "the kubeconfig has no current-context; choose one: " + names(config.contexts));
    auto context = config.contexts.find(name);
    if (context == config.contexts.end())
        throw Error(ErrorKind::invalid, "the kubeconfig has no context \"" + name + "\"; " + names(config.contexts));
    auto cluster = config.clusters.find(context->second.cluster);
    if (cluster == config.clusters.end())
        throw Error(ErrorKind::invalid, "context \"" + name + "\" names the cluster \"" + context->second.cluster +
                                            "\"; " + names(config.clusters));
    Connection out{.cluster = cluster->second, .user = {}};
    if (!context->second.ns.empty()) out.ns = context->second.ns;
    if (context->second.user.empty()) return out;
    auto user = config.users.find(context->second.user);
    if (user == config.users.end())
        throw Error(ErrorKind::invalid,
                    "context \"" + name + "\" names the user \"" + context->second.user + "\"; " + names(config.users));
    out.user = user->second;
    return out;
}

Connection Connection::in_cluster(std::string_view host, std::string_view port, const std::filesystem::path& folder) {
    if (host.empty() || port.empty())
        throw Error(ErrorKind::not_found,
                    "this is no pod: KUBERNETES_SERVICE_HOST and KUBERNETES_SERVICE_PORT are not set");
    Connection out;
    const bool is_ipv6 = host.find(':') != std::string_view::npos;
    out.cluster.server =
        "https://" + (is_ipv6 ? "[" + std::string(host) + "]" : std::string(host)) + ":" + std::string(port);
    out.cluster.certificate_authority.file = (folder / "ca.crt").string();
    out.user.token_file = (folder / "token").string();
    std::error_code missing;
    if (std::filesystem::exists(folder / "namespace", missing)) out.ns = read_file(folder / "namespace");
    return out;
}

std::unique_ptr<Client> connect(Loop& loop, net::Network& network, const Connection& connection, ClientOptions options,
                                CommandRunner* runner) {
    Address address = parse_address(connection.cluster.server);
    if (!connection.cluster.proxy_url.empty())
        throw Error(
            ErrorKind::invalid,
            "the cluster has a proxy-url, which is not supported; use a context that reaches its server directly");
    net::HttpClientOptions http{.host = address.host, .port = address.port};
    if (address.tls) http.tls = tls_options(connection);
    std::unique_ptr<net::Transport> transport = std::make_unique<net::HttpClient>(loop, network, std::move(http));
    if (!address.prefix.empty()) transport = std::make_unique<Prefixed>(std::move(transport), address.prefix);
    const Kubeconfig::User& user = connection.user;
    options.host = address.host + ":" + std::to_string(address.port);
    options.default_namespace = connection.ns;
    options.token = token_source(loop, connection, runner);
    if (!options.token && !user.username.empty())
        options.headers.set("Authorization",
                            "Basic " + to_base64(user.username + ":" + std::string(user.password.reveal())));
    add_impersonation(options.headers, user);
    return std::make_unique<Client>(loop, std::move(transport), std::move(options));
}

}  // namespace mizzen::kube
