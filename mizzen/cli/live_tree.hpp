// SPDX-License-Identifier: Apache-2.0
// LiveTree: what became of the WebApps, as a tree that redraws itself on a terminal, or as a line per change elsewhere.
#pragma once
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "mizzen/async/event.hpp"
#include "mizzen/async/scope.hpp"
#include "mizzen/kube/runtime/caches.hpp"
#include "mizzen/operator/web_app.hpp"

namespace mizzen::cli {

// One object on the tree.
struct TreeNode {
    int depth = 0;
    std::string name;   // "Deployment shop"
    std::string state;  // "3/3"
    bool is_good = false;
};

class LiveTree {
  public:
    using Print = std::function<void(std::string_view)>;
    // `is_terminal`: redraws with ANSI sequences. `print` gets text to write as it is.
    LiveTree(kube::Client& client, bool is_terminal, Print print);

    // Shows changes until cancelled.
    Task<> run();
    // Until every WebApp is Ready for its newest spec, and there is at least one.
    Task<> all_ready();
    // Until the caches are complete.
    Task<> synced();

    // WebApps with their Deployments, ReplicaSets that have pods, pods and Services.
    std::vector<TreeNode> nodes();

  private:
    void add_children(std::vector<TreeNode>& out, std::string_view owner_uid, int depth);
    bool is_all_ready();
    void draw();
    void print_changes();

    kube::Caches caches_;
    bool is_terminal_;
    Print print_;
    Event changed_;
    bool dirty_ = true;
    std::size_t lines_drawn_ = 0;
    std::map<std::string, std::string> printed_;
};

}  // namespace mizzen::cli
