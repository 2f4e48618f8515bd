// SPDX-License-Identifier: Apache-2.0
// What people write wrongly, and what they are told: the place, the problem, the way out. Before anything has happened.
#include "mizzen/cli/input.hpp"

#include <gtest/gtest.h>

#include "mizzen/base/error.hpp"

namespace mizzen::cli {
namespace {

// "" if the text is fine.
std::string complaint(std::string_view yaml) {
    try {
        parse_input(yaml, "shop.yaml");
    } catch (const Error& e) {
        EXPECT_EQ(e.kind(), ErrorKind::invalid);
        return e.what();
    }
    return "";
}

constexpr std::string_view head = "apiVersion: mizzen.dev/v1\nkind: WebApp\nmetadata:\n  name: shop\n";

TEST(Input, NamesThePlaceOfEachKindOfProblem) {
    struct Case {
        std::string_view spec;
        const char* expected;
    };
    for (const Case& c : std::initializer_list<Case>{
             {"spec:\n  image: shop:1\n", ""},
             {"spec:\n  image: shop:1\n  replicaz: 2\n",
              "shop.yaml:7:3: spec.replicaz: unknown field; did you mean replicas?"},
             {"spec:\n  image: shop:1\n  replicas: two\n",
              "shop.yaml:7:3: spec.replicas: expected an integer, got a string"},
             {"spec:\n  image: shop:1\n  replicas: -1\n", "shop.yaml:7:3: spec.replicas: -1 is below the least, 0"},
             {"spec:\n  image: shop:1\n  port: 70000\n", "shop.yaml:7:3: spec.port: 70000 is above the most, 65535"},
             {"spec:\n  image: shop:1\n  health:\n    path: healthz\n",
              "shop.yaml:8:5: spec.health.path: \"healthz\" does not match ^(/[^ ]*)?$"},
             {"spec:\n  image: shop:1\n  args: [a, [b]]\n",
              "shop.yaml:7:13: spec.args[1]: expected a string, got an array"},
             {"spec:\n  image: shop:1\n  env: {DEBUG: true}\n",
              "shop.yaml:7:9: spec.env.DEBUG: expected a string, got a boolean"},
             {"spec:\n  replicas: 2\n", "shop.yaml:5:1: spec.image: a value is required"},
             {"spec: shop:1\n", "shop.yaml:5:1: spec: expected an object, got a string"},
             {"", "shop.yaml:1:1: spec: a value is required"},
             {"spec:\n  image: shop:1\nstatsu: {}\n", "shop.yaml:7:1: statsu: unknown field; did you mean status?"},
         }) {
        EXPECT_EQ(complaint(std::string(head) + std::string(c.spec)), c.expected) << c.spec;
    }
}

TEST(Input, TellsAllProblemsAtOnceOfAllObjects) {
    EXPECT_EQ(complaint("apiVersion: mizzen.dev/v1\n"
                        "kind: WebApp\n"
                        "metadata: {name: shop}\n"
                        "spec:\n"
                        "  image: shop:1\n"
                        "  replicas: 9000\n"
                        "  prot: 80\n"
                        "---\n"
                        "apiVersion: mizzen.dev/v1\n"
                        "kind: WebApp\n"
                        "metadata: {name: 1shop}\n"
                        "spec: {image: shop:1}\n"),
              "shop.yaml:6:3: spec.replicas: 9000 is above the most, 5000\n"
              "shop.yaml:7:3: spec.prot: unknown field; did you mean port?\n"
              "shop.yaml:11:12: metadata.name must start with a letter and have no dots, since its Service has the "
              "same name; rename it");
}

TEST(Input, AsksEveryObjectForAKindAndAName) {
    struct Case {
        const char* yaml;
        const char* expected;
    };
    for (const Case& c : std::initializer_list<Case>{
             {"kind: ConfigMap\nmetadata: {name: a}\n",
              "shop.yaml:1:1: apiVersion: required; for a WebApp: apiVersion: mizzen.dev/v1, kind: WebApp"},
             {"apiVersion: v1\nmetadata: {name: a}\n",
              "shop.yaml:1:1: kind: required; for a WebApp: apiVersion: mizzen.dev/v1, kind: WebApp"},
             {"apiVersion: v1\nkind: ConfigMap\nmetadata: {labels: {a: b}}\n",
              "shop.yaml:3:1: metadata.name: required"},
             {"apiVersion: v1\nkind: ConfigMap\n", "shop.yaml:1:1: metadata.name: required"},
             {"- a\n- b\n", "shop.yaml:1:1: expected an object with apiVersion, kind and metadata"},
             {"just text\n", "shop.yaml:1:1: expected an object with apiVersion, kind and metadata"},
             {"apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\nwhatever: {the: server, judges: [it]}\n", ""},
         }) {
        EXPECT_EQ(complaint(c.yaml), c.expected) << c.yaml;
    }
}

TEST(Input, NamesThePlaceInTextThatIsNoYaml) {
    EXPECT_EQ(complaint("spec:\n\timage: shop:1\n").substr(0, 12), "shop.yaml:2:");
}

TEST(Input, GivesObjectsInOrderWithDefaultsFilledIn) {
    const auto objects = parse_input(
        "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: settings}\n---\n---\napiVersion: mizzen.dev/v1\nkind: "
        "WebApp\nmetadata: {name: shop}\nspec: {image: shop:1}\n",
        "shop.yaml");
    ASSERT_EQ(objects.size(), 2u);
    EXPECT_EQ(objects[0].name(), "ConfigMap settings");
    EXPECT_FALSE(objects[0].is_web_app());
    EXPECT_TRUE(objects[1].is_web_app());
    const WebApp app = to_web_app(objects[1]);
    EXPECT_EQ(app.metadata.name, "shop");
    EXPECT_EQ(app.spec.port, 8080);
}

TEST(Input, OtherVersionsOfWebAppAreTheServersToJudge) {
    EXPECT_FALSE(parse_input("apiVersion: mizzen.dev/v2\nkind: WebApp\nmetadata: {name: shop}\n", "shop.yaml")
                     .at(0)
                     .is_web_app());
}

TEST(ReadInput, NamesTheFileThatCannotBeRead) {
    try {
        read_input({"/nowhere/shop.yaml", "/nowhere/hello.yaml"});
        FAIL() << "read what is not there";
    } catch (const Error& e) {
        EXPECT_EQ(e.kind(), ErrorKind::invalid);
        EXPECT_EQ(std::string(e.what()),
                  "/nowhere/shop.yaml: cannot read /nowhere/shop.yaml: No such file or directory\n"
                  "/nowhere/hello.yaml: cannot read /nowhere/hello.yaml: No such file or directory");
    }
}

TEST(ReadInput, ReadsTheExamples) {
    const std::string examples = MIZZEN_SOURCE_DIR "/examples/";
    const auto objects = read_input({examples + "hello.yaml", examples + "shop.yaml"});
    ASSERT_EQ(objects.size(), 2u);
    EXPECT_EQ(to_web_app(objects[0]).spec.env.at("GREETING"), "hello");
    EXPECT_EQ(to_web_app(objects[1]).spec.health->path, "/healthz");
    EXPECT_EQ(objects[1].place("spec.health.path"), examples + "shop.yaml:16:5");
}

}  // namespace
}  // namespace mizzen::cli
