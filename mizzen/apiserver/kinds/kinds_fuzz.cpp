// SPDX-License-Identifier: Apache-2.0
// Any JSON as a built-in object: it is decoded or refused, never a crash; what was decoded once is decoded again
// without change.
#include <cstdint>
#include <cstdlib>

#include "mizzen/apiserver/kinds/kind_rules.hpp"
#include "mizzen/apiserver/table/table.hpp"
#include "mizzen/base/error.hpp"
#include "mizzen/json/json.hpp"
#include "mizzen/kube/schema/defaults.hpp"

using namespace mizzen;
using namespace mizzen::apiserver;

namespace {

void check(bool holds) {
    if (!holds) std::abort();
}

void take(const kube::schema::Resource& resource, json::Value object) {
    conform(object, *resource.type);
    json::Value decoded = object;
    check(conform(object, *resource.type).empty() && object == decoded);
    kube::schema::apply_defaults(resource.group, resource.version, resource.kind, object);
    const KindRules* rules = find_kind_rules(resource.group, resource.kind);
    if (rules && rules->prepare_create) rules->prepare_create(object);
    std::vector<FieldError> errors;
    validate_metadata(object, nullptr, resource.namespaced, rules ? rules->name_form : "subdomain", errors);
    validate_schema(object, *resource.type, errors);
    if (rules && rules->validate) rules->validate(object, nullptr, errors);
    if (rules && rules->validate) rules->validate(object, &object, errors);
    complete(object, *resource.type);
    builtin_layout(resource.group, resource.kind).cells(object, WallTime{});
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    std::string_view text(reinterpret_cast<const char*>(data), size);
    try {
        json::Value object = json::parse(text);
        std::string_view api_version = object.text("apiVersion"), kind = object.text("kind");
        std::size_t slash = api_version.find('/');
        bool core = slash == std::string_view::npos;
        const kube::schema::Resource* resource = kube::schema::find_kind(
            core ? "" : api_version.substr(0, slash), core ? api_version : api_version.substr(slash + 1), kind);
        if (resource) take(*resource, object);
    } catch (const Error&) {
    } catch (const StatusError&) {
    }
    return 0;
}
