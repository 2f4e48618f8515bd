// SPDX-License-Identifier: Apache-2.0
// A document and a patch, split by a NUL, through each kind of patch and through apply: a result or a refusal, never
// anything else; and applying the same configuration twice changes nothing the second time.
#include <cstddef>
#include <cstdint>
#include <cstdlib>

#include "mizzen/apiserver/apply/apply.hpp"
#include "mizzen/apiserver/patch/patch.hpp"
#include "mizzen/apiserver/status.hpp"
#include "mizzen/base/error.hpp"
#include "mizzen/json/json.hpp"

using namespace mizzen;
using namespace mizzen::apiserver;

namespace {

template <class Fn>
void attempt(Fn&& fn) {
    try {
        fn();
    } catch (const StatusError& e) {
        if (e.code < 400 || e.code > 500) std::abort();
    }
}

void apply_twice(const json::Value& live, const json::Value& config, const kube::schema::Type& type) {
    const FieldManager manager{
        .name = "fuzz", .api_version = "apps/v1", .subresource = "", .now = "2020-01-01T00:00:00Z"};
    const FieldManager later{
        .name = "fuzz", .api_version = "apps/v1", .subresource = "", .now = "2020-01-02T00:00:00Z"};
    // Once more to begin with, for the first apply may only drop entries without fields, and the second adopt what then
    // has no manager.
    auto once =
        server_side_apply(server_side_apply(live, config, type, manager, true).object, config, type, manager, true);
    if (!once.conflicts.empty()) std::abort();
    if (server_side_apply(once.object, config, type, later, true).object != once.object) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    const auto nul = text.find('\0');
    if (nul == std::string_view::npos) return 0;
    json::Value document, patch;
    try {
        document = json::parse(text.substr(0, nul));
        patch = json::parse(text.substr(nul + 1));
    } catch (const Error&) {
        return 0;
    }
    const auto& type = *kube::schema::find_type("io.k8s.api.apps.v1.Deployment");
    // Of what apply is given, the caller has made sure that it is an object with metadata, and of which version.
    for (json::Value* object : {&document, &patch}) {
        const json::Value* metadata = object->find("metadata");
        if (object->is_object() && (!metadata || metadata->is_object())) (*object)["apiVersion"] = "apps/v1";
    }
    attempt([&] { json_patch(document, patch); });
    attempt([&] { merge_patch(document, patch); });
    attempt([&] { strategic_merge_patch(document, patch, type); });
    const FieldManager manager{
        .name = "fuzz", .api_version = "apps/v1", .subresource = "", .now = "2020-01-01T00:00:00Z"};
    if (patch.text("apiVersion") != "apps/v1") return 0;
    if (document.text("apiVersion") != "apps/v1") document = nullptr;
    attempt([&] { apply_twice(document, patch, type); });
    attempt([&] { track_update(document, patch, type, manager); });
    return 0;
}
