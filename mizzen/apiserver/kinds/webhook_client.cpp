// SPDX-License-Identifier: Apache-2.0
// Where a webhook is.
#include "mizzen/apiserver/kinds/webhook_client.hpp"

#include <fmt/format.h>

namespace mizzen::apiserver {
namespace {

void check_webhook_path(const Place& path) {
    auto text = path.text();
    if (text.empty() || text == "/") return;
    if (text == "//") return path.invalid("segment[0] may not be empty");
    if (!text.starts_with('/')) path.invalid("must start with a '/'");
    auto rest = text.substr(1);
    if (rest.ends_with('/')) rest.remove_suffix(1);
    for (std::size_t i = 0;; ++i) {
        auto slash = rest.find('/');
        auto segment = rest.substr(0, slash);
        if (segment.empty())
            path.invalid(fmt::format("segment[{}] may not be empty", i));
        else
            for (auto& wrong : dns1123_subdomain(segment)) path.invalid(fmt::format("segment[{}]: {}", i, wrong));
        if (slash == std::string_view::npos) return;
        rest.remove_prefix(slash + 1);
    }
}

}  // namespace

void check_webhook_url(const Place& url) {
    constexpr std::string_view form = "; desired format: https://host[/path]";
    auto text = url.text();
    auto colon = text.find(':');
    auto scheme =
        colon == std::string_view::npos || text.find('/') < colon ? std::string_view() : text.substr(0, colon);
    auto rest = scheme.empty() ? text : text.substr(colon + 1);
    auto fragment = rest.find('#');
    auto query = rest.substr(0, fragment).find('?');
    auto host = rest.starts_with("//") ? rest.substr(2, rest.find_first_of("/?#", 2) - 2) : std::string_view();
    auto at = host.rfind('@');
    auto user = at == std::string_view::npos ? std::string_view() : host.substr(0, at);
    if (at != std::string_view::npos) host.remove_prefix(at + 1);
    if (scheme != "https") url.invalid(scheme, fmt::format("'https' is the only allowed URL scheme{}", form));
    if (host.empty()) url.invalid("", fmt::format("host must be specified{}", form));
    if (at != std::string_view::npos) url.invalid(user, "user information is not permitted in the URL");
    if (fragment != std::string_view::npos && fragment + 1 < rest.size()) {
        url.invalid(rest.substr(fragment + 1), "fragments are not permitted in the URL");
    }
    if (query != std::string_view::npos && query + 1 < rest.substr(0, fragment).size()) {
        url.invalid(rest.substr(0, fragment).substr(query + 1), "query parameters are not permitted in the URL");
    }
}

void check_webhook_service(const Place& service) {
    // The name and the namespace change places in kube-apiserver's own messages.
    if (service.at("namespace").text().empty()) service.at("name").required();
    if (service.at("name").text().empty()) service.at("namespace").required();
    auto port = service.at("port");
    if (auto wrong = port_number(port.integer(443)); !wrong.empty())
        port.invalid("port is not valid: " + joined(wrong, ", "));
    check_webhook_path(service.at("path"));
}

void check_webhook_client(const Place& client_config) {
    auto url = client_config.at("url"), service = client_config.at("service");
    if (url.present() == service.present()) return client_config.required("exactly one of url or service is required");
    if (url)
        check_webhook_url(url);
    else
        check_webhook_service(service);
}

}  // namespace mizzen::apiserver
