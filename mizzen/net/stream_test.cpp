// SPDX-License-Identifier: Apache-2.0
// Streams of both networks: simulated ones with their faults, and real sockets on loopback.
#include "mizzen/net/stream.hpp"

#include <gtest/gtest.h>

#include <thread>

#include "mizzen/async/delay.hpp"
#include "mizzen/async/event.hpp"
#include "mizzen/async/scope.hpp"
#include "mizzen/async/simulated_loop.hpp"
#include "mizzen/async/timeout.hpp"
#include "mizzen/base/error.hpp"
#include "mizzen/net/simulated_network.hpp"
#include "mizzen/net/sockets.hpp"

namespace mizzen::net {
namespace {
using namespace std::chrono_literals;

Task<std::string> read_to_end(Stream& stream) {
    std::string all;
    char buffer[1000];
    while (std::size_t n = co_await stream.read(buffer)) all.append(buffer, n);
    co_return all;
}

Task<> echo(std::unique_ptr<Stream> stream) {
    const std::string all = co_await read_to_end(*stream);
    co_await stream->write(all);
    co_await stream->shut_down();
}

Task<> echo_server(Listener& listener, Scope& scope) {
    for (;;) scope.spawn(echo(co_await listener.accept()));
}

Task<std::string> ask(Network& network, std::string host, int port, std::string what) {
    auto stream = co_await network.connect(host, port);
    co_await stream->write(what);
    co_await stream->shut_down();
    co_return co_await read_to_end(*stream);
}

std::string error_of(Loop& loop, Task<std::string> task) {
    try {
        return "no error but " + loop.run(std::move(task));
    } catch (const Error& e) {
        return e.what();
    }
}

struct Simulated {
    explicit Simulated(std::uint64_t seed) : loop(seed), network(loop, {.buffer = 4096}), scope(loop) {
        listener = loop.run(network.listen("server", 80));
        scope.spawn(echo_server(*listener, scope));
    }
    SimulatedLoop loop;
    SimulatedNetwork network;
    std::unique_ptr<Listener> listener;
    Scope scope;
};

TEST(SimulatedNetwork, CarriesBytesInOrderAndInTime) {
    for (std::uint64_t seed = 0; seed < 20; ++seed) {
        Simulated s(seed);
        std::string text;
        for (int i = 0; i < 10000; ++i) text += std::to_string(i);
        EXPECT_EQ(s.loop.run(ask(s.network, "server", 80, text)), text);
        EXPECT_GT(s.loop.now().time_since_epoch(), 150us);
        EXPECT_EQ(s.network.counters().connected, 1u);
        EXPECT_EQ(s.network.counters().bytes, 2 * text.size());
    }
}

TEST(SimulatedNetwork, RefusesWhereNobodyListens) {
    Simulated s(1);
    EXPECT_EQ(error_of(s.loop, ask(s.network, "server", 81, "")), "connection refused by server:81");
    s.network.refuse("server");
    EXPECT_EQ(error_of(s.loop, ask(s.network, "server", 80, "")), "connection refused by server:80");
    s.network.refuse("server", false);
    EXPECT_EQ(s.loop.run(ask(s.network, "server", 80, "x")), "x");
    EXPECT_THROW(s.loop.run(s.network.listen("server", 80)), Error);
}

TEST(SimulatedNetwork, HoldsTheWriterBack) {
    Simulated s(1);
    auto listener = s.loop.run(s.network.listen("deaf", 80));
    auto stream = s.loop.run(s.network.connect("deaf", 80));
    std::size_t written = 0;
    Scope scope(s.loop);
    scope.spawn([](Stream& stream, std::size_t& written) -> Task<> {
        for (;; written += 1000) co_await stream.write(std::string(1000, 'x'));
    }(*stream, written));
    s.loop.run_for(1min);
    EXPECT_EQ(written, 4000u);
}

TEST(SimulatedNetwork, ACutResetsBothEnds) {
    Simulated s(1);
    s.network.cut_after(0, 3000);
    EXPECT_EQ(error_of(s.loop, ask(s.network, "server", 80, std::string(10000, 'x'))), "connection reset by server:80");
    EXPECT_EQ(s.network.counters().cut, 1u);
    s.loop.run_for(1s);
    EXPECT_EQ(s.network.open(), 0u);
    EXPECT_TRUE(s.scope.error()) << "the server's end fails too";
}

TEST(SimulatedNetwork, AStallDelaysAndLosesNothing) {
    Simulated s(1);
    s.network.stall(true);
    std::string got;
    Scope scope(s.loop);
    scope.spawn(
        [](Network& n, std::string& got) -> Task<> { got = co_await ask(n, "server", 80, "hello"); }(s.network, got));
    s.loop.run_for(1h);
    EXPECT_EQ(got, "");
    s.network.stall(false);
    s.loop.run_for(1s);
    EXPECT_EQ(got, "hello");
}

TEST(SimulatedNetwork, TheSameSeedGivesTheSameTimes) {
    auto times = [](std::uint64_t seed) {
        Simulated s(seed);
        s.loop.run(ask(s.network, "server", 80, std::string(20000, 'x')));
        return s.loop.now();
    };
    EXPECT_EQ(times(3), times(3));
    EXPECT_NE(times(3), times(4));
}

TEST(SimulatedNetwork, ClosingEndsTheOthersReadAndOnesOwn) {
    Simulated s(1);
    auto listener = s.loop.run(s.network.listen("quiet", 80));
    auto client = s.loop.run(s.network.connect("quiet", 80));
    auto server = s.loop.run(listener->accept());
    client->close();
    EXPECT_EQ(s.loop.run(read_to_end(*server)), "");
    EXPECT_THROW(s.loop.run(read_to_end(*client)), Error);
    EXPECT_THROW(s.loop.run(server->write(std::string_view("x"))), Error);
}

TEST(Sockets, CarryBytesOverLoopback) {
    SocketPoller poller;
    RealLoop loop(poller);
    SocketNetwork network(poller);
    auto listener = loop.run(network.listen("127.0.0.1", 0));
    Scope scope(loop);
    scope.spawn(echo_server(*listener, scope));
    const std::string text(3'000'000, 'x');
    EXPECT_EQ(loop.run(timeout(20s, ask(network, "127.0.0.1", listener->port(), text))), text);
    EXPECT_EQ(loop.run(timeout(20s, ask(network, "localhost", listener->port(), "hi"))), "hi");
}

TEST(Sockets, SayWhatIsWrong) {
    SocketPoller poller;
    RealLoop loop(poller);
    SocketNetwork network(poller);
    auto listener = loop.run(network.listen("127.0.0.1", 0));
    const int port = listener->port();
    try {
        loop.run(network.listen("127.0.0.1", port));
        FAIL();
    } catch (const Error& e) {
        EXPECT_EQ(e.what(), "port " + std::to_string(port) +
                                " of 127.0.0.1 is in use: stop what holds it or choose another port");
    }
    listener.reset();
    EXPECT_EQ(error_of(loop, ask(network, "127.0.0.1", port, "")),
              "connection refused by 127.0.0.1:" + std::to_string(port));
}

TEST(Sockets, ACancelledReadLosesNothing) {
    SocketPoller poller;
    RealLoop loop(poller);
    SocketNetwork network(poller);
    auto listener = loop.run(network.listen("127.0.0.1", 0));
    auto client = loop.run(network.connect("127.0.0.1", listener->port()));
    auto server = loop.run(listener->accept());
    char buffer[10];
    EXPECT_THROW(loop.run(timeout(1ms, server->read(buffer))), Cancelled);
    loop.run(client->write(std::string_view("abc")));
    EXPECT_EQ(loop.run(server->read(buffer)), 3u);
    Scope scope(loop);
    scope.spawn([](Stream& s) -> Task<> {
        co_await yield();
        s.close();
    }(*server));
    EXPECT_THROW(loop.run(timeout(20s, server->read(buffer))), Error) << "close() ends a pending read";
}

TEST(Sockets, AnotherThreadWakesTheLoop) {
    SocketPoller poller;
    RealLoop loop(poller);
    Latch latch;
    std::thread other([&] { loop.post([&] { latch.open(); }); });
    loop.run(latch.wait());
    other.join();
}

}  // namespace
}  // namespace mizzen::net
