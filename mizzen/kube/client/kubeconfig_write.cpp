// SPDX-License-Identifier: Apache-2.0
// Writing kubeconfig files, which hold keys and therefore belong to their owner alone.
#include "mizzen/base/base64.hpp"
#include "mizzen/base/files.hpp"
#include "mizzen/base/secret.hpp"
#include "mizzen/json/yaml.hpp"
#include "mizzen/kube/client/kubeconfig.hpp"

namespace mizzen::kube {
namespace {

using json::Array;
using json::Object;
using json::Value;

void set(Object& into, std::string_view key, std::string_view text) {
    if (!text.empty()) into.set(key, Value(text));
}

void set(Object& into, std::string_view key, const Pem& pem) {
    set(into, key, pem.file);
    if (!pem.data.empty()) into.set(std::string(key) + "-data", Value(to_base64(pem.data.reveal())));
}

Array array(const std::vector<std::string>& texts) {
    Array out;
    for (auto& text : texts) out.emplace_back(text);
    return out;
}

Value to_value(const Kubeconfig::Cluster& cluster) {
    Object out{{"server", cluster.server}};
    set(out, "tls-server-name", cluster.tls_server_name);
    if (cluster.insecure_skip_tls_verify) out.set("insecure-skip-tls-verify", true);
    set(out, "certificate-authority", cluster.certificate_authority);
    set(out, "proxy-url", cluster.proxy_url);
    return out;
}

Value to_value(const Kubeconfig::Exec& exec) {
    Object out{{"apiVersion", exec.api_version}, {"command", exec.command}, {"interactiveMode", "IfAvailable"}};
    if (!exec.args.empty()) out.set("args", array(exec.args));
    Array env;
    for (auto& [name, value] : exec.env) env.push_back(Object{{"name", name}, {"value", value}});
    if (!env.empty()) out.set("env", std::move(env));
    set(out, "installHint", exec.install_hint);
    if (exec.provide_cluster_info) out.set("provideClusterInfo", true);
    return out;
}

Value to_value(const Kubeconfig::User& user) {
    Object out;
    set(out, "client-certificate", user.client_certificate);
    set(out, "client-key", user.client_key);
    set(out, "token", user.token.reveal());
    set(out, "tokenFile", user.token_file);
    set(out, "username", user.username);
    set(out, "password", user.password.reveal());
    if (user.exec) out.set("exec", to_value(*user.exec));
    set(out, "as", user.as);
    set(out, "as-uid", user.as_uid);
    if (!user.as_groups.empty()) out.set("as-groups", array(user.as_groups));
    Object extra;
    for (auto& [key, values] : user.as_user_extra) extra.set(key, array(values));
    if (!extra.empty()) out.set("as-user-extra", std::move(extra));
    return out;
}

Value to_value(const Kubeconfig::Context& context) {
    Object out{{"cluster", context.cluster}, {"user", context.user}};
    set(out, "namespace", context.ns);
    return out;
}

template <class T>
Array named(const std::map<std::string, T>& all, std::string_view what) {
    Array out;
    for (auto& [name, one] : all) {
        Object item{{"name", name}};
        item.set(what, to_value(one));
        out.push_back(std::move(item));
    }
    return out;
}

}  // namespace

std::string Kubeconfig::to_yaml() const {
    Object out{{"apiVersion", "v1"}, {"kind", "Config"}, {"preferences", Object{}}};
    out.set("clusters", named(clusters, "cluster"));
    out.set("users", named(users, "user"));
    out.set("contexts", named(contexts, "context"));
    out.set("current-context", Value(current_context));
    return json::to_yaml(out);
}

void Kubeconfig::save(const std::filesystem::path& file) const {
    std::string text = to_yaml();
    write_private_file(file, text);
    wipe(text);
}

}  // namespace mizzen::kube
