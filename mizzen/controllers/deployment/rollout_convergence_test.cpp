// SPDX-License-Identifier: Apache-2.0
// Whole rollouts, played with ReplicaSets that act late and pods that start late, in an order that a seed decides: they
// always end, and never break their bounds on the way.
#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "mizzen/base/random.hpp"
#include "mizzen/controllers/deployment/rollout.hpp"

namespace mizzen::controllers {
namespace {

using kube::Deployment;
using kube::IntOrString;
using kube::ReplicaSet;
using Set = std::shared_ptr<const ReplicaSet>;

// A Deployment with its ReplicaSets and their pods, as numbers. Every actor may be late.
class Play {
  public:
    Play(Deployment d, std::uint64_t seed) : deployment(std::move(d)), random_(seed) {}

    Deployment deployment;
    std::set<std::string> broken_images;

    // One of: the Deployment's controller, a ReplicaSet's controller, a pod that becomes available.
    void step() {
        switch (random_.below(3)) {
            case 0:
                decide();
                break;
            case 1:
                obey();
                break;
            default:
                serve();
                break;
        }
    }

    // Steps until no more can happen; false if that does not come.
    bool ends(int limit = 20'000) {
        for (int i = 0; i < limit; ++i) {
            step();
            if (is_over()) return true;
        }
        return false;
    }

    bool is_over() const {
        const Set current = find_current(deployment, sets_);
        const int wanted = deployment.spec.replicas.value_or(1);
        return current && std::ranges::all_of(sets_, [&](const Set& s) {
                   const int size = s == current ? wanted : 0;
                   return s->spec.replicas == size && s->status.replicas == size &&
                          s->status.available_replicas == size;
               });
    }

    int wanted_pods() const {
        return sum([](const ReplicaSet& s) { return s.spec.replicas.value_or(1); });
    }
    // Those that will still be there when every set has done what it was told: unavailable pods go first.
    int lasting_available() const {
        return sum(
            [](const ReplicaSet& s) { return std::min(s.spec.replicas.value_or(1), s.status.available_replicas); });
    }
    const ReplicaSets& sets() const { return sets_; }
    // "" before the template has a set.
    std::string current_name() const {
        Set current = find_current(deployment, sets_);
        return current ? current->metadata.name : "";
    }

  private:
    template <class Fn>
    int sum(Fn of) const {
        int total = 0;
        for (const Set& s : sets_) total += of(*s);
        return total;
    }

    template <class Fn>
    void change(const Set& set, Fn how) {
        ReplicaSet draft = *set;
        how(draft);
        std::ranges::replace(sets_, set, std::make_shared<const ReplicaSet>(std::move(draft)));
    }

    // As deployment_controller.cpp does it.
    void decide() {
        Set current = find_current(deployment, sets_);
        const ReplicaSets old = others(sets_, current.get());
        const bool old_pods_run = std::ranges::any_of(old, [](const Set& s) { return s->status.replicas > 0; });
        if (!current && !deployment.spec.paused && !(deployment.spec.strategy.type == "Recreate" && old_pods_run)) {
            ReplicaSet made = new_replica_set(deployment, sets_, 0);
            made.metadata.uid = made.metadata.name;
            made.metadata.creation_timestamp = "2026-01-01T00:00:" + std::to_string(10 + sets_.size()) + "Z";
            sets_.push_back(current = std::make_shared<const ReplicaSet>(std::move(made)));
        }
        for (const Resize& r : next_resizes(deployment, current, old, old_pods_run)) {
            const int wanted = deployment.spec.replicas.value_or(1);
            change(r.set, [&](ReplicaSet& s) {
                s.spec.replicas = r.to;
                s.metadata.annotations[desired_replicas_annotation] = std::to_string(wanted);
                s.metadata.annotations[max_replicas_annotation] =
                    std::to_string(wanted + bounds(deployment.spec).surge);
            });
        }
    }

    Set any_set() { return sets_.empty() ? nullptr : sets_[random_.below(sets_.size())]; }

    // A ReplicaSet makes its pods as many as it was told; unavailable ones go first.
    void obey() {
        Set set = any_set();
        if (!set) return;
        change(set, [](ReplicaSet& s) {
            s.status.replicas = s.spec.replicas.value_or(1);
            s.status.available_replicas = std::min(s.status.available_replicas, s.status.replicas);
        });
    }

    void serve() {
        Set set = any_set();
        if (!set || set->status.available_replicas == set->status.replicas) return;
        if (broken_images.contains(set->spec.template_.spec.containers.front().image)) return;
        change(set, [](ReplicaSet& s) { ++s.status.available_replicas; });
    }

