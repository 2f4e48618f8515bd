// SPDX-License-Identifier: Apache-2.0
// Discovery: which kinds a server serves, and under which plural names.
// Source: Kubernetes API concepts, "Discovery API" (aggregated v2, with the older lists as fallback).
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "mizzen/kube/client/client.hpp"
#include "mizzen/kube/client/dynamic.hpp"

namespace mizzen::kube {

struct ServedKind {
    DynamicKind kind;
    std::string singular;
    std::vector<std::string> short_names;
    std::vector<std::string> categories;
    std::vector<std::string> verbs;
    std::vector<std::string> subresources;  // "status", "scale"

    bool can(std::string_view verb) const;
};

class Discovery {
  public:
    // Asks the server: two requests if it knows aggregated discovery, one per group and version otherwise. A group
    // whose own server is down is left out.
    static Task<Discovery> ask(Client& client);
    explicit Discovery(std::vector<ServedKind> kinds) : kinds_(std::move(kinds)) {}

    // In the server's order of preference: the preferred version of a group first.
    const std::vector<ServedKind>& kinds() const { return kinds_; }
    // The kind of an object: find("apps/v1", "Deployment").
    const ServedKind* find(std::string_view api_version, std::string_view kind) const;
    // What a person typed: plural, singular, short name or kind, with group where it matters: "deploy", "pods",
    // "certificates.cert-manager.io".
    const ServedKind* resolve(std::string_view name) const;
    bool serves(const Kind& kind) const { return find(kind.api_version(), kind.kind) != nullptr; }

  private:
    std::vector<ServedKind> kinds_;
};

// Reads the two answers of aggregated discovery (APIGroupDiscoveryList), appending.
void read_aggregated(std::string_view body, std::vector<ServedKind>& into);
// Reads one APIResourceList.
void read_resource_list(std::string_view body, std::vector<ServedKind>& into);

}  // namespace mizzen::kube
