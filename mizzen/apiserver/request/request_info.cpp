// SPDX-License-Identifier: Apache-2.0
// Implements request_info.hpp.
#include "mizzen/apiserver/request/request_info.hpp"

#include "mizzen/apiserver/status.hpp"

namespace mizzen::apiserver {
namespace {

std::vector<std::string> split_path(std::string_view path) {
    std::vector<std::string> parts;
    while (!path.empty()) {
        std::size_t slash = path.find('/');
        std::string_view part = path.substr(0, slash);
        path = slash == std::string_view::npos ? std::string_view() : path.substr(slash + 1);
        // Empty parts in the middle count, as they do for kube-apiserver; those at the ends do not.
        if (part.empty() && (parts.empty() || path.empty())) continue;
        std::optional<std::string> decoded = net::percent_decode(part);
        if (!decoded) throw bad_request("the path has a broken percent escape");
        parts.push_back(std::move(*decoded));
    }
    return parts;
}

std::string lower(std::string_view text) {
    std::string out(text);
    for (char& c : out)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    return out;
}

std::string_view verb_of_method(std::string_view method) {
    if (method == "GET" || method == "HEAD") return "get";
    if (method == "POST") return "create";
    if (method == "PUT") return "update";
    if (method == "PATCH") return "patch";
    if (method == "DELETE") return "delete";
    return "";
}

bool is_namespace_subresource(std::string_view part) { return part == "status" || part == "finalize"; }

// metadata.name=x of a field selector that holds just that, as clients write it to watch one object.
std::string_view selected_name(const net::Query& query) {
    std::string_view selector = query.text("fieldSelector");
    constexpr std::string_view field = "metadata.name=";
    while (!selector.empty()) {
        std::size_t comma = selector.find(',');
        std::string_view term = selector.substr(0, comma);
        selector = comma == std::string_view::npos ? std::string_view() : selector.substr(comma + 1);
        if (!term.starts_with(field)) continue;
        term.remove_prefix(field.size());
        if (term.starts_with('=')) term.remove_prefix(1);
        if (term.find_first_of("/%\\") == std::string_view::npos) return term;
    }
    return {};
}

// A query parameter that is there counts as true unless it says false.
bool wants_watch(const net::Query& query) {
    std::optional<std::string_view> watch = query.find("watch");
    return watch && *watch != "0" && lower(*watch) != "false" && *watch != "f" && *watch != "F";
}

void read_resource(RequestInfo& info, std::vector<std::string> parts, std::size_t at, std::string_view method,
                   const net::Query& query) {
    info.is_resource = true;
    info.version = parts[at++];
    info.verb = verb_of_method(method);
    bool by_path = parts[at] == "watch" || parts[at] == "proxy";
    if (by_path) {
        info.verb = parts[at++];
        if (at >= parts.size()) {
            info.is_resource = false;
            return;
        }
    }
    if (parts[at] == "namespaces" && at + 1 < parts.size()) {
        info.ns = parts[at + 1];
        if (at + 2 < parts.size() && !is_namespace_subresource(parts[at + 2])) at += 2;
    }
    info.resource = parts[at++];
    if (at < parts.size()) info.name = parts[at++];
    if (at < parts.size()) info.subresource = parts[at++];
    for (; at < parts.size(); ++at) info.rest.push_back(std::move(parts[at]));

    if (!info.name.empty()) return;
    if (info.verb == "delete") info.verb = "deletecollection";
    if (info.verb == "get") info.verb = wants_watch(query) ? "watch" : "list";
    if (info.verb == "list" || info.verb == "watch") info.name = selected_name(query);
}

}  // namespace

std::string join_api_version(std::string_view group, std::string_view version) {
    std::string out(group);
    if (!group.empty()) out += '/';
    return out.append(version);
}

std::string_view group_of(std::string_view api_version) {
    std::size_t slash = api_version.find('/');
    return slash == std::string_view::npos ? std::string_view() : api_version.substr(0, slash);
}

std::string_view version_of(std::string_view api_version) { return api_version.substr(api_version.find('/') + 1); }

std::string RequestInfo::api_version() const { return join_api_version(group, version); }

RequestInfo parse_request_info(std::string_view method, std::string_view path, const net::Query& query) {
    RequestInfo info;
    std::vector<std::string> parts = split_path(path);
    info.path = net::percent_decode(path).value_or("");
    info.verb = lower(method);
    if (parts.empty()) return info;
    if (parts[0] == "api" && parts.size() >= 3) {
        read_resource(info, std::move(parts), 1, method, query);
    } else if (parts[0] == "apis" && parts.size() >= 4) {
        info.group = parts[1];
        read_resource(info, std::move(parts), 2, method, query);
    }
    return info;
}

}  // namespace mizzen::apiserver