    ReplicaSets sets_;
    Random random_;
};

Deployment a_deployment(int replicas, IntOrString surge, IntOrString unavailable) {
    Deployment d;
    d.metadata.name = "shop";
    d.metadata.uid = "uid";
    d.spec.replicas = replicas;
    d.spec.strategy.type = "RollingUpdate";
    d.spec.strategy.rolling_update = kube::RollingUpdateDeployment{.max_surge = surge, .max_unavailable = unavailable};
    d.spec.selector.match_labels = d.spec.template_.metadata.labels = {{"app", "shop"}};
    d.spec.template_.spec.containers.push_back({.image = "shop:1", .name = "app"});
    return d;
}

void use_image(Deployment& d, std::string image) { d.spec.template_.spec.containers.front().image = std::move(image); }

struct Strategy {
    int replicas;
    IntOrString surge, unavailable;
};

std::string text(const Strategy& s, std::uint64_t seed) {
    return std::to_string(s.replicas) + " replicas, maxSurge " + s.surge.text() + ", maxUnavailable " +
           s.unavailable.text() + ", seed " + std::to_string(seed);
}

const std::initializer_list<Strategy> strategies = {
    {1, "25%", "25%"}, {1, 0, 1},      {3, 1, 0}, {10, "25%", "25%"}, {10, 3, 2}, {5, 0, 1},  {5, "0%", "0%"},
    {4, "100%", 0},    {2, 0, "100%"}, {0, 1, 0}, {50, "10%", "10%"}, {7, 0, 3},  {7, 20, 7},
};

// Calls `test` with a Deployment whose first version runs.
template <class Test>
void for_each_running(Test test) {
    for (const Strategy& strategy : strategies) {
        for (std::uint64_t seed = 1; seed <= 3; ++seed) {
            SCOPED_TRACE(text(strategy, seed));
            Play play(a_deployment(strategy.replicas, strategy.surge, strategy.unavailable), seed);
            ASSERT_TRUE(play.ends());
            test(play);
        }
    }
}

// Steps to the end of the rollout under way; its bounds hold all the time.
void roll_out_within_bounds(Play& play, int most_steps = 20'000) {
    const Bounds b = bounds(play.deployment.spec);
    const int wanted = *play.deployment.spec.replicas;
    for (int i = 0; !play.is_over(); ++i) {
        ASSERT_LT(i, most_steps) << "the rollout does not end";
        play.step();
        ASSERT_LE(play.wanted_pods(), wanted + b.surge);
        ASSERT_GE(play.lasting_available(), wanted - b.unavailable);
    }
}

TEST(Rollout, EndsAtTheNewTemplateWithinItsBounds) {
    for_each_running([](Play& play) {
        use_image(play.deployment, "shop:2");
        roll_out_within_bounds(play);
        EXPECT_EQ(play.sets().size(), 2u);
    });
}

TEST(Rollout, MayBeOvertakenByTheNextOne) {
    for_each_running([](Play& play) {
        use_image(play.deployment, "shop:2");
        for (int i = 0; i < 30; ++i) play.step();
        use_image(play.deployment, "shop:3");
        roll_out_within_bounds(play);
    });
}

TEST(Rollout, OfABrokenVersionStopsInItsBoundsAndCanBeRolledBack) {
    for_each_running([](Play& play) {
        const Bounds b = bounds(play.deployment.spec);
        const int wanted = *play.deployment.spec.replicas;
        play.broken_images = {"broken"};
        use_image(play.deployment, "broken");
        for (int i = 0; i < 400; ++i) {
            play.step();
            ASSERT_GE(play.lasting_available(), wanted - b.unavailable);
            ASSERT_LE(play.wanted_pods(), wanted + b.surge);
        }
        use_image(play.deployment, "shop:1");
        roll_out_within_bounds(play);
        EXPECT_EQ(play.sets().size(), 2u) << "the set of the first version is used again";
    });
}

TEST(Rollout, EndsAlthoughTheDeploymentIsScaledInTheMiddle) {
    for (int to : {0, 4, 30}) {
        for_each_running([to](Play& play) {
            SCOPED_TRACE("scaled to " + std::to_string(to));
            use_image(play.deployment, "shop:2");
            for (int i = 0; i < 25; ++i) play.step();
            play.deployment.spec.replicas = to;
            EXPECT_TRUE(play.ends());
        });
    }
}

TEST(Rollout, EndsAfterAPauseInTheMiddle) {
    for_each_running([](Play& play) {
        use_image(play.deployment, "shop:2");
        for (int i = 0; i < 25; ++i) play.step();
        play.deployment.spec.paused = true;
        use_image(play.deployment, "shop:3");
        for (int i = 0; i < 100; ++i) play.step();
        EXPECT_EQ(play.current_name(), "") << "a paused Deployment starts no rollout";
        play.deployment.spec.paused = false;
        EXPECT_TRUE(play.ends());
    });
}

TEST(Recreate, HasNeverPodsOfTwoVersions) {
    for (std::uint64_t seed = 1; seed <= 10; ++seed) {
        Deployment d = a_deployment(5, 0, 0);
        d.spec.strategy = {.type = "Recreate"};
        Play play(d, seed);
        ASSERT_TRUE(play.ends());
        use_image(play.deployment, "shop:2");
        for (int i = 0; !play.is_over(); ++i) {
            ASSERT_LT(i, 5000) << "seed " << seed;
            play.step();
            const auto alive = std::ranges::count_if(
                play.sets(), [](const Set& s) { return s->spec.replicas.value_or(1) > 0 || s->status.replicas > 0; });
            ASSERT_LE(alive, 1) << "seed " << seed;
        }
    }
}

}  // namespace
}  // namespace mizzen::controllers
