// SPDX-License-Identifier: Apache-2.0
// What views make of metrics: chosen, renamed, dropped, merged, counted in other buckets; and what they cannot.
#include "mizzen/telemetry/metrics/view.hpp"

#include <gtest/gtest.h>

#include <limits>
#include <map>

#include "mizzen/base/error.hpp"
#include "mizzen/telemetry/metrics/registry.hpp"

namespace mizzen::telemetry {
namespace {

enum class Method { get, post };
struct Call {
    Method method;
    bool cached;
};
struct Route {
    std::string_view user;
    Method method;
};
struct Build {
    std::string_view version;
    std::string_view host;
};
struct ShopMetrics {
    Counter<> orders = counter("shop_orders_total", "Orders.");
    Counter<Call> calls = counter("shop_calls_total", "Calls.");
    Counter<Route> requests = counter("shop_requests_total", "Requests.").cap(100);
    Gauge<> depth = gauge("shop_depth", "Depth.");
    Histogram<> latency = histogram("shop_latency_seconds", "Latency.", "seconds").buckets({1, 2});
    Info<Build> build = info("shop_build_info", "What runs.");
};

const WallTime start{std::chrono::seconds(100)}, now{std::chrono::seconds(200)};

struct World {
    explicit World(std::vector<View> views) : registry({.start = start, .views = std::move(views)}) {}
    Registry registry;
    ShopMetrics m = registry.make<ShopMetrics>();

