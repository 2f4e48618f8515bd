// SPDX-License-Identifier: Apache-2.0
// Metric readers and views of configuration files.
#include <gtest/gtest.h>

#include "mizzen/telemetry/configuration/testing/read_file.hpp"
#include "mizzen/telemetry/metrics/registry.hpp"

namespace mizzen::telemetry {
namespace {

using namespace std::chrono_literals;
using testing::problem, testing::read;

std::string readers(const std::string& text) { return "meter_provider: {readers: [" + text + "]}"; }
std::string view(const std::string& selector, const std::string& stream) {
    return "meter_provider: {readers: [{periodic: {exporter: {console: }}}], views: [{selector: " + selector +
           ", stream: " + stream + "}]}";
}

TEST(ReaderSection, PeriodicAndPull) {
    const Configuration c = read(R"(
meter_provider:
  readers:
    - periodic:
        interval: 1000
        timeout: 500
        exporter:
          otlp_http: {endpoint: "http://h:1/v1/metrics", temporality_preference: low_memory}
    - periodic: {exporter: {otlp_grpc: {temporality_preference: delta}}}
    - periodic: {exporter: {otlp_file/development: {output_stream: "file:///m.jsonl"}}}
    - periodic: {exporter: {console: {temporality_preference: cumulative}}}
    - pull: {exporter: {prometheus/development: {host: 0.0.0.0, port: 9465, without_scope_info: true}}}
  exemplar_filter: always_on
)");
    ASSERT_EQ(c.metrics.size(), 5u);
    EXPECT_EQ(c.metrics[0].reader.interval, 1s);
    EXPECT_EQ(c.metrics[0].reader.timeout, 500ms);
    EXPECT_EQ(c.metrics[0].reader.temporality, TemporalityPreference::low_memory);
    EXPECT_EQ(c.metrics[0].otlp.options.path, "/v1/metrics");
    EXPECT_EQ(c.metrics[1].reader.temporality, TemporalityPreference::delta);
    EXPECT_EQ(c.metrics[1].reader.interval, 60s);
    EXPECT_EQ(c.metrics[2].file, "/m.jsonl");
    EXPECT_EQ(c.metrics[3].kind, ExporterKind::console);
    EXPECT_EQ(c.metrics[4].kind, ExporterKind::prometheus);
    EXPECT_EQ(c.metrics[4].host, "0.0.0.0");
    EXPECT_EQ(c.metrics[4].port, 9465);
    EXPECT_EQ(c.exemplar_filter, ExemplarFilter::always_on);
    EXPECT_TRUE(c.views.empty());
    EXPECT_EQ(c.warnings, std::vector<std::string>());
}

TEST(ReaderSection, WhatIsNotThereIsRefused) {
    const std::string pull = "{pull: {exporter: {prometheus/development: ", end = "}}}";
    for (const std::string& bad :
         {std::string("{periodic: {}}"), std::string("{periodic: {interval: 0, exporter: {console: }}}"),
          std::string("{periodic: {exporter: {console: {temporality_preference: delta}}}}"),
          std::string("{periodic: {exporter: {otlp_http: {temporality_preference: lowmemory}}}}"),
          std::string("{periodic: {exporter: {console: }, producers: [{opencensus: }]}}"),
          std::string("{periodic: {exporter: {console: }, max_export_batch_size/development: 5}}"),
          std::string("{periodic: {exporter: {prometheus/development: }}}"),
          std::string("{pull: {exporter: {console: }}}"), pull + "{port: 70000}" + end,
          pull + "{scope_info_enabled: true}" + end, pull + "{translation_strategy: no_translation/development}" + end,
          pull + "{resource_constant_labels: {included: [a]}}" + end, pull + "{}" + end + ", " + pull + "{}" + end,
          std::string("{periodic: {exporter: {console: }}}, {periodic: {exporter: {console: }}}"),
          std::string("{periodic: {exporter: {console: }, cardinality_limits: {observable_gauge: 5}}}"),
          std::string("{periodic: {exporter: {console: }, cardinality_limits: {default: 0}}}")})
        EXPECT_NE(problem(readers(bad)), "") << bad;
    EXPECT_NE(
        problem("meter_provider: {readers: [{periodic: {exporter: {console: }}}], meter_configurator/development: {}}"),
        "");
}

TEST(ReaderSection, AllReadersShareTheirHistogramsAndCaps) {
    const std::string exponential =
        "{periodic: {exporter: {otlp_http: {default_histogram_aggregation: base2_exponential_bucket_histogram}}}}";
    const Configuration c = read(readers(exponential + ", " + exponential));
    ASSERT_EQ(c.views.size(), 1u);
    EXPECT_TRUE(c.views[0].exponential);
    const std::string said = problem(readers(exponential + ", {pull: {exporter: {prometheus/development: }}}"));
    EXPECT_NE(said.find("meter_provider.readers[1]: not supported here"), std::string::npos) << said;
    const std::string caps = "{periodic: {exporter: {otlp_http: }, cardinality_limits: {default: 100, counter: 5}}}";
    const Configuration capped = read(readers(caps + ", " + caps));
    ASSERT_EQ(capped.views.size(), 2u);
    EXPECT_EQ(capped.views[0].cap, 100u);
    EXPECT_EQ(capped.views[0].type, std::nullopt);
    EXPECT_EQ(capped.views[1].cap, 5u);
    EXPECT_EQ(capped.views[1].type, MetricType::counter);
    EXPECT_NE(problem(readers(caps + ", {periodic: {exporter: {otlp_http: }}}")), "");
}

TEST(ViewSection, SelectsAndChanges) {
    const Configuration c = read(R"(
meter_provider:
  readers: [{periodic: {exporter: {otlp_http: }}}]
  views:
    - selector: {instrument_name: http.server.request.duration, instrument_type: histogram}
      stream:
        name: latency
        description: How long.
        aggregation: {explicit_bucket_histogram: {boundaries: [0.1, 1, 10]}}
        aggregation_cardinality_limit: 50
        attribute_keys: {included: [http.request.method, url.scheme], excluded: [url.scheme]}
    - selector: {instrument_name: "shop_*"}
      stream: {attribute_keys: {excluded: [user.id]}}
    - selector: {instrument_type: histogram}
      stream: {aggregation: {drop: }}
    - selector: {instrument_name: a}
      stream: {aggregation: {base2_exponential_bucket_histogram: {max_scale: 20, max_size: 160, record_min_max: true}}}
    - selector: {instrument_name: b}
      stream: {aggregation: {explicit_bucket_histogram: }}
    - selector: {instrument_type: counter}
      stream: {aggregation: {sum: }}
    - selector: {instrument_type: gauge}
      stream: {aggregation: {last_value: }}
    - selector: {}
      stream: {aggregation: {default: }}
)");
    ASSERT_EQ(c.views.size(), 9u);
    const View& duration = c.views[0];
    EXPECT_EQ(duration.name, "http_server_request_duration_seconds") << "as it is declared here";
    EXPECT_EQ(duration.type, MetricType::histogram);
    EXPECT_EQ(duration.rename, "latency");
    EXPECT_EQ(duration.help, "How long.");
    EXPECT_EQ(duration.buckets, (std::vector<double>{0.1, 1, 10}));
    EXPECT_EQ(duration.cap, 50u);
    EXPECT_EQ(duration.keep_labels, std::vector<std::string>{"http_request_method"});
    EXPECT_EQ(c.views[1].remove_labels, std::vector<std::string>{"user_id"});
    EXPECT_TRUE(c.views[2].drop && c.views[3].drop);
    EXPECT_EQ(c.views[3].type, MetricType::exponential_histogram);
    EXPECT_TRUE(c.views[4].exponential);
    EXPECT_EQ(c.views[5].buckets.size(), 15u);
    EXPECT_EQ(c.warnings.size(), 1u) << "the least and the greatest value";
    EXPECT_NO_THROW(Registry({.views = c.views}));
}

TEST(ViewSection, WhatIsNotThereIsRefused) {
    for (const char* bad : {"{unit: s}", "{meter_name: x}", "{instrument_type: observable_gauge}",
                            "{instrument_type: x}", "{instrument: x}"})
        EXPECT_NE(problem(view(bad, "{aggregation: {drop: }}")), "") << bad;
    for (const char* bad :
         {"{aggregation: {sum: }}", "{aggregation: {last_value: }}", "{aggregation: {drop: {x: 1}}}",
          "{aggregation: {explicit_bucket_histogram: {boundaries: [2, 1]}}}",
          "{aggregation: {explicit_bucket_histogram: {boundaries: []}}}",
          "{aggregation: {base2_exponential_bucket_histogram: {max_size: 10}}}",
          "{aggregation: {base2_exponential_bucket_histogram: {max_scale: 2}}}", "{name: x}",
          "{aggregation_cardinality_limit: 0}", "{attribute_keys: {included: [\"a*\"]}}", "{attribute_key: {}}"})
        EXPECT_NE(problem(view("{instrument_name: \"*\"}", bad)), "") << bad;
    EXPECT_EQ(problem(view("{instrument_name: \"*\"}", "{name: x}")),
              "otel.yaml:2:74: meter_provider.views[0]: view of *: a view that renames must name one metric, without * "
              "and ?");
}

}  // namespace
}  // namespace mizzen::telemetry
