// SPDX-License-Identifier: Apache-2.0
// Image references: [host[:port]/]path[:tag][@digest].
#include "mizzen/kube/schema/defaults/image_tag.hpp"

#include <algorithm>

namespace mizzen::kube::schema::defaults {
namespace {

bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }

bool is_host(std::string_view first) {
    return first.find_first_of(".:") != std::string_view::npos || first == "localhost" ||
           std::ranges::any_of(first, is_upper);
}

bool is_path(std::string_view path) {
    return !path.empty() && path.front() != '/' && path.back() != '/' && std::ranges::all_of(path, [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' || c == '_' || c == '-' || c == '/';
    });
}

bool is_tag(std::string_view tag) {
    auto ok = [](char c) {
        return is_upper(c) || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '.' || c == '-';
    };
    return !tag.empty() && tag.size() <= 128 && tag.front() != '.' && tag.front() != '-' &&
           std::ranges::all_of(tag, ok);
}

}  // namespace

std::string_view image_tag(std::string_view reference) {
    const std::size_t at = reference.find('@');
    const bool has_digest = at != std::string_view::npos;
    std::string_view name = reference.substr(0, at);
    std::string_view tag;
    const std::size_t colon = name.rfind(':');
    const bool has_tag = colon != std::string_view::npos && name.find('/', colon) == std::string_view::npos;
    if (has_tag) {
        tag = name.substr(colon + 1);
        name = name.substr(0, colon);
        if (!is_tag(tag)) return "";
    }
    const std::size_t slash = name.find('/');
    if (slash != std::string_view::npos && is_host(name.substr(0, slash))) name.remove_prefix(slash + 1);
    if (!is_path(name)) return "";
    if (has_tag) return tag;
    return has_digest ? "" : "latest";
}

}  // namespace mizzen::kube::schema::defaults
