// SPDX-License-Identifier: Apache-2.0
// Processors and limits, of spans and of log records, and the propagator.
#include <algorithm>

#include "mizzen/base/text.hpp"
#include "mizzen/telemetry/configuration/detail/sampler_section.hpp"
#include "mizzen/telemetry/configuration/detail/sections.hpp"
#include "mizzen/telemetry/trace/propagator.hpp"

namespace mizzen::telemetry {
namespace {

using otlp::Signal;

void read_batches(const Node& node, BatchLimits& limits) {
    if (const auto delay = node.find("schedule_delay")) limits.delay = delay->duration();
    if (const auto timeout = node.find("export_timeout")) limits.export_timeout = timeout->timeout();
    const auto queue = node.find("max_queue_size"), batch = node.find("max_export_batch_size");
    if (queue) limits.queue = queue->number(1);
    if (batch) limits.batch = batch->number(1);
    if (batch && limits.batch > limits.queue)
        batch->fail("a batch cannot be larger than the queue, " + std::to_string(limits.queue));
    limits.batch = std::min(limits.batch, limits.queue);
}

void read_outputs(const Node& node, Signal signal, std::vector<Output>& outputs) {
    outputs.clear();
    for (const Node& each : node.get("processors").items()) outputs.push_back(read_processor(each, signal));
}

}  // namespace

// "simple" sends each at once.
Output read_processor(const Node& node, Signal signal) {
    const auto [kind, options] = node.only({"batch", "simple"});
    const bool is_batch = kind == "batch";
    if (is_batch)
        options.expect_members(
            {"schedule_delay", "export_timeout", "max_queue_size", "max_export_batch_size", "exporter"});
    else
        options.expect_members({"exporter"});
    Output output = read_exporter(options.get("exporter"), signal);
    output.batches = signal == Signal::logs ? default_log_batches : BatchLimits{};
    if (is_batch) {
        read_batches(options, output.batches);
    } else {
        output.batches.batch = 1;
        output.batches.delay = Duration::zero();
    }
    return output;
}

void read_attribute_limits(const Node& node, AttributeLimits& limits) {
    if (const auto count = node.find("attribute_count_limit")) limits.count = count->number(0);
    if (const auto length = node.find("attribute_value_length_limit")) limits.value_length = length->number(0);
    if (const auto depth = node.find("attribute_value_depth_limit"); depth && depth->number(1) == 1)
        depth->fail("not supported here: lists are values too, so it is at least 2");
}

void read_tracer_provider(const Node& node, Configuration& out) {
    node.expect_members({"processors", "limits", "sampler", "id_generator", "tracer_configurator/development"});
    node.refuse({"tracer_configurator/development"}, "all tracers are alike; leave it out");
    if (const auto generator = node.find("id_generator")) generator->only({"random"}).second.expect_members({});
    read_outputs(node, Signal::traces, out.traces);
    if (const auto sampler = node.find("sampler")) out.sampler_choice = read_sampler(*sampler);
    const auto limits = node.find("limits");
    if (!limits) return;
    limits->expect_members({"attribute_value_length_limit", "attribute_value_depth_limit", "attribute_count_limit",
                            "event_count_limit", "link_count_limit", "event_attribute_count_limit",
                            "link_attribute_count_limit"});
    read_attribute_limits(*limits, out.span_limits.attributes);
    const auto read = [&](std::string_view key, std::size_t& into) {
        if (const auto count = limits->find(key)) into = count->number(0);
    };
    read("event_count_limit", out.span_limits.events);
    read("link_count_limit", out.span_limits.links);
    read("event_attribute_count_limit", out.span_limits.event_attributes);
    read("link_attribute_count_limit", out.span_limits.link_attributes);
}

void read_logger_provider(const Node& node, Configuration& out) {
    node.expect_members({"processors", "limits", "logger_configurator/development"});
    node.refuse({"logger_configurator/development"}, "levels are set in the program; leave it out");
    read_outputs(node, Signal::logs, out.logs);
    const auto limits = node.find("limits");
    if (!limits) return;
    limits->expect_members({"attribute_value_length_limit", "attribute_value_depth_limit", "attribute_count_limit"});
    read_attribute_limits(*limits, out.log_limits);
}

std::string read_propagator(const Node& node) {
    node.expect_members({"composite", "composite_list"});
    std::vector<std::string> names;
    if (const auto all = node.find("composite")) {
        for (const Node& each : all->items()) {
            const auto [name, options] = each.only({"tracecontext", "baggage", "b3", "b3multi", "jaeger"});
            options.expect_members({});
            names.emplace_back(name);
        }
    }
    if (const auto list = node.find("composite_list")) {
        const std::string text = list->text();
        for (const std::string_view part : split(text, ',')) {
            const std::string name(trim(part));
            if (name.empty() || std::ranges::find(names, name) != names.end()) continue;
            if (!configure_propagator(name).warnings.empty())
                list->fail("expected a list of tracecontext, baggage, b3, b3multi, jaeger, got " + list->shown());
            names.push_back(name);
        }
    }
    return names.empty() ? "none" : join(names, ",");
}

}  // namespace mizzen::telemetry
