// SPDX-License-Identifier: Apache-2.0
// Reading and merging kubeconfig files.
#include "mizzen/kube/client/kubeconfig.hpp"

#include "mizzen/base/base64.hpp"
#include "mizzen/base/error.hpp"
#include "mizzen/base/files.hpp"
#include "mizzen/base/text.hpp"
#include "mizzen/json/yaml.hpp"

namespace mizzen::kube {
namespace {

using json::Value;

// A place in the document, so that a complaint can name its line.
class Node {
  public:
    Node(const json::YamlDocument& document, std::string_view file, const Value* value, std::string path)
        : document_(document), file_(file), value_(value), path_(std::move(path)) {}

    Node operator[](std::string_view key) const {
        if (value_ != nullptr && !value_->is_null() && !value_->is_object()) fail("expected a mapping");
        return {document_, file_, value_ == nullptr ? nullptr : value_->find(key),
                path_.empty() ? std::string(key) : path_ + "." + std::string(key)};
    }
    bool is_there() const { return value_ != nullptr && !value_->is_null(); }
    std::string text() const {
        if (!is_there()) return {};
        if (!value_->is_string()) fail("expected a string");
        return value_->as_string();
    }
    bool flag() const {
        if (!is_there()) return false;
        if (!value_->is_bool()) fail("expected true or false");
        return value_->as_bool();
    }
    std::vector<Node> items() const {
        std::vector<Node> out;
        if (!is_there()) return out;
        if (!value_->is_array()) fail("expected a list");
        auto& all = value_->as_array();
        for (std::size_t i = 0; i < all.size(); ++i)
            out.emplace_back(document_, file_, &all[i], path_ + "[" + std::to_string(i) + "]");
        return out;
    }
    std::vector<std::string> texts() const {
        std::vector<std::string> out;
        for (const Node& item : items()) out.push_back(item.text());
        return out;
    }
    std::vector<std::string> keys() const {
        std::vector<std::string> out;
        if (!is_there()) return out;
        if (!value_->is_object()) fail("expected a mapping");
        for (auto& [key, value] : value_->as_object()) out.push_back(key);
        return out;
    }
    Secret base64() const {
        std::string encoded = text();
        auto decoded = from_base64(encoded);
        wipe(encoded);
        if (!decoded) fail("expected base64");
        return Secret(std::move(*decoded));
    }
    [[noreturn]] void fail(std::string_view expected) const {
        const json::Position at = document_.where(path_);
        throw Error(ErrorKind::invalid, std::string(file_) + ":" + std::to_string(at.line) + ":" +
                                            std::to_string(at.column) + ": " + path_ + ": " + std::string(expected));
    }

  private:
    const json::YamlDocument& document_;
    std::string_view file_;
    const Value* value_;
    std::string path_;
};

std::string in_folder(const std::filesystem::path& folder, std::string file) {
    if (file.empty() || folder.empty() || std::filesystem::path(file).is_absolute()) return file;
    return (folder / file).lexically_normal().string();
}

Pem read_pem(const Node& node, std::string_view key, const std::filesystem::path& folder) {
    return {.file = in_folder(folder, node[key].text()), .data = node[std::string(key) + "-data"].base64()};
}

Kubeconfig::Cluster read_cluster(const Node& node, const std::filesystem::path& folder) {
    return {.server = node["server"].text(),
            .tls_server_name = node["tls-server-name"].text(),
            .insecure_skip_tls_verify = node["insecure-skip-tls-verify"].flag(),
            .certificate_authority = read_pem(node, "certificate-authority", folder),
            .proxy_url = node["proxy-url"].text()};
}

Kubeconfig::Exec read_exec(const Node& node, const std::filesystem::path& folder) {
    Kubeconfig::Exec exec{.api_version = node["apiVersion"].text(),
                          .command = node["command"].text(),
                          .args = node["args"].texts(),
                          .env = {},
                          .install_hint = node["installHint"].text(),
                          .provide_cluster_info = node["provideClusterInfo"].flag()};
    // A bare name is looked up in PATH; only a path is relative to the file.
    if (exec.command.find('/') != std::string::npos) exec.command = in_folder(folder, exec.command);
    for (const Node& variable : node["env"].items()) exec.env[variable["name"].text()] = variable["value"].text();
    return exec;
}

Kubeconfig::User read_user(const Node& node, const std::filesystem::path& folder) {
    Kubeconfig::User user;
    user.client_certificate = read_pem(node, "client-certificate", folder);
    user.client_key = read_pem(node, "client-key", folder);
    user.token = Secret(node["token"].text());
    user.token_file = in_folder(folder, node["tokenFile"].text());
    user.username = node["username"].text();
    user.password = Secret(node["password"].text());
    if (node["exec"].is_there()) user.exec = read_exec(node["exec"], folder);
    if (node["auth-provider"].is_there())
        node["auth-provider"].fail("this way to log in was removed from Kubernetes; use an exec plugin");
    user.as = node["as"].text();
    user.as_uid = node["as-uid"].text();
    user.as_groups = node["as-groups"].texts();
    for (const std::string& key : node["as-user-extra"].keys())
        user.as_user_extra[key] = node["as-user-extra"][key].texts();
    return user;
}

}  // namespace

Secret Pem::read() const {
    if (!data.empty() || file.empty()) return data;
    return Secret(read_file(file));
}

Kubeconfig Kubeconfig::parse(std::string_view yaml, std::string_view name, const std::filesystem::path& folder) {
    Kubeconfig config;
    for (const json::YamlDocument& document : json::parse_yaml(yaml, name)) {
        Node root(document, name, &document.value, "");
        std::string kind = root["kind"].text();
        if (!kind.empty() && kind != "Config") root["kind"].fail("expected Config; this is no kubeconfig");
        for (const Node& item : root["clusters"].items())
            config.clusters.emplace(item["name"].text(), read_cluster(item["cluster"], folder));
        for (const Node& item : root["users"].items())
            config.users.emplace(item["name"].text(), read_user(item["user"], folder));
        for (const Node& item : root["contexts"].items()) {
            const Node context = item["context"];
            config.contexts.emplace(item["name"].text(), Context{context["cluster"].text(), context["user"].text(),
                                                                 context["namespace"].text()});
        }
        if (config.current_context.empty()) config.current_context = root["current-context"].text();
    }
    return config;
}

Kubeconfig Kubeconfig::load(const std::filesystem::path& file) {
    return parse(read_file(file), file.string(), file.parent_path());
}

Kubeconfig Kubeconfig::load(const std::vector<std::filesystem::path>& files) {
    Kubeconfig all;
    std::string tried;
    bool found = false;
    for (const auto& file : files) {
        if (file.empty()) continue;
        tried += (tried.empty() ? "" : ", ") + file.string();
        if (!std::filesystem::exists(file)) continue;
        all.merge(load(file));
        found = true;
    }
    if (!found)
        throw Error(ErrorKind::not_found, "no kubeconfig: looked for " + (tried.empty() ? "none" : tried) +
                                              "; set KUBECONFIG, or make a cluster with `mizzen up`");
    return all;
}

void Kubeconfig::merge(const Kubeconfig& later) {
    clusters.insert(later.clusters.begin(), later.clusters.end());
    users.insert(later.users.begin(), later.users.end());
    contexts.insert(later.contexts.begin(), later.contexts.end());
    if (current_context.empty()) current_context = later.current_context;
}

}  // namespace mizzen::kube
