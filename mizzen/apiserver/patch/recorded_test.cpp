// SPDX-License-Identifier: Apache-2.0
// Every patch that was recorded from a real kube-apiserver does the same here.
#include <gtest/gtest.h>

#include "mizzen/apiserver/patch/patch.hpp"
#include "mizzen/apiserver/selector/recorded.hpp"
#include "mizzen/apiserver/status.hpp"

namespace mizzen::apiserver {
namespace {

using json::Value;

// A typed object has no nulls, and leaves out what is empty.
Value as_stored(const Value& value) {
    if (value.is_array()) {
        json::Array out;
        for (const auto& element : value.as_array()) out.push_back(as_stored(element));
        return out;
    }
    if (!value.is_object()) return value;
    json::Object out;
    for (const auto& [key, member] : value.as_object()) {
        Value kept = as_stored(member);
        bool is_empty = kept.is_null() || (kept.is_array() && kept.as_array().empty()) ||
                        (kept.is_object() && kept.as_object().empty());
        if (!is_empty) out.set(key, std::move(kept));
    }
    return out;
}

Value patch_of(const Value& recorded) {
    if (recorded != Value("10001 tests")) return recorded;
    return json::Array(10001, json::Object{{"op", "test"}, {"path", "/data/a"}, {"value", "1"}});
}

Value patched(const Value& live, const Value& c) {
    const Value patch = patch_of(*c.find("patch"));
    if (c.text("media_type") == "application/json-patch+json") return json_patch(live, patch);
    if (c.text("media_type") == "application/merge-patch+json") return merge_patch(live, patch);
    bool is_deployment = c.text("kind") == "Deployment";
    const auto* resource = kube::schema::find_kind(is_deployment ? "apps" : "", "v1", c.text("kind"));
    return strategic_merge_patch(live, patch, *resource->type);
}

// Go's own words about a patch that is no patch are not ours, and what it calls its own failure (500) is the client's
// (4xx).
void expect_same_refusal(const Value& c, const StatusError& e) {
    auto code = c.integer({"code"});
    if (code == 500) {
        EXPECT_TRUE(e.code == 400 || e.code == 422) << e.code;
        return;
    }
    EXPECT_EQ(e.code, code) << e.message;
    if (code != 400) EXPECT_EQ(e.message, c.text("message"));
}

TEST(Patches, DoWhatKubeApiserverDid) {
    const Value lives = recorded(MIZZEN_SOURCE_DIR, "patch/testdata/live.json")[0];
    for (const auto& c : recorded(MIZZEN_SOURCE_DIR, "patch/testdata/patches.json")) {
        SCOPED_TRACE(json::to_json(*c.find("patch")).substr(0, 300));
        try {
            const Value result = patched(*lives.find(c.text("kind")), c);
            ASSERT_EQ(c.integer({"code"}), 200) << c.text("message");
            EXPECT_EQ(json::to_pretty_json(as_stored(result)), json::to_pretty_json(as_stored(*c.find("result"))));
        } catch (const StatusError& e) {
            expect_same_refusal(c, e);
        }
    }
}

}  // namespace
}  // namespace mizzen::apiserver
