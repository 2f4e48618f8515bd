// SPDX-License-Identifier: Apache-2.0
// What a Pushgateway is sent, and what its answers become.
#include "mizzen/telemetry/pushgateway/push_gateway.hpp"

#include <gtest/gtest.h>

#include "mizzen/async/delay.hpp"
#include "mizzen/async/simulated_loop.hpp"
#include "mizzen/base/error.hpp"

namespace mizzen::telemetry {
namespace {
using namespace std::chrono_literals;

struct Gateway final : net::Transport {
    Task<net::Response> send(net::Request request) override {
        said = request.method + " " + request.target + " " +
               std::string(request.headers.find("content-type").value_or("-"));
        key = request.headers.find("x-key").value_or("");
        body = request.body.bytes().str();
        co_await delay(takes);
        co_return net::Response{.status = status, .body = answer};
    }
    Duration takes{};
    int status = 200;
    std::string answer, said, key, body;
};

Snapshot one() {
    return {.families = {{.name = "job_rows", .help = "Rows.", .points = std::vector<Number>{std::int64_t{7}}}}};
}

TEST(PushGateway, PathsNameTheGroup) {
    struct Case {
        PushGroup group;
        const char* path;
    };
    const Case cases[] = {
        {{"shop", {}}, "/metrics/job/shop"},
        {{"a b%", {{"instance", "10.0.0.1:80"}}}, "/metrics/job/a%20b%25/instance/10.0.0.1%3A80"},
        {{"shop", {{"path", "/var/tmp"}, {"none", ""}}}, "/metrics/job/shop/path@base64/L3Zhci90bXA/none@base64/="},
        {{"directory/cleaner", {}}, "/metrics/job@base64/ZGlyZWN0b3J5L2NsZWFuZXI"},
        {{"/\xff\xfe\xfb", {}}, "/metrics/job@base64/L__--w"},
    };
    for (const Case& c : cases) EXPECT_EQ(group_path(c.group), c.path);
}

TEST(PushGateway, ReplacesAddsAndRemoves) {
    SimulatedLoop loop{1};
    Gateway gateway;
    PushGateway push(gateway, {"shop", {}}, {.path_prefix = "/gw", .headers = {{"x-key", "k"}}});
    const std::string type = "text/plain; version=0.0.4; charset=utf-8; escaping=underscores";
    loop.run(push.push(one()));
    EXPECT_EQ(gateway.said, "PUT /gw/metrics/job/shop " + type);
    EXPECT_EQ(gateway.body, "# HELP job_rows Rows.\n# TYPE job_rows gauge\njob_rows 7\n");
    EXPECT_EQ(gateway.key, "k");
    gateway.status = 202;
    loop.run(push.add(one()));
    EXPECT_EQ(gateway.said, "POST /gw/metrics/job/shop " + type);
    loop.run(push.remove());
    EXPECT_EQ(gateway.said, "DELETE /gw/metrics/job/shop -");
    EXPECT_EQ(gateway.body, "");
}

TEST(PushGateway, SaysWhatWentWrong) {
    SimulatedLoop loop{1};
    Gateway gateway;
    PushGateway push(gateway, {"shop", {}}, {.headers = {{"authorization", "Bearer s3cret"}}});
    gateway.answer = "pushed metrics are inconsistent\n(s3cret)";
    struct Case {
        int status;
        ErrorKind kind;
    };
    for (const Case& c : {Case{400, ErrorKind::invalid}, Case{401, ErrorKind::denied}, Case{404, ErrorKind::not_found},
                          Case{429, ErrorKind::overloaded}, Case{503, ErrorKind::retry}}) {
        gateway.status = c.status;
        try {
            loop.run(push.push(one()));
            ADD_FAILURE() << c.status;
        } catch (const Error& error) {
            EXPECT_EQ(error.kind(), c.kind) << c.status;
            const std::string text = error.what();
            EXPECT_NE(text.find("PUT /metrics/job/shop with " + std::to_string(c.status)), text.npos) << text;
            EXPECT_NE(text.find("inconsistent"), text.npos) << text;
            EXPECT_EQ(text.find("s3cret"), text.npos) << text;
            EXPECT_EQ(text.find('\n'), text.npos) << text;
        }
    }
}

TEST(PushGateway, WaitsNoLongerThanItsTime) {
    SimulatedLoop loop{1};
    Gateway gateway;
    gateway.takes = 1h;
    PushGateway push(gateway, {"shop", {}}, {.timeout = 3s});
    try {
        loop.run(push.remove());
        ADD_FAILURE();
    } catch (const Error& error) {
        EXPECT_EQ(error.kind(), ErrorKind::retry);
        EXPECT_STREQ(error.what(), "the Pushgateway did not answer DELETE /metrics/job/shop within 3s");
    }
    EXPECT_EQ(loop.now(), Time(3s));
}

TEST(PushGateway, RefusesGroupsAndMetricsThatDoNotFit) {
    SimulatedLoop loop{1};
    Gateway gateway;
    const PushGroup bad[] = {{"", {}},
                             {"a", {{"job", "b"}}},
                             {"a", {{"x", "1"}, {"x", "2"}}},
                             {"a", {{"a/b", "1"}}},
                             {"a", {{"__x", "1"}}},
                             {"a", {{"", "1"}}}};
    for (const PushGroup& group : bad) EXPECT_THROW(PushGateway(gateway, group), Error);
    PushGateway push(gateway, {"shop", {{"instance", "a"}}});
    for (const char* label : {"job", "instance"}) {
        Snapshot snapshot = one();
        snapshot.families[0].label_names = {label};
        snapshot.families[0].labels = LabelTable(1);
        snapshot.families[0].labels.add("x");
        EXPECT_THROW(loop.run(push.push(snapshot)), Error);
    }
    EXPECT_EQ(gateway.said, "");
}

}  // namespace
}  // namespace mizzen::telemetry
