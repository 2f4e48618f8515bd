// SPDX-License-Identifier: Apache-2.0
// A schema in the first line, an object in the rest: whatever validate_crd lets through must be usable, and pruning and
// defaulting must be done after one time.
#include <cstdint>
#include <cstdlib>

#include "mizzen/apiserver/crd/custom_schema.hpp"
#include "mizzen/apiserver/crd/established_status.hpp"
#include "mizzen/base/error.hpp"
#include "mizzen/json/json.hpp"

using namespace mizzen;
using namespace mizzen::apiserver;

namespace {

json::Value definition(json::Value schema) {
    json::Value version = json::Object{{"name", "v1"},
                                       {"schema", json::Object{{"openAPIV3Schema", std::move(schema)}}},
                                       {"served", true},
                                       {"storage", true}};
    return json::Object{{"apiVersion", "apiextensions.k8s.io/v1"},
                        {"kind", "CustomResourceDefinition"},
                        {"metadata", json::Object{{"name", "shops.a.dev"}}},
                        {"spec", json::Object{{"group", "a.dev"},
                                              {"names", json::Object{{"kind", "Shop"}, {"plural", "shops"}}},
                                              {"scope", "Namespaced"},
                                              {"versions", json::Array{std::move(version)}}}}};
}

void check(bool holds) {
    if (!holds) std::abort();
}

void use(const CustomSchema& schema, json::Value object, bool has_rules) {
    schema.prune(object);
    json::Value pruned = object;
    check(schema.prune(object).empty() && object == pruned);
    schema.apply_defaults(object);
    json::Value filled = object;
    schema.apply_defaults(object);
    check(object == filled);
    schema.validate(object, nullptr);
    // Nothing changed, so nothing that is wrong is new; but a rule may say that it must change.
    check(schema.validate(object, &object).empty() || has_rules);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    std::string_view text(reinterpret_cast<const char*>(data), size);
    std::size_t end = text.find('\n');
    if (end == std::string_view::npos) return 0;
    try {
        json::Value crd = definition(json::parse(text.substr(0, end)));
        default_crd(crd);
        if (!validate_crd(crd, nullptr).empty()) return 0;
        check(validate_crd(crd, &crd).empty());
        auto schema =
            CustomSchema::build(*crd["spec"]["versions"].as_array()[0].find_path({"schema", "openAPIV3Schema"}), false);
        use(*schema, json::parse(text.substr(end + 1)),
            text.substr(0, end).find("x-kubernetes-validations") != std::string_view::npos);
    } catch (const Error&) {
    } catch (const StatusError&) {
    }
    return 0;
}