    std::optional<Family> find(std::string_view name) const {
        for (Family& family : registry.collect(now).families)
            if (family.name == name) return family;
        return std::nullopt;
    }
    std::map<std::string, double> numbers(std::string_view name) const {
        const Family family = find(name).value();
        std::map<std::string, double> out;
        const auto& points = std::get<std::vector<Number>>(family.points);
        for (std::size_t row = 0; row < points.size(); ++row) {
            std::string labels;
            for (std::size_t i = 0; i < family.label_names.size(); ++i)
                if (!family.labels.at(row, i).empty())
                    labels += family.label_names[i] + "=" + std::string(family.labels.at(row, i)) + ";";
            EXPECT_FALSE(out.contains(labels)) << "twice: " << labels;
            out[labels] = std::visit([](auto value) { return static_cast<double>(value); }, points[row]);
        }
        return out;
    }
};
using Numbers = std::map<std::string, double>;
using Texts = std::vector<std::string>;

TEST(View, MatchesNamesWithStars) {
    using detail::matches;
    for (const auto& [pattern, name] : std::vector<std::pair<std::string, std::string>>{{"*", ""},
                                                                                        {"*", "a"},
                                                                                        {"a", "a"},
                                                                                        {"a*", "a"},
                                                                                        {"a*c*e", "abcde"},
                                                                                        {"?b", "ab"},
                                                                                        {"*ab", "aab"},
                                                                                        {"**", "x"},
                                                                                        {"a*a", "aa"}})
        EXPECT_TRUE(matches(pattern, name)) << pattern << ' ' << name;
    for (const auto& [pattern, name] : std::vector<std::pair<std::string, std::string>>{
             {"", "a"}, {"a", "ab"}, {"ab", "a"}, {"?", ""}, {"a*a", "a"}, {"*b", "ba"}})
        EXPECT_FALSE(matches(pattern, name)) << pattern << ' ' << name;
}

TEST(View, RenamesAndDescribes) {
    World w({{.name = "shop_orders", .rename = "store.orders", .help = "Other."},
             {.name = "shop_build_info", .rename = "store_build"},
             {.name = "*", .type = MetricType::gauge, .help = "A gauge."}});
    w.m.orders.add(3);
    w.m.build.set({"1", "a"});
    EXPECT_EQ(w.numbers("store.orders"), (Numbers{{"", 3}}));
    EXPECT_EQ(w.find("store.orders")->help, "Other.");
    EXPECT_EQ(w.find("shop_depth")->help, "A gauge.");
    EXPECT_EQ(w.numbers("store_build"), (Numbers{{"version=1;host=a;", 1}}));
    EXPECT_FALSE(w.find("shop_orders"));
    EXPECT_EQ(w.registry.warnings(), Texts{});
    w.registry.make<ShopMetrics>().orders.add(1);  // declared again: the same
    EXPECT_EQ(w.numbers("store.orders"), (Numbers{{"", 4}}));
}

TEST(View, DropsAndALaterOneBringsBack) {
    World w({{.drop = true}, {.name = "shop_orders_total"}});
    w.m.orders.add(2);
    w.m.calls[{Method::get, true}].add();
    w.m.requests[{"u", Method::get}].add();
    w.m.depth.set(1);
    w.m.latency.observe(1.0);
    w.m.build.set({"1", "a"});
    const Observation observed = w.registry.observe(gauge("shop_lag", "Lag."), [] { return 1.0; });
    const Snapshot s = w.registry.collect(now);
    ASSERT_EQ(s.families.size(), 1u);
    EXPECT_EQ(w.numbers("shop_orders"), (Numbers{{"", 2}}));
}

TEST(View, RemovesLabelsAndAddsUpWhatBecomesEqual) {
    World w({{.name = "shop_calls", .keep_labels = Texts{"method"}},
             {.name = "shop_requests*", .remove_labels = {"user"}},
             {.name = "shop_build", .remove_labels = {"host"}}});
    w.m.calls[{Method::get, true}].add(1);
    w.m.calls[{Method::get, false}].add(2);
    w.m.calls[{Method::post, false}].add(4);
    for (int i = 0; i < 1000; ++i) w.m.requests[{std::to_string(i), Method::post}].add();
    w.m.build.set({"1", "a"});
    EXPECT_EQ(w.numbers("shop_calls"), (Numbers{{"method=get;", 3}, {"method=post;", 4}}));
    EXPECT_EQ(w.numbers("shop_requests"), (Numbers{{"method=post;", 1000}})) << "far from the cap";
    EXPECT_EQ(w.numbers("shop_build"), (Numbers{{"version=1;", 1}}));
}

TEST(View, RemovesAllLabels) {
    World w({{.keep_labels = Texts{}}});
    w.m.calls[{Method::get, true}].add(1);
    w.m.calls[{Method::post, true}].add(1);
    w.m.requests[{"a", Method::get}].add(5);
    w.m.requests[{"b", Method::post}].add(5);
    EXPECT_EQ(w.numbers("shop_calls"), (Numbers{{"", 2}}));
    EXPECT_EQ(w.numbers("shop_requests"), (Numbers{{"", 10}}));
    EXPECT_EQ(w.registry.warnings(), Texts{});
}

TEST(View, RemovesLabelsOfWhatIsObserved) {
    World w({{.remove_labels = {"host"}}});
    const auto tell = [](Observer<Build>& o) {
        o.observe({"1", "a"}, 2);
        o.observe({"1", "b"}, 3);
    };
    const Observation sums = w.registry.observe<Build>(counter("shop_sums_total", "Sums."), tell);
    const Observation lasts = w.registry.observe<Build>(gauge("shop_lasts", "Lasts."), tell);
    EXPECT_EQ(w.numbers("shop_sums"), (Numbers{{"version=1;", 5}}));
    EXPECT_EQ(w.numbers("shop_lasts"), (Numbers{{"version=1;", 3}}));
}

TEST(View, ChoosesBucketsAndCaps) {
    World w({{.name = "shop_latency_seconds", .buckets = {5}}, {.name = "shop_requests", .cap = 1}});
    for (const double value : {1.0, 5.0, 6.0}) w.m.latency.observe(value);
    for (const std::string_view user : {"a", "b", "c"}) w.m.requests[{user, Method::get}].add();
    EXPECT_EQ(w.find("shop_latency_seconds")->bounds, (std::vector<double>{5}));
    EXPECT_EQ(std::get<std::vector<HistogramPoint>>(w.find("shop_latency_seconds")->points)[0].counts,
              (std::vector<std::uint64_t>{2, 1}));
    EXPECT_EQ(w.numbers("shop_requests"), (Numbers{{"user=a;method=get;", 1}, {"otel_metric_overflow=true;", 2}}));
}

TEST(View, TakesManyBuckets) {
    std::vector<double> bounds;
    for (int i = 0; i < 64; ++i) bounds.push_back(i);
    World w({{.name = "shop_latency_seconds", .buckets = bounds}});
    for (int i = 0; i <= 64; ++i) w.m.latency.observe(static_cast<double>(i));
    EXPECT_EQ(std::get<std::vector<HistogramPoint>>(w.find("shop_latency_seconds")->points)[0].counts,
              std::vector<std::uint64_t>(65, 1));
}

TEST(View, MakesClassicHistogramsExponential) {
    World w({{.type = MetricType::histogram, .exponential = true}});
    for (const double value : {0.0, 1.0, 1024.0, -3.0}) w.m.latency.observe(value);
    w.m.latency.observe(std::numeric_limits<double>::infinity());
    const Family family = w.find("shop_latency_seconds").value();
    EXPECT_EQ(family.type, MetricType::exponential_histogram);
    EXPECT_TRUE(family.bounds.empty());
    const ExponentialPoint point = std::get<std::vector<ExponentialPoint>>(family.points).at(0);
    EXPECT_EQ(point.count(), 4u);
    EXPECT_EQ(point.sum, 1022);
    EXPECT_EQ(w.registry.warnings(), Texts{});
}

TEST(View, ThatCannotApplyIsLeftOutWithAWarning) {
    World w({{.name = "shop_depth", .remove_labels = {"user"}},
             {.name = "shop_depth", .exponential = true},
             {.name = "shop_orders", .rename = "shop_calls"},
             {.name = "shop_depth", .rename = "shop_new"}});
    struct Later {
        Counter<> late = counter("shop_new_total", "A name that a view has given away.");
    };
    w.m.orders.add();
    const auto later = w.registry.make<Later>();
    later.late.add();
    EXPECT_FALSE(w.registry.warnings().empty());
    EXPECT_EQ(w.registry.warnings(),
              (Texts{"metric shop_calls_total: a view gave the name shop_calls to shop_orders_total; it is left out",
                     "view of shop_depth: it has no label user",
                     "view of shop_depth: it is no classic histogram, so its buckets stay as they are",
                     "metric shop_new_total: a view gave the name shop_new to shop_depth; it is left out"}));
    EXPECT_EQ(w.numbers("shop_calls"), (Numbers{{"", 1}}));
}

TEST(View, KeepsTheNameIfTheNewOneIsTaken) {
    World w({{.name = "shop_depth", .rename = "shop_orders"}});
    EXPECT_EQ(w.registry.warnings(),
              (Texts{"view of shop_depth: the name shop_orders is taken by shop_orders_total; it keeps its own name"}));
    EXPECT_TRUE(w.find("shop_depth"));
}

TEST(View, ThatCanNeverApplyIsRefused) {
    constexpr double inf = std::numeric_limits<double>::infinity();
    const std::pair<View, std::string_view> cases[] = {
        {{.name = ""}, "view of : it needs a name; * stands for all"},
        {{.name = "a*", .rename = "b"}, "view of a*: a view that renames must name one metric, without * and ?"},
        {{.name = "a", .rename = "\xff"}, "view of a: the new name must be UTF-8 of at most 255 bytes"},
        {{.keep_labels = Texts{"a"}, .remove_labels = {"b"}},
         "view of *: say which labels to keep or which to remove, not both"},
        {{.buckets = {1, 1}}, "view of *: bounds ascend"},
        {{.buckets = {1, inf}}, "view of *: a bound is finite; +Inf is added"},
        {{.buckets = std::vector<double>(65)}, "view of *: a histogram has 1 to 64 buckets"},
        {{.cap = 0}, "view of *: the cap is at least 1"},
        {{.buckets = {1}, .exponential = true}, "view of *: exponential histograms have no buckets to choose"},
    };
    for (const auto& [view, message] : cases) try {
            const Registry registry({.start = start, .views = {view}});
            ADD_FAILURE() << message;
        } catch (const Error& e) {
            EXPECT_EQ(e.kind(), ErrorKind::invalid);
            EXPECT_EQ(e.message(), message);
        }
}

}  // namespace
}  // namespace mizzen::telemetry
