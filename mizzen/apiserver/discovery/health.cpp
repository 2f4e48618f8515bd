// SPDX-License-Identifier: Apache-2.0
// Implements health.hpp. Whoever answers is healthy: everything lives in one process.
#include "mizzen/apiserver/discovery/health.hpp"

#include <algorithm>
#include <array>

#include "mizzen/apiserver/request/respond.hpp"
#include "mizzen/kube/schema/type.hpp"

namespace mizzen::apiserver {
namespace {

constexpr std::array<std::string_view, 4> checks{"ping", "log", "etcd", "poststarthook/rbac/bootstrap-roles"};

net::Response text(int status, std::string body) {
    return {.status = status,
            .headers = {{"content-type", "text/plain; charset=utf-8"},
                        {"x-content-type-options", "nosniff"},
                        {"cache-control", "no-cache, private"}},
            .body = std::move(body)};
}

std::string verbose(const Call& call, std::string_view which) {
    std::string out;
    for (std::string_view check : checks) {
        bool excluded = false;
        for (const auto& [key, value] : call.query) excluded = excluded || (key == "exclude" && value == check);
        out.append("[+]").append(check).append(excluded ? " excluded: ok\n" : " ok\n");
    }
    return out.append(which).append(" check passed\n");
}

}  // namespace

std::optional<net::Response> answer_health(const Call& call) {
    std::string_view path = call.info.path;
    for (std::string_view which : {"healthz", "livez", "readyz"}) {
        std::string_view rest = path;
        if (!rest.starts_with('/') || !rest.substr(1).starts_with(which)) continue;
        rest.remove_prefix(1 + which.size());
        if (rest.empty() || rest == "/") return text(200, call.query.find("verbose") ? verbose(call, which) : "ok");
        if (rest[0] == '/' && std::find(checks.begin(), checks.end(), rest.substr(1)) != checks.end())
            return text(200, "ok");
    }
    return std::nullopt;
}

std::optional<net::Response> answer_version(const Call& call) {
    if (call.info.path != "/version" && call.info.path != "/version/") return std::nullopt;
    std::string_view release = kube::schema::release();  // "v1.37.2"
    std::string_view numbers = release.substr(1);
    std::string_view major = numbers.substr(0, numbers.find('.'));
    std::string_view minor = numbers.substr(major.size() + 1);
    minor = minor.substr(0, minor.find('.'));
    return document_response(call, 200,
                             json::Object{{"buildDate", "1970-01-01T00:00:00Z"},
                                          {"compiler", "clang"},
                                          {"gitCommit", "mizzen"},
                                          {"gitTreeState", "clean"},
                                          {"gitVersion", release},
                                          {"goVersion", "go1.26.0"},
                                          {"major", major},
                                          {"minor", minor},
                                          {"platform", "linux/amd64"}});
}

}  // namespace mizzen::apiserver
