// SPDX-License-Identifier: Apache-2.0
// The example of README.md, compiled and run; the test also checks that README.md shows it as it is here.
#include <gtest/gtest.h>

#include "mizzen/async/simulated_loop.hpp"
#include "mizzen/base/files.hpp"

// begin example
#include "mizzen/json/reflect.hpp"
#include "mizzen/kube/runtime/manager.hpp"
#include "mizzen/kube/schema/kinds/config.hpp"

using namespace mizzen;
using namespace mizzen::kube;
using namespace std::chrono_literals;

struct GeneratorSpec {
    std::string content = json::field("Text to put in the ConfigMap.").required();
};
struct Generator {
    ObjectMeta metadata = json::field("Standard object metadata.");
    GeneratorSpec spec = json::field("What is wanted.");
    static constexpr Kind kind{"demo.mizzen.dev", "v1", "Generator", "generators"};
};

Task<Outcome> reconcile(Reconcile<Generator>& r) {
    r.apply(ConfigMap{.data = {{"content", r.object().spec.content}}, .metadata = r.child()});
    co_return Outcome::ready("ConfigMap written").again_in(5min);
}

Task<> operate(Client& client) {
    Manager manager(client, {.name = "generator"});
    manager.add(Controller<Generator>(reconcile).owns<ConfigMap>().limit(2));
    co_await manager.run();
}
// end example

#include "mizzen/async/scope.hpp"
#include "mizzen/json/json.hpp"
#include "mizzen/kube/runtime/testing/tiny_server.hpp"

namespace {

std::string between(std::string_view text, std::string_view begin, std::string_view end) {
    const std::size_t from = text.find(begin) + begin.size();
    return std::string(text.substr(from, text.find(end, from) - from));
}

TEST(RuntimeReadme, ShowsAnExampleThatWorks) {
    SimulatedLoop loop(1);
    kube::testing::TinyServer server;
    server.put("/apis/demo.mizzen.dev/v1/namespaces/shop/generators/a", json::parse(R"({"spec":{"content":"hello"}})"));
    Client client(loop, server);
    Scope scope(loop);
    scope.spawn(operate(client));
    loop.run_for(1s);
    const json::Value* made = server.find("/api/v1/namespaces/shop/configmaps/a");
    ASSERT_NE(made, nullptr);
    EXPECT_EQ(made->text({"data", "content"}), "hello");
    server.take_writes();
    loop.run_for(1h);
    EXPECT_EQ(server.take_writes(), "") << "looking again every five minutes writes nothing";
}

TEST(RuntimeReadme, ShowsTheExampleAsItIsCompiled) {
    const std::string room = std::string(MIZZEN_SOURCE_DIR) + "/mizzen/kube/runtime/";
    EXPECT_EQ(between(read_file(room + "README.md"), "```cpp\n", "```"),
              between(read_file(room + "readme_test.cpp"), "// begin example\n", "// end example"));
}

}  // namespace
