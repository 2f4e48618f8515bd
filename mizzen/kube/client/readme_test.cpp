// SPDX-License-Identifier: Apache-2.0
// The example of README.md, compiled and run; the test also checks that README.md shows it as it is here.
#include <gtest/gtest.h>

#include "mizzen/async/simulated_loop.hpp"
#include "mizzen/base/files.hpp"

// begin example
#include "mizzen/kube/client/api.hpp"
#include "mizzen/kube/schema/kinds/config.hpp"

using namespace mizzen;
using namespace mizzen::kube;

Task<std::string> greet(Client& client) {
    Api<ConfigMap> maps(client, "shop");
    co_await maps.apply(ConfigMap{.data = {{"text", "hello"}}, .metadata = {.name = "greeting"}});
    if (auto old = co_await maps.find("farewell")) co_await maps.remove("farewell", {.uid = old->metadata.uid});

    auto all = co_await maps.list({.labels = "app=shop"});
    auto watch = co_await maps.watch({.labels = "app=shop", .resource_version = all.resource_version});
    while (auto event = co_await watch.next()) {
        if (event->change == Change::added) co_return event->object.metadata.name;
    }
    co_return "";
}
// end example

#include "mizzen/kube/client/testing/script.hpp"

namespace {

std::string between(std::string_view text, std::string_view begin, std::string_view end) {
    const std::size_t from = text.find(begin) + begin.size();
    return std::string(text.substr(from, text.find(end, from) - from));
}

TEST(ClientReadme, ShowsAnExampleThatWorks) {
    SimulatedLoop loop(1);
    kube::testing::Script script;
    const std::string maps = "/api/v1/namespaces/shop/configmaps";
    script.expects("PATCH", maps + "/greeting").replies(200, R"({"metadata":{"name":"greeting"}})");
    script.expects("GET", maps + "/farewell").replies(200, R"({"metadata":{"name":"farewell","uid":"u"}})");
    script.expects("DELETE", maps + "/farewell").replies(200, R"({"kind":"Status"})");
    script.expects("GET", maps).replies(200, R"({"metadata":{"resourceVersion":"7"},"items":[]})");
    auto feed = script.expects("GET", maps).feeds();
    feed->event("ADDED", R"({"metadata":{"name":"news"}})");
    Client client(loop, script);
    EXPECT_EQ(loop.run(greet(client)), "news");
    EXPECT_EQ(script.problems(), "");
}

TEST(ClientReadme, ShowsTheExampleAsItIsCompiled) {
    const std::string room = std::string(MIZZEN_SOURCE_DIR) + "/mizzen/kube/client/";
    EXPECT_EQ(between(read_file(room + "README.md"), "```cpp\n", "```"),
              between(read_file(room + "readme_test.cpp"), "// begin example\n", "// end example"));
}

}  // namespace
