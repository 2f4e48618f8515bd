// SPDX-License-Identifier: Apache-2.0
// Threads that count, end and follow one another; a reader beside them.
#include "mizzen/telemetry/metrics/cells.hpp"

#include <gtest/gtest.h>

#include <thread>
#include <vector>

#include "mizzen/base/error.hpp"
#include "mizzen/telemetry/metrics/registry.hpp"

namespace mizzen::telemetry {
namespace {

template <class Fn>
void on_threads(int n, Fn fn) {
    std::vector<std::thread> threads;
    for (int i = 0; i < n; ++i) threads.emplace_back(fn, i);
    for (std::thread& thread : threads) thread.join();
}

TEST(Cells, KeepWhatThreadsThatEndedCounted) {
    const Slot slot = take_cells(2);
    for (int i = 0; i < 50; ++i) {
        std::thread([&] {
            add_to_own(slot, std::uint64_t{3});
            add_to_own(slot + 1, 0.5);
        }).join();
    }
    EXPECT_EQ(sum_integers(slot), 150u);
    EXPECT_EQ(sum_doubles(slot + 1), 25);
    give_back_cells(slot, 2);
    EXPECT_EQ(sum_integers(slot), 0u);
}

TEST(Cells, AreTakenAgainOnceGivenBackAndThenZero) {
    const Slot first = take_cells(77);
    add_to_own(first + 76, std::uint64_t{1});
    shared_cell(first) = 5;
    give_back_cells(first, 77);
    const Slot second = take_cells(77);
    EXPECT_EQ(second, first);
    EXPECT_EQ(sum_integers(second + 76), 0u);
    EXPECT_EQ(shared_cell(second).load(), 0u);
    give_back_cells(second, 77);
}

TEST(Cells, StayTogetherWhereAsked) {
    for (int i = 0; i < 40; ++i) {
        const Slot first = take_cells(333, true);
        EXPECT_EQ(first / detail::chunk_cells, (first + 332) / detail::chunk_cells);
    }
}

TEST(Cells, AreNotWithoutEnd) {
    try {
        take_cells(0xf0000000u);
        FAIL();
    } catch (const Error& e) {
        EXPECT_EQ(e.kind(), ErrorKind::overloaded);
    }
}

// Its destructor counts when the thread's cells have been handed on already, or before, as the library pleases.
struct CountsAtThreadEnd {
    Slot slot = 0;
    ~CountsAtThreadEnd() {
        if (slot) add_to_own(slot, std::uint64_t{1});
    }
};
thread_local CountsAtThreadEnd counts_at_thread_end;

TEST(Cells, TakeWhatIsCountedWhileAThreadEnds) {
    const Slot slot = take_cells(1);
    on_threads(8, [&](int i) {
        if (i % 2 == 0) add_to_own(slot, std::uint64_t{1});
        counts_at_thread_end.slot = slot;  // made after the thread's cells by half of them: destroyed before those
        if (i % 2 == 1) add_to_own(slot, std::uint64_t{1});
    });
    EXPECT_EQ(sum_integers(slot), 16u);
    give_back_cells(slot, 1);
}

enum class Kind { a, b };
struct Labels {
    std::string_view path;
    Kind kind;
};
struct BusyMetrics {
    Counter<> all = counter("busy_total", "All.");
    Counter<Labels> some = counter("busy_some_total", "By path.").cap(500);
    Gauge<> level = gauge("busy_level", "Level.");
    Histogram<> sizes = histogram("busy_size_bytes", "Sizes.", "bytes").buckets({10, 100});
    ExponentialHistogram<Kind> wait = exponential_histogram("busy_wait_seconds", "Waits.", "seconds");
};

double total(const Family& family) {
    double sum = 0;
    if (const auto* numbers = std::get_if<std::vector<Number>>(&family.points))
        for (const Number& n : *numbers) sum += std::visit([](auto v) { return static_cast<double>(v); }, n);
    else if (const auto* histograms = std::get_if<std::vector<HistogramPoint>>(&family.points))
        for (const HistogramPoint& p : *histograms) sum += static_cast<double>(p.count());
    else
        for (const ExponentialPoint& p : std::get<std::vector<ExponentialPoint>>(family.points))
            sum += static_cast<double>(p.count());
    return sum;
}

TEST(Cells, LoseNothingWhileOneThreadCollects) {
    constexpr int threads = 4, rounds = 5000;
    Registry registry(WallTime{});
    const auto m = registry.make<BusyMetrics>();
    std::atomic<bool> done = false;
    std::thread reader([&] {
        std::map<std::string, double> before;
        while (!done)
            for (const Family& family : registry.collect(WallTime{}).families) {
                if (family.type == MetricType::gauge) continue;
                const double sum = total(family);
                EXPECT_GE(sum, before[family.name]) << family.name << " went back";
                before[family.name] = sum;
            }
    });
    on_threads(threads, [&](int thread) {
        for (int i = 0; i < rounds; ++i) {
            const std::string path = "/" + std::to_string((i * 7 + thread) % 1000);
            m.all.add();
            m.some[{path, i % 2 == 0 ? Kind::a : Kind::b}].add();
            m.level.add(1);
            m.sizes.observe(i % 200);
            m.wait[Kind::b].observe(std::ldexp(1.0 + thread, i % 60 - 30));  // halves the resolution on the way
        }
    });
    done = true;
    reader.join();
    for (const Family& family : registry.collect(WallTime{}).families)
        EXPECT_EQ(total(family), threads * rounds) << family.name;
}

}  // namespace
}  // namespace mizzen::telemetry
