// SPDX-License-Identifier: Apache-2.0
#include "mizzen/kube/client/kubeconfig.hpp"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <cstdlib>
#include <fstream>

#include "mizzen/async/simulated_loop.hpp"
#include "mizzen/base/error.hpp"
#include "mizzen/kube/client/detail/exec_token.hpp"
#include "mizzen/net/simulated_network.hpp"

namespace mizzen::kube {
namespace {

namespace fs = std::filesystem;

constexpr const char* admin = R"(
apiVersion: v1
kind: Config
current-context: shop
clusters:
- name: local
  cluster:
    server: https://127.0.0.1:6443
    certificate-authority-data: Q0E=
    unknown-member: ignored
users:
- name: admin
  user:
    client-certificate-data: Q0VSVA==
    client-key: keys/admin.key
    as: root
    as-groups: [a, b]
contexts:
- name: shop
  context: {cluster: local, user: admin, namespace: shop}
- name: lost
  context: {cluster: gone, user: admin}
)";

std::string message_of(auto fn) {
    try {
        fn();
    } catch (const Error& e) {
        return e.what();
    }
    return "no error";
}

TEST(Kubeconfig, ReadsWhatAFileSays) {
    auto config = Kubeconfig::parse(admin, "admin.conf", "/etc/kube");
    EXPECT_EQ(config.current_context, "shop");
    EXPECT_EQ(config.clusters.at("local").certificate_authority.read().reveal(), "CA");
    const auto& user = config.users.at("admin");
    EXPECT_EQ(user.client_certificate.data.reveal(), "CERT");
    EXPECT_EQ(user.client_key.file, "/etc/kube/keys/admin.key");
    EXPECT_EQ(user.as_groups, (std::vector<std::string>{"a", "b"}));
    auto connection = Connection::of(config);
    EXPECT_EQ(connection.cluster.server, "https://127.0.0.1:6443");
    EXPECT_EQ(connection.ns, "shop");
}

TEST(Kubeconfig, AComplaintNamesTheLineAndSaysWhatWasExpected) {
    auto complaint = [](std::string yaml) { return message_of([&] { Kubeconfig::parse(yaml, "a.conf"); }); };
    EXPECT_EQ(complaint("clusters:\n- name: x\n  cluster: {server: 5}\n"),
              "a.conf:3:13: clusters[0].cluster.server: expected a string");
    EXPECT_EQ(complaint("kind: Pod\n"), "a.conf:1:1: kind: expected Config; this is no kubeconfig");
    EXPECT_EQ(complaint("users:\n- name: x\n  user:\n    client-key-data: '!'\n"),
              "a.conf:4:5: users[0].user.client-key-data: expected base64");
}

TEST(Kubeconfig, AChoiceThatIsNotThereNamesWhatIs) {
    auto config = Kubeconfig::parse(admin);
    EXPECT_EQ(message_of([&] { Connection::of(config, "prod"); }),
              "the kubeconfig has no context \"prod\"; there is lost, shop");
    EXPECT_EQ(message_of([&] { Connection::of(config, "lost"); }),
              "context \"lost\" names the cluster \"gone\"; there is local");
    EXPECT_EQ(message_of([&] { Connection::of(Kubeconfig{}); }),
              "the kubeconfig has no current-context; choose one: there is none");
}

TEST(Kubeconfig, OfSeveralFilesTheFirstWins) {
    auto first = Kubeconfig::parse("current-context: a\nclusters: [{name: x, cluster: {server: one}}]\n");
    auto second = Kubeconfig::parse(
        "current-context: b\nclusters: [{name: x, cluster: {server: two}}, {name: z, cluster: {server: three}}]\n");
    first.merge(second);
    EXPECT_EQ(first.current_context, "a");
    EXPECT_EQ(first.clusters.at("x").server, "one");
    EXPECT_EQ(first.clusters.at("z").server, "three");
}

struct Folder : ::testing::Test {
    fs::path folder;
    void SetUp() override {
        std::string name = (fs::temp_directory_path() / "kubeconfig-XXXXXX").string();
        ASSERT_NE(::mkdtemp(name.data()), nullptr);
        folder = name;
    }
    void TearDown() override { fs::remove_all(folder); }
    void write(const std::string& name, std::string_view text) const { std::ofstream(folder / name) << text; }
};
using KubeconfigFile = Folder;

TEST_F(KubeconfigFile, IsReadableByItsOwnerOnlyAndReadsBackTheSame) {
    auto config = Kubeconfig::parse(admin);
    config.users["admin"].token = mizzen::Secret("t0ken: 'with' \"quotes\"");
    config.save(folder / "out");
    struct stat info{};
    ASSERT_EQ(::stat((folder / "out").c_str(), &info), 0);
    EXPECT_EQ(info.st_mode & 0777, 0600u);
    auto again = Kubeconfig::load(folder / "out");
    EXPECT_EQ(again.to_yaml(), Kubeconfig::parse(config.to_yaml(), "x", folder).to_yaml());
    EXPECT_EQ(again.users.at("admin").token.reveal(), "t0ken: 'with' \"quotes\"");
    config.save(folder / "out");
    EXPECT_EQ(std::distance(fs::directory_iterator(folder), fs::directory_iterator()), 1)
        << "nothing is left beside it";
    EXPECT_NE(message_of([&] { config.save(folder / "no" / "out"); }), "no error");
}

TEST_F(KubeconfigFile, FilesThatDoNotExistAreLeftOutUnlessAllDoNot) {
    write("a", "current-context: a\n");
    EXPECT_EQ(Kubeconfig::load({folder / "none", folder / "a"}).current_context, "a");
    EXPECT_THROW(Kubeconfig::load({folder / "none"}), Error);
}

TEST_F(KubeconfigFile, APodFindsItsOwn) {
    write("token", "abc\n");
    write("namespace", "shop");
    auto connection = Connection::in_cluster("10.0.0.1", "443", folder);
    EXPECT_EQ(connection.cluster.server, "https://10.0.0.1:443");
    EXPECT_EQ(connection.ns, "shop");
    EXPECT_EQ(Connection::in_cluster("fd00::1", "443", folder).cluster.server, "https://[fd00::1]:443");
    EXPECT_THROW(Connection::in_cluster("", "", folder), Error);
}

TEST_F(KubeconfigFile, ATokenFileIsReadAgainEachMinute) {
    SimulatedLoop loop(1);
    write("token", "one\n");
    auto source = token_file(loop, folder / "token");
    EXPECT_EQ(loop.run(source->token()), "one");
    write("token", "two\n");
    EXPECT_EQ(loop.run(source->token()), "one");
    loop.run_for(std::chrono::minutes(1));
    EXPECT_EQ(loop.run(source->token()), "two");
    EXPECT_FALSE(source->refused()) << "it is the same as before";
    write("token", "three\n");
    EXPECT_TRUE(source->refused());
    EXPECT_EQ(loop.run(source->token()), "three");
}

TEST(Connect, RefusesWhatCannotWorkBeforeAnythingIsSent) {
    SimulatedLoop loop(1);
    net::SimulatedNetwork network(loop);
    auto complaint = [&](Connection c) { return message_of([&] { connect(loop, network, c); }); };
    EXPECT_NE(complaint({.cluster = {.server = "ftp://x"}}).find("is no address"), std::string::npos);
    EXPECT_NE(complaint({.cluster = {.server = "https://x:99999"}}).find("is no address"), std::string::npos);
    EXPECT_NE(
        complaint({.cluster = {.server = "https://x"}, .user = {.client_certificate = {.data = mizzen::Secret("c")}}})
            .find("client-key"),
        std::string::npos);
    EXPECT_NE(complaint({.cluster = {.server = "https://x", .proxy_url = "http://p"}}).find("proxy-url"),
              std::string::npos);
    EXPECT_EQ(complaint({.cluster = {.server = "http://[::1]:8080/k8s/"}}), "no error");
}

class FakeRunner final : public CommandRunner {
  public:
    std::string output, info;
    int runs = 0;
    Task<std::string> run(std::vector<std::string>, std::map<std::string, std::string> environment) override {
        ++runs;
        info = environment["KUBERNETES_EXEC_INFO"];
        co_return output;
    }
};

TEST(ExecToken, IsAskedForWhenItHasExpiredOrIsRefused) {
    SimulatedLoop loop(1);
    FakeRunner runner;
    Kubeconfig::Exec exec{
        .api_version = "client.authentication.k8s.io/v1", .command = "login", .provide_cluster_info = true};
    auto source = detail::exec_token(loop, runner, exec, {.server = "https://x"});
    runner.output = R"({"kind":"ExecCredential","apiVersion":"client.authentication.k8s.io/v1",)"
                    R"("status":{"token":"t","expirationTimestamp":"2026-01-01T00:10:00Z"}})";
    EXPECT_EQ(loop.run(source->token()), "t");
    EXPECT_EQ(loop.run(source->token()), "t");
    EXPECT_EQ(runner.runs, 1);
    EXPECT_EQ(runner.info, R"({"apiVersion":"client.authentication.k8s.io/v1","kind":"ExecCredential",)"
                           R"("spec":{"cluster":{"server":"https://x"},"interactive":false}})");
    loop.run_for(std::chrono::minutes(11));
    EXPECT_EQ(loop.run(source->token()), "t");
    EXPECT_EQ(runner.runs, 2);
    EXPECT_TRUE(source->refused());
    runner.output = "kind: Pod\n";
    EXPECT_THROW(loop.run(source->token()), Error);
}

}  // namespace
}  // namespace mizzen::kube
