// SPDX-License-Identifier: Apache-2.0
// What WebApps become: one folder of testdata/ per case. `./task golden --update` writes what is built now over what is
// expected.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "mizzen/base/files.hpp"
#include "mizzen/json/yaml.hpp"
#include "mizzen/operator/operator.hpp"
#include "mizzen/operator/parts/parts.hpp"

namespace mizzen {
namespace {

namespace fs = std::filesystem;

const fs::path source = MIZZEN_SOURCE_DIR;

// The WebApp of a file, as the API server would have defaulted it.
WebApp read_app(const fs::path& file) {
    json::Value object = json::parse_yaml(read_file(file), file.filename().string()).at(0).value;
    object.erase("apiVersion");
    object.erase("kind");
    return json::from_value<WebApp>(object, json::Unknown::refuse);
}

WebApp an_app() {
    WebApp app;
    app.metadata.name = "shop";
    app.metadata.namespace_ = "default";
    app.spec.image = "shop:1";
    return app;
}

std::string text(const std::vector<json::Value>& objects) {
    std::string out;
    for (const json::Value& object : objects) out += (out.empty() ? "" : "---\n") + json::to_yaml(object);
    return out;
}

class GoldenBuild : public testing::TestWithParam<std::string> {};

// hello and shop are the files of examples/; the others have their own.
fs::path input_of(const std::string& name) {
    const fs::path own = source / "mizzen/operator/testdata" / name / "in.yaml";
    return fs::exists(own) ? own : source / "examples" / (name + ".yaml");
}

TEST_P(GoldenBuild, IsAsExpected) {
    const fs::path expected = source / "mizzen/operator/testdata" / GetParam() / "out.yaml";
    const std::string built = text(build(read_app(input_of(GetParam()))));
    if (std::getenv("MIZZEN_UPDATE_GOLDEN")) {
        std::ofstream(expected) << built;
        return;
    }
    EXPECT_EQ(built, read_file(expected)) << "if this is meant: ./task golden --update";
}

INSTANTIATE_TEST_SUITE_P(Cases, GoldenBuild,
                         testing::Values("smallest", "hello", "shop", "health", "resources", "config", "args"),
                         [](auto& info) { return info.param; });

TEST(Build, EveryFolderOfTestdataIsACase) {
    std::size_t folders = 0;
    for (auto& entry : fs::directory_iterator(source / "mizzen/operator/testdata")) folders += entry.is_directory();
    EXPECT_EQ(folders, 7u);
}

TEST(Build, GivesTheSameTwice) { EXPECT_EQ(text(build(an_app())), text(build(an_app()))); }

// https://kubernetes.io/docs/concepts/security/pod-security-standards/, profile "Restricted", control by control.
TEST(Deployment, PassesTheRestrictedPodSecurityStandard) {
    WebApp app = an_app();
    app.spec.config = Config{.files = {{"a", "b"}}, .path = "/etc/app"};
    const kube::PodSpec pod = parts::deployment(app).spec.template_.spec;
    EXPECT_FALSE(pod.host_network);
    EXPECT_FALSE(pod.host_pid);
    EXPECT_FALSE(pod.host_ipc);
    ASSERT_TRUE(pod.security_context);
    EXPECT_EQ(pod.security_context->run_as_non_root, true);
    EXPECT_NE(pod.security_context->run_as_user, 0);
    EXPECT_EQ(pod.security_context->seccomp_profile->type, "RuntimeDefault");
    EXPECT_TRUE(pod.security_context->sysctls.empty());
    EXPECT_FALSE(pod.security_context->se_linux_options);
    EXPECT_EQ(pod.volumes.size(), 2u);
    for (const kube::Volume& volume : pod.volumes) EXPECT_TRUE(volume.empty_dir || volume.config_map) << volume.name;
    EXPECT_TRUE(pod.init_containers.empty());
    ASSERT_EQ(pod.containers.size(), 1u);
    for (const kube::Container& container : pod.containers) {
        ASSERT_TRUE(container.security_context);
        const kube::SecurityContext& security = *container.security_context;
        EXPECT_EQ(security.allow_privilege_escalation, false);
        EXPECT_EQ(security.privileged, false);
        EXPECT_EQ(security.capabilities->drop, std::vector<std::string>{"ALL"});
        EXPECT_TRUE(security.capabilities->add.empty());
        EXPECT_EQ(security.proc_mount, "");
        for (const kube::ContainerPort& port : container.ports) EXPECT_EQ(port.host_port, 0);
        // Beyond the standard.
        EXPECT_EQ(security.read_only_root_filesystem, true);
    }
    EXPECT_EQ(pod.automount_service_account_token, false);
    EXPECT_EQ(pod.enable_service_links, false);
}

TEST(Deployment, SelectsTheSamePodsWhateverChanges) {
    WebApp changed = an_app();
    changed.metadata.labels = {{"app.kubernetes.io/name", "other"}, {"team", "new"}};
    changed.metadata.generation = 9;
    changed.spec.image = "shop:2";
    const kube::Deployment before = parts::deployment(an_app()), after = parts::deployment(changed);
    EXPECT_EQ(before.spec.selector, after.spec.selector);
    for (auto& [key, value] : after.spec.selector.match_labels)
        EXPECT_EQ(after.spec.template_.metadata.labels.at(key), value);
    EXPECT_EQ(parts::service(changed).spec.selector, after.spec.selector.match_labels);
}

TEST(Deployment, RollsItsPodsForATemplateOnly) {
    WebApp scaled = an_app();
    scaled.spec.replicas = 7;
    scaled.metadata.generation = 2;
    EXPECT_EQ(parts::deployment(scaled).spec.template_, parts::deployment(an_app()).spec.template_);
    EXPECT_NE(parts::deployment(scaled).metadata.annotations, parts::deployment(an_app()).metadata.annotations)
        << "says which generation it is for";
}

TEST(ConfigHash, FollowsTheFiles) {
    auto hash = [](std::map<std::string, std::string> files) {
        WebApp app = an_app();
        app.spec.config = Config{.files = std::move(files), .path = "/etc/app"};
        return parts::config_hash(app);
    };
    EXPECT_EQ(parts::config_hash(an_app()), "");
    EXPECT_EQ(hash({}), "");
    EXPECT_EQ(hash({{"a", "b"}}), hash({{"a", "b"}}));
    EXPECT_NE(hash({{"a", "b"}}), hash({{"a", "c"}}));
    EXPECT_NE(hash({{"a", "bc"}}), hash({{"ab", "c"}}));
    EXPECT_NE(hash({{"a", ""}, {"b", ""}}), hash({{"a", ""}}));
}

TEST(Obstacle, IsANameThatAServiceCannotHave) {
    struct Case {
        std::string name;
        bool possible;
    };
    for (const Case& c : std::initializer_list<Case>{
             {"shop", true},
             {"shop-2", true},
             {std::string(63, 'a'), true},
             {std::string(64, 'a'), false},
             {"2shop", false},
             {"my.shop", false},
             {"", false},
             {"-shop", false},
         }) {
        WebApp app = an_app();
        app.metadata.name = c.name;
        EXPECT_EQ(obstacle(app).empty(), c.possible) << c.name << ": " << obstacle(app);
    }
}

}  // namespace
}  // namespace mizzen
