// SPDX-License-Identifier: Apache-2.0
// Children and signals, for real.
#include "mizzen/net/process.hpp"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <csignal>

#include "mizzen/async/scope.hpp"
#include "mizzen/async/timeout.hpp"
#include "mizzen/base/error.hpp"

namespace mizzen::net {
namespace {
using namespace std::chrono_literals;

struct Real {
    SocketPoller poller;
    RealLoop loop{poller};
    template <class T>
    T run(Task<T> task) {
        return loop.run(timeout(20s, std::move(task)));
    }
};

TEST(Process, GivesItsExitCode) {
    Real real;
    for (int code : {0, 7}) {
        Process p(real.poller, {.arguments = {"sh", "-c", "exit " + std::to_string(code)}});
        EXPECT_EQ(real.run(p.wait()), code);
        EXPECT_FALSE(p.running());
        EXPECT_EQ(real.run(p.wait()), code) << "as often as asked";
    }
}

TEST(Process, GetsEnvironmentDirectoryAndDescriptors) {
    Real real;
    int ends[2];
    ASSERT_EQ(pipe2(ends, O_CLOEXEC), 0);
    setenv("MIZZEN_TEST_INHERITED", "inherited", 1);
    setenv("MIZZEN_TEST_BOTH", "old", 1);
    Process p(real.poller,
              {.arguments = {"sh", "-c", "echo $MIZZEN_TEST_INHERITED $MIZZEN_TEST_BOTH $MIZZEN_TEST_NEW $(pwd)"},
               .environment = {{"MIZZEN_TEST_BOTH", "new"}, {"MIZZEN_TEST_NEW", "1"}},
               .directory = "/",
               .output = ends[1]});
    close(ends[1]);
    EXPECT_EQ(real.run(p.wait()), 0);
    char buffer[100];
    const auto n = read(ends[0], buffer, sizeof buffer);
    close(ends[0]);
    EXPECT_EQ(std::string(buffer, static_cast<std::size_t>(std::max<ssize_t>(n, 0))), "inherited new 1 /\n");
}

TEST(Process, SaysWhatCannotBeStarted) {
    Real real;
    try {
        Process p(real.poller, {.arguments = {"mizzen-no-such-program"}});
        FAIL();
    } catch (const Error& e) {
        EXPECT_EQ(e.kind(), ErrorKind::not_found);
        EXPECT_STREQ(e.what(), "cannot start mizzen-no-such-program: No such file or directory");
    }
}

TEST(Process, EndsBySignalAndIsNotLeftBehind) {
    Real real;
    Process p(real.poller, {.arguments = {"sleep", "600"}, .own_group = true});
    EXPECT_THROW(real.loop.run(timeout(1ms, p.wait())), Cancelled);
    EXPECT_TRUE(p.running());
    p.signal(SIGTERM);
    EXPECT_EQ(real.run(p.wait()), 128 + SIGTERM);
    int pid = 0;
    {
        Process left(real.poller, {.arguments = {"sleep", "600"}});
        pid = left.pid();
    }
    EXPECT_EQ(kill(pid, 0), -1);
}

TEST(Process, ManyEndAtOnce) {
    Real real;
    std::vector<std::unique_ptr<Process>> all;
    all.reserve(20);
    for (int i = 0; i < 20; ++i) {
        all.push_back(std::make_unique<Process>(
            real.poller, ProcessOptions{.arguments = {"sh", "-c", "exit " + std::to_string(i)}}));
    }
    for (int i = 0; i < 20; ++i) EXPECT_EQ(real.run(all[static_cast<std::size_t>(i)]->wait()), i);
}

TEST(Signals, AreWaitedFor) {
    Real real;
    Signals signals(real.poller, {SIGUSR1, SIGUSR2});
    raise(SIGUSR2);
    EXPECT_EQ(real.run(signals.next()), SIGUSR2);
    Scope scope(real.loop);
    int got = 0;
    scope.spawn([](SocketPoller& poller, int& got) -> Task<> { got = co_await wait_for_signal(poller, {SIGUSR1}); }(
                                                       real.poller, got));
    scope.spawn([]() -> Task<> {
        raise(SIGUSR1);
        co_return;
    }());
    real.run(scope.join());
    EXPECT_EQ(got, SIGUSR1);
}

}  // namespace
}  // namespace mizzen::net
