// SPDX-License-Identifier: Apache-2.0
// The tables of the semantic conventions keep the rules that OpenTelemetry has for names, and lose nothing.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <regex>
#include <set>
#include <sstream>

#include "mizzen/telemetry/semconv/conventions.hpp"

namespace mizzen::telemetry::semconv {
namespace {

static_assert(find_attribute("http.request.method")->type == Type::text);
static_assert(find_metric("http.server.request.duration")->buckets.size() == 14);
static_assert(!find_metric("http.server.request.duratio") && !find_attribute(""));

// What all names keep: lower case, words joined by '_', parts by '.', a namespace in front.
bool is_well_named(const std::string& name) {
    static const std::regex rule("[a-z][a-z0-9]*(_[a-z0-9]+)*(\\.[a-z][a-z0-9]*(_[a-z0-9]+)*)+");
    return std::regex_match(name, rule);
}

template <class Convention>
std::vector<const Convention*> all(std::span<const std::span<const Convention>> tables) {
    std::vector<const Convention*> out;
    for (const auto table : tables)
        for (const Convention& each : table) out.push_back(&each);
    return out;
}
std::vector<const Attribute*> attributes() { return all<Attribute>(attribute_tables); }
std::vector<const Metric*> metrics() { return all<Metric>(metric_tables); }

std::string_view first_part(std::string_view name) { return name.substr(0, name.find('.')); }

// Names with their namespaces' order first: "a.z" comes before "a_b.c", because tables come one after another.
template <class Convention>
void expect_sorted(const std::vector<const Convention*>& conventions) {
    for (std::size_t i = 1; i < conventions.size(); ++i) {
        const std::string_view before = conventions[i - 1]->name, here = conventions[i]->name;
        EXPECT_LT(std::pair(first_part(before), before), std::pair(first_part(here), here));
    }
}

TEST(Semconv, TablesAreSortedAndNameNothingTwice) {
    expect_sorted(attributes());
    expect_sorted(metrics());
}

TEST(Semconv, NamesKeepTheRules) {
    for (const Attribute* a : attributes()) EXPECT_TRUE(is_well_named(std::string(a->name))) << a->name;
    for (const Metric* m : metrics()) EXPECT_TRUE(is_well_named(std::string(m->name))) << m->name;
    for (const auto table : attribute_tables)
        for (const Attribute& a : table) EXPECT_EQ(first_part(a.name), first_part(table[0].name)) << a.name;
}

TEST(Semconv, EveryNameIsFound) {
    for (const Attribute* a : attributes()) EXPECT_EQ(find_attribute(a->name), a) << a->name;
    for (const Metric* m : metrics()) EXPECT_EQ(find_metric(m->name), m) << m->name;
    EXPECT_EQ(find_attribute("http.request.header.x-a.b")->name, "http.request.header");
    EXPECT_EQ(find_attribute("k8s.pod.label.app.kubernetes.io/name")->name, k8s::pod_label);
    for (const char* name : {"http", "http.request", "http.route.x", "http.routes", ".", "", "a.", ".a", "shop.orders"})
        EXPECT_EQ(find_attribute(name), nullptr) << name;
}

// A name must not be both an attribute and the place of others, or an attribute could not hold the other's values.
TEST(Semconv, NoAttributeIsTheNamespaceOfAnother) {
    std::set<std::string> names;
    for (const Attribute* a : attributes()) names.emplace(a->name);
    for (const std::string& name : names)
        for (std::size_t dot = name.rfind('.'); dot != name.npos; dot = dot == 0 ? name.npos : name.rfind('.', dot - 1))
            EXPECT_FALSE(names.contains(name.substr(0, dot))) << name;
}

TEST(Semconv, EveryAttributeSaysWhatItIs) {
    for (const Attribute* a : attributes()) {
        EXPECT_GT(a->meaning.size(), 8u) << a->name;
        EXPECT_TRUE(a->meaning.ends_with('.')) << a->name;
    }
}

TEST(Semconv, MetricsNameKnownAttributesOnce) {
    for (const Metric* m : metrics()) {
        std::set<std::string_view> seen;
        for (const MetricAttribute& a : m->attributes) {
            EXPECT_NE(find_attribute(a.name), nullptr) << m->name << " " << a.name;
            EXPECT_TRUE(seen.insert(a.name).second) << m->name << " " << a.name;
        }
    }
}

TEST(Semconv, MetricsHaveOneOfFourTypesAUnitAndBucketsThatAscend) {
    const std::set types = {MetricType::counter, MetricType::up_down_counter, MetricType::gauge, MetricType::histogram};
    for (const Metric* m : metrics()) {
        EXPECT_TRUE(types.contains(m->type)) << m->name;
        EXPECT_TRUE(std::regex_match(std::string(m->unit), std::regex("s|By|Hz|1|\\{[a-z_]+\\}"))) << m->name;
        EXPECT_TRUE(m->buckets.empty() || m->type == MetricType::histogram) << m->name;
        EXPECT_EQ(std::ranges::adjacent_find(m->buckets, std::greater_equal()), m->buckets.end()) << m->name;
    }
}

// What the most used metrics must say, from the conventions' pages.
TEST(Semconv, HttpMetricsAreAsTheyAreWritten) {
    const auto requirement = [](std::string_view metric, std::string_view attribute) {
        for (const MetricAttribute& a : find_metric(metric)->attributes)
            if (a.name == attribute) return a.requirement;
        ADD_FAILURE() << metric << " has no " << attribute;
        return Requirement::opt_in;
    };
    for (const char* name : {"http.server.request.duration", "http.client.request.duration"}) {
        const Metric& metric = *find_metric(name);
        EXPECT_EQ(metric.type, MetricType::histogram);
        EXPECT_EQ(metric.unit, "s");
        EXPECT_EQ(metric.stability, Stability::stable);
        EXPECT_EQ(metric.buckets.front(), .005);
        EXPECT_EQ(metric.buckets.back(), 10);
        EXPECT_EQ(requirement(name, http::request_method), Requirement::required);
        EXPECT_EQ(requirement(name, http::response_status_code), Requirement::conditional);
        EXPECT_EQ(requirement(name, error::type), Requirement::conditional);
        EXPECT_EQ(requirement(name, network::protocol_version), Requirement::recommended);
    }
    EXPECT_EQ(requirement("http.server.request.duration", url::scheme), Requirement::required);
    EXPECT_EQ(requirement("http.server.request.duration", server::address), Requirement::opt_in);
    EXPECT_EQ(requirement("http.client.request.duration", server::address), Requirement::required);
    EXPECT_EQ(find_metric("http.server.active_requests")->unit, "{request}");
}

// Reads the headers themselves: each constant is called after what it holds, and stands in the table below it.
TEST(Semconv, EveryConstantIsInATable) {
    const std::regex line("inline constexpr std::string_view (\\w+) = \"([^\"]+)\";|^namespace (\\w+) \\{");
    std::size_t constants = 0;
    const std::filesystem::path folder = std::string(MIZZEN_SOURCE_DIR) + "/mizzen/telemetry/semconv";
    for (const auto& file : std::filesystem::directory_iterator(folder)) {
        if (file.path().extension() != ".hpp") continue;
        std::ifstream in(file.path());
        std::string space, text((std::istreambuf_iterator<char>(in)), {});
        text = std::regex_replace(text, std::regex("\\s*=\\s*\""), " = \"");
        std::istringstream lines(text);
        for (std::string each; std::getline(lines, each);) {
            std::smatch found;
            if (!std::regex_search(each, found, line)) continue;
            if (found[3].matched) {
                space = found[3];
                continue;
            }
            std::string expected = std::regex_replace(found[2].str().substr(space.size() + 1), std::regex("\\."), "_");
            if (found[1].str().ends_with('_')) expected += '_';
            EXPECT_EQ(found[1].str(), expected) << file.path();
            EXPECT_EQ(first_part(found[2].str()), space) << file.path();
            EXPECT_NE(find_attribute(found[2].str()), nullptr) << found[2].str();
            ++constants;
        }
    }
    EXPECT_EQ(constants, attributes().size());
}

}  // namespace
}  // namespace mizzen::telemetry::semconv
