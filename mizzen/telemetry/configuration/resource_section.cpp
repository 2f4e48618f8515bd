// SPDX-License-Identifier: Apache-2.0
// attributes, attributes_list, detection/development.
#include <algorithm>

#include "mizzen/base/text.hpp"
#include "mizzen/base/utf8.hpp"
#include "mizzen/telemetry/configuration/detail/resource_section.hpp"
#include "mizzen/telemetry/environment/detail/resource_variables.hpp"
#include "mizzen/telemetry/metrics/applied_views.hpp"

namespace mizzen::telemetry {
namespace {

enum class AttributeType { text, boolean, integer, real, texts, booleans, integers, reals };

std::int64_t integer_at(const Node& node) {
    const json::Value& value = node.value();
    if (value.is_integer()) return value.as_integer();
    return static_cast<std::int64_t>(node.number(0, ~0ull >> 1));
}
double real_at(const Node& node) { return node.real(-1.7e308, 1.7e308); }

template <class T, class Read>
std::vector<T> list_at(const Node& node, Read read) {
    std::vector<T> out;
    for (const Node& each : node.items()) out.push_back(read(each));
    return out;
}

AttributeValue value_at(const Node& node, AttributeType type) {
    const auto text_at = [](const Node& each) { return each.text(); };
    const auto flag_at = [](const Node& each) { return each.flag(); };
    switch (type) {
        case AttributeType::boolean:
            return node.flag();
        case AttributeType::integer:
            return integer_at(node);
        case AttributeType::real:
            return real_at(node);
        case AttributeType::texts:
            return list_at<std::string>(node, text_at);
        case AttributeType::booleans:
            return list_at<bool>(node, flag_at);
        case AttributeType::integers:
            return list_at<std::int64_t>(node, integer_at);
        case AttributeType::reals:
            return list_at<double>(node, real_at);
        case AttributeType::text:
            break;
    }
    if (!node.value().is_string()) node.fail("expected a text, got " + node.shown() + "; say what it is: type: int");
    return node.text();
}

void read_attribute(const Node& node, Attributes& attributes) {
    static constexpr std::pair<std::string_view, AttributeType> types[] = {
        {"string", AttributeType::text},        {"bool", AttributeType::boolean},
        {"int", AttributeType::integer},        {"double", AttributeType::real},
        {"string_array", AttributeType::texts}, {"bool_array", AttributeType::booleans},
        {"int_array", AttributeType::integers}, {"double_array", AttributeType::reals}};
    node.expect_members({"name", "value", "type"});
    const std::string name = node.get("name").text();
    if (name.empty()) node.get("name").fail("expected a name");
    if (!node.has("value")) node.fail("expected the key value");
    const auto type = node.find("type");
    const AttributeType kind = type ? type->choice(types) : AttributeType::text;
    if (const auto value = node.find("value")) attributes.set(name, value_at(*value, kind));
}

std::vector<std::string> read_patterns(const std::optional<Node>& node) {
    std::vector<std::string> out;
    if (node)
        for (const Node& each : node->items()) out.push_back(each.text());
    return out;
}

std::vector<Detector> read_detectors(const Node& node) {
    std::vector<Detector> out;
    const auto add = [&](Detector detector) {
        if (std::ranges::find(out, detector) == out.end()) out.push_back(detector);
    };
    for (const Node& each : node.items()) {
        const auto [name, options] = each.only({"container", "host", "process", "service", "os", "kubernetes", "k8s"});
        options.expect_members({});
        if (const auto detector = parse_detector(name)) add(*detector);
        if (name == "host") add(Detector::os);
    }
    return out;
}

bool has_service(const Node& node) {
    return std::ranges::any_of(node.items(), [](const Node& each) { return each.has("service"); });
}

void read_detection(const Node& node, const Environment& environment, const Machine& machine, Attributes& attributes) {
    node.expect_members({"attributes", "detectors"});
    std::vector<std::string> included, excluded;
    if (const auto filter = node.find("attributes")) {
        filter->expect_members({"included", "excluded"});
        included = read_patterns(filter->find("included"));
        excluded = read_patterns(filter->find("excluded"));
    }
    const auto detectors = node.find("detectors");
    if (!detectors) return;
    Attributes found = detect(read_detectors(*detectors), machine, environment);
    const auto service = environment("OTEL_SERVICE_NAME");
    if (has_service(*detectors) && service && !trim(*service).empty())
        found.set("service.name", to_valid_utf8(trim(*service)));
    for (const Attribute& each : found) {
        const auto is_matched = [&](const std::string& pattern) { return detail::matches(pattern, each.key.view()); };
        const bool is_in = included.empty() || std::ranges::any_of(included, is_matched);
        if (is_in && std::ranges::none_of(excluded, is_matched)) attributes.set(each.key, each.value);
    }
}

}  // namespace

Resource read_resource_section(const Node* node, const Environment& environment, const Machine& machine) {
    Resource resource{.attributes = default_attributes(machine)};
    if (!node) return resource;
    node->expect_members({"attributes", "attributes_list", "detection/development", "schema_url"});
    if (const auto detection = node->find("detection/development"))
        read_detection(*detection, environment, machine, resource.attributes);
    if (const auto list = node->find("attributes_list")) {
        const auto pairs = parse_resource_attributes(list->text());
        if (!pairs) list->fail("expected name=value,name=value with percent-encoded values, got " + list->shown());
        for (const auto& [key, value] : *pairs) resource.attributes.set(key, value);
    }
    if (const auto all = node->find("attributes"))
        for (const Node& each : all->items()) read_attribute(each, resource.attributes);
    if (const auto url = node->find("schema_url")) resource.schema_url = url->text();
    return resource;
}

}  // namespace mizzen::telemetry
