// SPDX-License-Identifier: Apache-2.0
// Levels by module, changed at run time, and what is wrong with them said clearly.
#include "mizzen/telemetry/logs/log_levels.hpp"

#include <gtest/gtest.h>

#include <thread>

#include "mizzen/base/error.hpp"
#include "mizzen/telemetry/logs/testing/log_world.hpp"

namespace mizzen::telemetry {
namespace {

TEST(LogLevels, TheLongestNameDecidesByWholeParts) {
    const LogLevels levels(" kube=debug, net.http2=warn ,net=off, error");
    struct Case {
        std::string_view module;
        Severity level;
    };
    const Case cases[] = {
        {"kube", Severity::debug},
        {"kube.client", Severity::debug},
        {"kube.client.watch", Severity::debug},
        {"kubelet", Severity::error},
        {"net", severity_off},
        {"net.http2", Severity::warn},
        {"net.http22", severity_off},
        {"net.http2.hpack", Severity::warn},
        {"", Severity::error},
        {"other", Severity::error},
        {".kube", Severity::error},
    };
    for (const Case& c : cases) EXPECT_EQ(levels.level_of(c.module), c.level) << c.module;
    EXPECT_EQ(levels.text(), "kube=debug,net=off,net.http2=warn,error");
    EXPECT_EQ(LogLevels(levels.text()).text(), levels.text());
}

TEST(LogLevels, AreInfoWhereNothingIsSaid) {
    EXPECT_EQ(LogLevels("").level_of("kube"), Severity::info);
    EXPECT_EQ(LogLevels("net=WARN").level_of("kube"), Severity::info);
    EXPECT_EQ(LogLevels("net=WARN").level_of("net"), Severity::warn);
}

TEST(LogLevels, SayWhatIsWrongAndChangeNothing) {
    struct Case {
        std::string_view levels, says;
    };
    const Case cases[] = {
        {"kube=loud", "\"loud\" is not a level, which are trace, debug, info, warn, error, fatal, off"},
        {"kube=", "\"\" is not a level"},
        {"=debug", "\"\" is not a module"},
        {"kube..x=debug", "\"kube..x\" is not a module"},
        {"ku be=debug", "\"ku be\" is not a module"},
        {"kube=debug,", "a comma with nothing before or after it"},
        {",", "a comma with nothing before or after it"},
        {"kube=debug,kube=info", "\"kube\" has two levels"},
        {"info,warn", "two levels are for all other modules"},
        {"kube=debug=info", "\"debug=info\" is not a level"},
        {"\xff", "\"\xef\xbf\xbd\" is not a level"},
    };
    LogLevels levels("kube=warn");
    for (const Case& c : cases) {
        try {
            levels.set(c.levels);
            ADD_FAILURE() << c.levels;
        } catch (const Error& e) {
            EXPECT_EQ(e.kind(), ErrorKind::invalid);
            EXPECT_NE(std::string_view(e.what()).find(c.says), std::string_view::npos) << e.what();
            EXPECT_NE(std::string_view(e.what()).find("write levels such as \"kube=debug,info\""),
                      std::string_view::npos);
        }
        EXPECT_EQ(levels.text(), "kube=warn,info");
    }
}

TEST(LogLevels, HaveNames) {
    for (const Severity s : {Severity::trace, Severity::debug, Severity::info, Severity::warn, Severity::error,
                             Severity::fatal, severity_off})
        EXPECT_EQ(parse_severity(to_string(s)), s);
    EXPECT_EQ(to_string(Severity{0}), "trace");
    EXPECT_EQ(to_string(Severity{12}), "info");
    EXPECT_EQ(to_string(Severity{24}), "fatal");
    EXPECT_EQ(to_string(Severity{255}), "off");
    EXPECT_FALSE(parse_severity("information"));
}

TEST(LogLevels, ChangeForLoggersThatAreThere) {
    LogWorld world;
    const Logger client(world.provider, "kube.client"), server(world.provider, "server");
    const auto said = [&] {
        client.debug("client");
        server.debug("server");
        return LogWorld::texts(world.all());
    };
    EXPECT_EQ(said(), std::vector<std::string>{});
    world.provider.levels().set("kube=debug");
    EXPECT_EQ(said(), std::vector<std::string>{"client"});
    EXPECT_TRUE(client.is_enabled(Severity::debug));
    EXPECT_FALSE(client.is_enabled(Severity::trace));
    world.provider.levels().set("server=trace,off");
    EXPECT_EQ(said(), std::vector<std::string>{"server"});
    client.fatal("not even this");
    Logger().fatal("nor this");
    EXPECT_TRUE(world.all().empty());
}

// For the sanitizers, and for what is lost: a message of another module is not.
TEST(LogLevels, MayChangeWhileOthersLog) {
    LogWorld world({.grace = {}, .repeats = 0}, 1 << 20);
    const Logger loud(world.provider, "loud"), other(world.provider, "other");
    std::thread talker([&] {
        for (int i = 0; i < 2000; ++i) {
            loud.warn("loud");
            other.info("other {}", i);
        }
    });
    for (int i = 0; i < 200; ++i) world.provider.levels().set(i % 2 ? "loud=off,info" : "loud=debug,info");
    talker.join();
    const auto texts = LogWorld::texts(world.all());
    EXPECT_EQ(std::count_if(texts.begin(), texts.end(), [](const auto& t) { return t.starts_with("other"); }), 2000);
}

}  // namespace
}  // namespace mizzen::telemetry
