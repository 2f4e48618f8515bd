// SPDX-License-Identifier: Apache-2.0
// Applying a user's objects to a cluster: all of them or none.
#pragma once
#include <set>
#include <string>
#include <vector>

#include "mizzen/async/task.hpp"
#include "mizzen/cli/input.hpp"
#include "mizzen/kube/client/api.hpp"

namespace mizzen::cli {

// Keeps a cluster as the files say. Owns the fields it applied (field manager "mizzen-up").
class Applier {
  public:
    explicit Applier(kube::Client& client) : client_(client) {}

    // First tries everything without storing; then applies in order, definitions and namespaces first, and removes what
    // an earlier call applied and these files no longer have. Throws Error(invalid) with one line per refused object,
    // "shop.yaml:3:1: …"; nothing is changed then.
    Task<> apply(std::vector<InputObject> objects);

  private:
    struct Applied {
        kube::DynamicKind kind;
        kube::ObjectKey key;
        auto operator<=>(const Applied& other) const {
            return std::tie(kind.group, kind.kind, key) <=> std::tie(other.kind.group, other.kind.kind, other.key);
        }
        bool operator==(const Applied& other) const { return (*this <=> other) == 0; }
    };
    Task<std::vector<Applied>> resolve(const std::vector<InputObject>& objects);
    Task<> try_all(const std::vector<InputObject>& objects, const std::vector<Applied>& targets);

    kube::Client& client_;
    std::set<Applied> applied_;
};

}  // namespace mizzen::cli
