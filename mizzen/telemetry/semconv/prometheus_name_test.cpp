// SPDX-License-Identifier: Apache-2.0
// OpenTelemetry's names in Prometheus: the rules one by one, and all conventions there and back.
#include "mizzen/telemetry/semconv/prometheus_name.hpp"

#include <gtest/gtest.h>

#include <map>

#include "mizzen/telemetry/otlp/detail/encode_unit.hpp"
#include "mizzen/telemetry/semconv/conventions.hpp"
#include "mizzen/telemetry/semconv/family.hpp"

namespace mizzen::telemetry::semconv {
namespace {

TEST(PrometheusName, Table) {
    struct Case {
        std::string_view name, unit;
        MetricType type;
        std::string_view expected;
    };
    using enum MetricType;
    for (const Case& c : std::initializer_list<Case>{
             {"http.server.request.duration", "s", histogram, "http_server_request_duration_seconds"},
             {"http.server.active_requests", "{request}", up_down_counter, "http_server_active_requests"},
             {"http.server.request.body.size", "By", histogram, "http_server_request_body_size_bytes"},
             {"process.cpu.time", "s", counter, "process_cpu_time_seconds_total"},
             {"process.cpu.utilization", "1", gauge, "process_cpu_utilization_ratio"},
             {"otel.sdk.span.started", "{span}", counter, "otel_sdk_span_started_total"},
             // "1" is a ratio for gauges only.
             {"cache.hits", "1", counter, "cache_hits_total"},
             {"queue.length", "1", up_down_counter, "queue_length"},
             {"sizes", "1", histogram, "sizes"},
             // What the name ends with is not said again.
             {"uptime.seconds", "s", gauge, "uptime_seconds"},
             {"seconds", "s", gauge, "seconds"},
             {"sent.total", "By", counter, "sent_bytes_total"},
             {"sent.bytes.total", "By", counter, "sent_bytes_total"},
             {"sent_bytes_total", "By", counter, "sent_bytes_total"},
             {"hit.ratio", "1", gauge, "hit_ratio"},
             {"kilobytes", "By", gauge, "kilobytes_bytes"},
             {"disk.bytes.free", "By", gauge, "disk_bytes_free_bytes"},
             // Only counters are totals, only infos infos.
             {"jobs.total", "", gauge, "jobs_total"},
             {"target", "", info, "target_info"},
             {"target_info", "", info, "target_info"},
             {"mode", "", state_set, "mode"},
             {"latency", "s", exponential_histogram, "latency_seconds"},
             // Rates and what is counted.
             {"speed", "m/s", gauge, "speed_meters_per_second"},
             {"traffic", "By/s", gauge, "traffic_bytes_per_second"},
             {"packets", "{packet}/s", gauge, "packets_per_second"},
             {"packets", "{packet}", counter, "packets_total"},
             {"mixed", "{weight}kg", gauge, "mixed_kg"},
             {"load", "%", gauge, "load_percent"},
             {"odd", "foo^2/bar", gauge, "odd_foo_2_per_bar"},
             // Characters.
             {"a.b-c/d e", "", gauge, "a_b_c_d_e"},
             {"a..b__c", "", gauge, "a_b_c"},
             {"caf\xC3\xA9.open", "", gauge, "caf_open"},
             {"3d.renders", "", counter, "_3d_renders_total"},
             {"job:rate", "", gauge, "job:rate"},
             {"ends.", "s", gauge, "ends_seconds"},
             {"_total", "", counter, "_total"},
             {"...", "", gauge, "_"},
             {"", "s", gauge, ""},
         })
        EXPECT_EQ(prometheus_name(c.name, c.unit, c.type), c.expected) << c.name << " " << c.unit;
}

TEST(PrometheusName, Labels) {
    EXPECT_EQ(prometheus_label("http.request.method"), "http_request_method");
    EXPECT_EQ(prometheus_label("k8s.pod.label.app.kubernetes.io/name"), "k8s_pod_label_app_kubernetes_io_name");
    EXPECT_EQ(prometheus_label("a:b"), "a_b");
    EXPECT_EQ(prometheus_label("9lives"), "_9lives");
    EXPECT_EQ(prometheus_label(""), "");
}

TEST(PrometheusName, Units) {
    EXPECT_EQ(prometheus_unit("KiBy/min"), "kibibytes_per_minute");
    EXPECT_EQ(prometheus_unit("/s"), "per_second");
    EXPECT_EQ(prometheus_unit("1/s"), "per_second");
    EXPECT_EQ(prometheus_unit("s/{call}"), "seconds");
    EXPECT_EQ(prometheus_unit(""), "");
    EXPECT_EQ(prometheus_unit("{"), "");
    EXPECT_EQ(prometheus_unit("}/{"), "");
    EXPECT_EQ(prometheus_unit("///"), "");
}

// The other direction is told by what encodes OTLP.
TEST(PrometheusName, UnitsComeBack) {
    for (const char* code :
         {"s",   "ms",  "us",  "ns",  "min", "h", "d", "wk", "mo", "a", "By", "KiBy", "MiBy", "GiBy", "TiBy", "kBy",
          "MBy", "GBy", "TBy", "bit", "m",   "g", "L", "V",  "A",  "J", "W",  "Hz",   "Cel",  "K",    "%",    "By/s"})
        EXPECT_EQ(otlp::to_ucum(prometheus_unit(code)), code);
}

// Every name that comes out is one that Prometheus needs no quotes for.
TEST(PrometheusName, IsAlwaysALegacyName) {
    std::string all;
    for (int c = 1; c < 256; ++c) all += static_cast<char>(c);
    for (std::size_t from = 0; from < all.size(); ++from)
        for (const std::size_t size : {1u, 2u, 7u}) {
            const std::string text = all.substr(from, size);
            EXPECT_TRUE(is_legacy_metric_name(prometheus_name(text, text, MetricType::counter))) << from << " " << size;
            EXPECT_TRUE(is_legacy_label_name(prometheus_label(text))) << from << " " << size;
        }
}

TEST(Family, EveryConventionComesBack) {
    std::map<std::string, std::string_view> families;
    for (const auto table : metric_tables)
        for (const Metric& metric : table) {
            const std::string family = family_of(metric), name = prometheus_name(metric.name, metric.unit, metric.type);
            EXPECT_TRUE(is_snake_case(name)) << name;
            EXPECT_EQ(name, family + (metric.type == MetricType::counter ? "_total" : ""));
            EXPECT_TRUE(families.emplace(family, metric.name).second) << family << " is " << metric.name << " too";
            EXPECT_EQ(metric_of_family(family, metric.type), &metric) << family;
        }
}

TEST(Family, EveryAttributeComesBack) {
    std::map<std::string, std::string_view> labels;
    for (const auto table : attribute_tables)
        for (const Attribute& attribute : table) {
            const std::string label = prometheus_label(attribute.name);
            EXPECT_TRUE(labels.emplace(label, attribute.name).second) << label << " is " << attribute.name << " too";
            EXPECT_TRUE(label_name_problem(label).empty()) << label;
            const bool is_by_key = attribute.type == Type::text_by_key || attribute.type == Type::texts_by_key;
            EXPECT_EQ(attribute_of_label(label), is_by_key ? "" : attribute.name);
        }
}

TEST(Family, WhatIsNoConventionIsNothing) {
    const auto found = [](std::string_view family, MetricType type) {
        return metric_of_family(family, type) != nullptr;
    };
    EXPECT_TRUE(found("http_server_request_duration_seconds", MetricType::exponential_histogram));
    EXPECT_TRUE(found("http_server_active_requests", MetricType::gauge));
    EXPECT_TRUE(found("otel_sdk_exporter_span_exported", MetricType::counter));
    EXPECT_FALSE(found("otel_sdk_exporter_span_exported", MetricType::gauge));
    EXPECT_FALSE(found("http_server_request_duration", MetricType::histogram));
    EXPECT_FALSE(found("http_server_request_duration_seconds_more", MetricType::histogram));
    EXPECT_FALSE(found("http.server.request.duration", MetricType::histogram));
    EXPECT_FALSE(found("shop_orders", MetricType::counter));
    EXPECT_FALSE(found("", MetricType::counter));
    EXPECT_EQ(attribute_of_label("http_request_method"), "http.request.method");
    EXPECT_EQ(attribute_of_label("error_type"), "error.type");
    EXPECT_EQ(attribute_of_label("http_request"), "");
    EXPECT_EQ(attribute_of_label("code"), "");
    EXPECT_EQ(attribute_of_label(""), "");
}

// _created is a suffix that OpenMetrics keeps for itself, so that name cannot be declared.
TEST(Family, LogRecordsAreTheConventionUnderAnotherName) {
    const Metric* created = metric_of_family("otel_sdk_log_records", MetricType::counter);
    ASSERT_NE(created, nullptr);
    EXPECT_EQ(created->name, "otel.sdk.log.created");
    EXPECT_EQ(metric_of_family("otel_sdk_log_records", MetricType::gauge), nullptr);
}

TEST(Family, ALabelHasTheTypeOfItsAttribute) {
    EXPECT_EQ(find_attribute_of_label("http_response_status_code")->type, Type::integer);
    EXPECT_EQ(find_attribute_of_label("http_request_method")->type, Type::text);
    EXPECT_EQ(find_attribute_of_label("http"), nullptr);
    EXPECT_EQ(find_attribute_of_label("http_"), nullptr);
}

// What the room itself declares under a convention's name is that convention.
TEST(Family, OwnMetricsOfHttpServersAreTheConvention) {
    const Metric* duration = metric_of_family("http_server_request_duration_seconds", MetricType::histogram);
    ASSERT_NE(duration, nullptr);
    EXPECT_EQ(duration->name, "http.server.request.duration");
    EXPECT_EQ(duration->unit, "s");
    EXPECT_EQ(family_of("http.server.request.duration"), "http_server_request_duration_seconds");
    EXPECT_EQ(family_of("shop.orders"), "");
    EXPECT_EQ(attribute_of_label("http_response_status_code"), http::response_status_code);
}

}  // namespace
}  // namespace mizzen::telemetry::semconv
