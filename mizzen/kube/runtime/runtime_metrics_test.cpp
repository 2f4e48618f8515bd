// SPDX-License-Identifier: Apache-2.0
// What queues tell while workers are at it, of several controllers in one registry.
#include "mizzen/kube/runtime/runtime_metrics.hpp"

#include <gtest/gtest.h>

#include "mizzen/async/simulated_loop.hpp"
#include "mizzen/kube/runtime/work_queue.hpp"
#include "mizzen/telemetry/exposition/exposition.hpp"
#include "mizzen/telemetry/metrics/registry.hpp"

namespace mizzen::kube {
namespace {
using namespace std::chrono_literals;

struct Queues {
    explicit Queues(std::initializer_list<const char*> names) {
        for (const char* name : names)
            all.push_back(std::make_unique<WorkQueue>(loop, Backoff{}, work_queue_metrics(&registry, name)));
    }
    void take(WorkQueue& queue, const char* name) {
        queue.add({"shop", name});
        loop.run(queue.next());
    }
    // The line of that metric and controller, behind the labels; "" if there is none.
    std::string value(std::string_view metric, std::string_view controller) {
        const std::string page = telemetry::to_prometheus_text(registry.collect(loop.wall()));
        const std::string line = "\n" + std::string(metric) + "{controller=\"" + std::string(controller) +
                                 "\",name=\"" + std::string(controller) + "\"} ";
        const std::size_t at = page.find(line);
        if (at == page.npos) return "";
        return page.substr(at + line.size(), page.find('\n', at + 1) - at - line.size());
    }
    std::string unfinished(std::string_view controller) {
        return value("workqueue_unfinished_work_seconds", controller);
    }
    std::string longest(std::string_view controller) {
        return value("workqueue_longest_running_processor_seconds", controller);
    }

    SimulatedLoop loop{1};
    telemetry::Registry registry{loop.wall()};
    std::vector<std::unique_ptr<WorkQueue>> all;
};

TEST(WorkQueueMetrics, TellOfWorkThatIsNotFinished) {
    Queues queues({"webapp"});
    WorkQueue& queue = *queues.all[0];
    EXPECT_EQ(queues.unfinished("webapp"), "0");
    EXPECT_EQ(queues.longest("webapp"), "0");
    queues.take(queue, "a");
    queues.loop.run_for(2s);
    queues.take(queue, "b");
    queues.loop.run_for(3s);
    EXPECT_EQ(queues.unfinished("webapp"), "8") << "5 s and 3 s";
    EXPECT_EQ(queues.longest("webapp"), "5");
    queue.done({"shop", "a"});
    EXPECT_EQ(queues.unfinished("webapp"), "3");
    EXPECT_EQ(queues.longest("webapp"), "3");
    queue.done({"shop", "b"});
    EXPECT_EQ(queues.unfinished("webapp"), "0");
}

TEST(WorkQueueMetrics, OfSeveralControllersAreOneFamily) {
    Queues queues({"webapp", "hpa", "gc"});
    queues.take(*queues.all[1], "a");
    queues.loop.run_for(4s);
    EXPECT_EQ(queues.unfinished("webapp"), "0");
    EXPECT_EQ(queues.unfinished("hpa"), "4");
    EXPECT_EQ(queues.unfinished("gc"), "0");
    queues.all.erase(queues.all.begin());
    EXPECT_EQ(queues.unfinished("webapp"), "") << "a controller that is gone tells nothing";
    EXPECT_EQ(queues.longest("hpa"), "4");
    queues.all.clear();
    EXPECT_EQ(queues.unfinished("hpa"), "");
    queues.all.push_back(
        std::make_unique<WorkQueue>(queues.loop, Backoff{}, work_queue_metrics(&queues.registry, "hpa")));
    EXPECT_EQ(queues.unfinished("hpa"), "0") << "and may come again";
}

TEST(WorkInProgress, IsNeverNegativeWhereTheClockIsSetBack) {
    WorkInProgress work;
    const WallTime noon(1'700'000'000s);
    work.began(noon);
    work.began(noon);
    EXPECT_EQ(work.unfinished(noon + 1s), 2);
    EXPECT_EQ(work.unfinished(noon - 1h), 0);
    EXPECT_EQ(work.longest(noon - 1h), 0);
    work.ended(noon);
    work.ended(noon + 1s);  // nobody has begun it
    EXPECT_EQ(work.unfinished(noon + 1s), 1);
}

TEST(WorkQueueMetrics, WithoutARegistryAreEmpty) {
    const WorkQueueMetrics none = work_queue_metrics(nullptr, "webapp");
    EXPECT_FALSE(none.in_progress);
}

}  // namespace
}  // namespace mizzen::kube
