// SPDX-License-Identifier: Apache-2.0
// What `mizzen up` shows, from a cluster in which an operator works.
#include "mizzen/cli/live_tree.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "mizzen/cluster/testing/test_cluster.hpp"
#include "mizzen/kube/runtime/manager.hpp"
#include "mizzen/operator/operator.hpp"

namespace mizzen::cli {
namespace {

using namespace std::chrono_literals;

constexpr const char* hello =
    "apiVersion: mizzen.dev/v1\nkind: WebApp\nmetadata: {name: hello}\nspec: {image: 'hello:1', replicas: 2}\n";

// A cluster with an operator and a tree of it.
class Stage {
  public:
    explicit Stage(bool is_terminal)
        : manager_(cluster.client(), {.name = "mizzen"}),
          tree(cluster.client(), is_terminal, [this](std::string_view text) { shown += text; }),
          scope_(cluster.loop()) {
        cluster.run(install_crd(cluster.client()));
        manager_.add(web_app_controller());
        scope_.spawn(manager_.run());
        scope_.spawn(tree.run());
        cluster.run(tree.synced());
    }

    // Generated name endings read "*".
    std::string text() {
        std::string out;
        for (const TreeNode& node : tree.nodes()) {
            std::string name = node.name;
            if (name.starts_with("Pod ") || name.starts_with("ReplicaSet "))
                name = name.substr(0, name.find("-") + 1) + "*";
            std::string state = node.name.starts_with("Service ") ? "" : " " + node.state;
            out += std::string(static_cast<std::size_t>(2 * node.depth), ' ') + (node.is_good ? "+ " : "- ") + name +
                   state + "\n";
        }
        return out;
    }

    TestCluster cluster{{.agent = {.timings = {.until_ready = 2s}}}};

  private:
    kube::Manager manager_;

  public:
    std::string shown;
    LiveTree tree;

  private:
    Scope scope_;
};

TEST(LiveTree, ShowsAWebAppWithAllThatBecameOfIt) {
    Stage stage(false);
    EXPECT_EQ(stage.text(), "");
    stage.cluster.create(hello);
    stage.cluster.run_for(1s);
    EXPECT_EQ(stage.text(),
              "- WebApp default/hello Progressing 0/2  0 of 2 pods can serve.\n"
              "  - Deployment hello 0/2\n"
              "    - ReplicaSet hello-* 0/2\n"
              "      - Pod hello-* Pending on node-1\n"
              "      - Pod hello-* Pending on node-1\n"
              "  + Service hello\n");
    stage.cluster.run(stage.tree.all_ready());
    stage.cluster.run_for(1s);
    EXPECT_EQ(stage.text(),
              "+ WebApp default/hello Ready 2/2\n"
              "  + Deployment hello 2/2\n"
              "    + ReplicaSet hello-* 2/2\n"
              "      + Pod hello-* Running on node-1\n"
              "      + Pod hello-* Running on node-1\n"
              "  + Service hello\n");
}

TEST(LiveTree, PrintsALineForEachChangeWhereThereIsNoTerminal) {
    Stage stage(false);
    stage.cluster.create(hello);
    stage.cluster.run(stage.tree.all_ready());
    stage.cluster.run_for(1s);
    EXPECT_EQ(stage.shown.find('\x1b'), std::string::npos);
    EXPECT_NE(stage.shown.find("Deployment hello  0/2\n"), std::string::npos) << stage.shown;
    EXPECT_NE(stage.shown.find("WebApp default/hello  Ready 2/2\n"), std::string::npos) << stage.shown;
    const std::size_t before = stage.shown.size();
    stage.cluster.run_for(10min);
    EXPECT_EQ(stage.shown.size(), before) << "nothing changed";
    stage.cluster.remove<WebApp>("hello");
    stage.cluster.run_for(10s);
    EXPECT_NE(stage.shown.find("WebApp default/hello  gone\n", before), std::string::npos)
        << stage.shown.substr(before);
}

TEST(LiveTree, DrawsOverWhatItDrewBeforeOnATerminal) {
    Stage stage(true);
    stage.cluster.create(hello);
    stage.cluster.run(stage.tree.all_ready());
    stage.cluster.run_for(1s);
    // The last drawing: six lines back from the end of the one before it.
    const std::size_t last = stage.shown.rfind("\x1b[6F\x1b[J");
    ASSERT_NE(last, std::string::npos);
    EXPECT_EQ(std::count(stage.shown.begin() + static_cast<std::ptrdiff_t>(last), stage.shown.end(), '\n'), 6);
}

TEST(LiveTree, WaitsForTheNewestSpec) {
    Stage stage(false);
    stage.cluster.create(hello);
    stage.cluster.run(stage.tree.all_ready());
    stage.cluster.patch<WebApp>("hello", json::Object{{"spec", json::Object{{"replicas", 3}}}});
    stage.cluster.run_for(500ms);
    stage.cluster.run(stage.tree.all_ready());
    EXPECT_EQ(stage.cluster.get<WebApp>("hello").status.available_replicas, 3);
}

}  // namespace
}  // namespace mizzen::cli
