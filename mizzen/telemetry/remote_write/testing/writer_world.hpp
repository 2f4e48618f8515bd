// SPDX-License-Identifier: Apache-2.0
// WriterWorld: a RemoteWriter in simulated time, before a receiver that does what it is told.
#pragma once
#include <snappy.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <optional>

#include "mizzen/async/delay.hpp"
#include "mizzen/async/simulated_loop.hpp"
#include "mizzen/base/error.hpp"
#include "mizzen/telemetry/logs/log_ticks.hpp"
#include "mizzen/telemetry/remote_write/remote_writer.hpp"

namespace mizzen::telemetry::remote_write::testing {
[[noreturn]] inline void stop(const char* why) {
    std::fprintf(stderr, "WriterWorld: %s\n", why);
    std::abort();
}

struct ShopMetrics {
    Counter<> orders = counter("shop_orders_total", "Orders taken.");
    Gauge<> depth = gauge("shop_depth", "Items waiting.");
};
inline constexpr std::uint64_t points = 2;  // in each snapshot of them

struct Step {
    int status = 204;
    net::Headers headers = {};
    Duration takes{};
    bool breaks = false;
    std::string body = {};
};

inline Step all_written() {
    return {.headers = {{"X-Prometheus-Remote-Write-Samples-Written", "2"},
                        {"X-Prometheus-Remote-Write-Histograms-Written", "0"},
                        {"X-Prometheus-Remote-Write-Exemplars-Written", "0"}}};
}

// Answers the n-th request with the n-th step; the last one stands for all that follow.
struct Receiver final : net::Transport {
    struct Sent {
        Time time;
        net::Request request;
        std::string message = {};
        bool is_v2() const { return request.headers.find("x-prometheus-remote-write-version") == "2.0.0"; }
        bool is_stale() const {
            return message.find(std::string("\x02\0\0\0\0\0\xf0\x7f", 8)) != std::string::npos;  // little-endian
        }
    };
    explicit Receiver(Loop& loop) : loop(loop) {}
    Task<net::Response> send(net::Request request) override {
        const Step step = steps.at(std::min(sent.size(), steps.size() - 1));
        Sent& one = sent.emplace_back(Sent{loop.now(), std::move(request)});
        const std::string packed = one.request.body.bytes().str();
        if (!snappy::Uncompress(packed.data(), packed.size(), &one.message)) stop("a body is no snappy");
        co_await delay(step.takes);
        if (step.breaks) throw Error(ErrorKind::retry, "connection refused by shop:9090");
        co_return net::Response{.status = step.status, .headers = step.headers, .body = step.body};
    }
    std::vector<Time> times() const {
        std::vector<Time> all;
        for (const Sent& one : sent) all.push_back(one.time);
        return all;
    }
    Loop& loop;
    std::vector<Step> steps = {all_written()};
    std::vector<Sent> sent;
};

struct Observed final : otlp::ExportObserver {
    void began(std::uint64_t n) override { items += n; }
    void ended(const otlp::ExportOutcome& outcome) override {
        if (outcome.items != outcome.delivered + outcome.rejected + outcome.given_up)
            stop("an outcome does not add up");
        settled += outcome.items;
        errors.emplace_back(outcome.error);
        problems.emplace_back(outcome.problem);
    }
    std::uint64_t items = 0, settled = 0;
    std::vector<std::string> errors, problems;
};

struct WriterWorld {
    explicit WriterWorld(std::vector<Step> steps = {all_written()}, RemoteWriterOptions options = {})
        : receiver(loop),
          registry({.start = loop.wall(), .ticks = ticks_of(loop)}),
          metrics(registry.make<ShopMetrics>()) {
        receiver.steps = std::move(steps);
        writer.emplace(loop, registry, receiver, std::move(options), Random(1), &observed);
    }
    // However a test went, its numbers add up.
    ~WriterWorld() {
        if (!writer) return;
        const RemoteWriterCounts& c = writer->counts();
        if (c.taken != c.written + c.rejected + c.refused + c.dropped + c.abandoned + writer->waiting())
            stop("the counts do not add up");
    }
    SimulatedLoop loop{1};
    Receiver receiver;
    Registry registry;
    ShopMetrics metrics;
    Observed observed;
    std::optional<RemoteWriter> writer;
};

}  // namespace mizzen::telemetry::remote_write::testing
