// SPDX-License-Identifier: Apache-2.0
// Implements group_order.hpp.
#include "mizzen/apiserver/catalog/group_order.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>
#include <tuple>

namespace mizzen::apiserver {
namespace {

constexpr std::array<std::string_view, 22> groups{"",
                                                  "apiregistration.k8s.io",
                                                  "apps",
                                                  "events.k8s.io",
                                                  "authentication.k8s.io",
                                                  "authorization.k8s.io",
                                                  "autoscaling",
                                                  "batch",
                                                  "certificates.k8s.io",
                                                  "networking.k8s.io",
                                                  "policy",
                                                  "rbac.authorization.k8s.io",
                                                  "storage.k8s.io",
                                                  "admissionregistration.k8s.io",
                                                  "apiextensions.k8s.io",
                                                  "scheduling.k8s.io",
                                                  "coordination.k8s.io",
                                                  "node.k8s.io",
                                                  "discovery.k8s.io",
                                                  "resource.k8s.io",
                                                  "flowcontrol.apiserver.k8s.io",
                                                  "storagemigration.k8s.io"};

struct Version {
    int major = 0;
    int stage = 0;  // 2 stable, 1 beta, 0 alpha
    int minor = 0;  // of the stage
};

bool take_number(std::string_view& text, int& out) {
    auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), out);
    if (error != std::errc() || end == text.data()) return false;
    text.remove_prefix(static_cast<std::size_t>(end - text.data()));
    return true;
}

std::optional<Version> parse_version(std::string_view text) {
    Version v;
    if (!text.starts_with('v')) return std::nullopt;
    text.remove_prefix(1);
    if (!take_number(text, v.major)) return std::nullopt;
    v.stage = 2;
    if (text.empty()) return v;
    if (text.starts_with("beta"))
        v.stage = 1, text.remove_prefix(4);
    else if (text.starts_with("alpha"))
        v.stage = 0, text.remove_prefix(5);
    else
        return std::nullopt;
    if (!take_number(text, v.minor) || !text.empty()) return std::nullopt;
    return v;
}

}  // namespace

int group_rank(std::string_view group) {
    return static_cast<int>(std::find(groups.begin(), groups.end(), group) - groups.begin());
}

bool version_before(std::string_view a, std::string_view b) {
    std::optional<Version> x = parse_version(a), y = parse_version(b);
    if (x && y) return std::tuple(x->stage, x->major, x->minor) > std::tuple(y->stage, y->major, y->minor);
    if (x || y) return x.has_value();
    return a < b;
}

}  // namespace mizzen::apiserver
