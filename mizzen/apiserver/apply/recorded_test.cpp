// SPDX-License-Identifier: Apache-2.0
// The stories that were recorded from a real kube-apiserver, told again: same owners at every step, same fields, same
// refusals.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>

#include "mizzen/apiserver/apply/apply.hpp"
#include "mizzen/apiserver/patch/patch.hpp"
#include "mizzen/apiserver/selector/recorded.hpp"

namespace mizzen::apiserver {
namespace {

using json::Value;
using kube::schema::Field;
using kube::schema::Merge;
using kube::schema::Shape;
using kube::schema::Type;

// The custom resource of tools/peers/apply_scenarios.py.
constexpr Type any{}, text{.shape = Shape::string}, number{.shape = Shape::integer};
constexpr Field ab_fields[] = {{.name = "a", .type = &text}, {.name = "b", .type = &text}};
constexpr Field cd_fields[] = {{.name = "c", .type = &text}, {.name = "d", .type = &text}};
constexpr Type ab{.shape = Shape::object, .fields = ab_fields}, cd{.shape = Shape::object, .fields = cd_fields};
constexpr Type atomic_ab{.shape = Shape::object, .merge = Merge::atomic, .fields = ab_fields};
constexpr Field nested_fields[] = {
    {.name = "a", .type = &text}, {.name = "b", .type = &text}, {.name = "deep", .type = &cd}};
constexpr Type nested{.shape = Shape::object, .fields = nested_fields};
constexpr Field item_fields[] = {
    {.name = "more", .type = &ab}, {.name = "name", .type = &text}, {.name = "value", .type = &text}};
constexpr Type item{.shape = Shape::object, .fields = item_fields};
constexpr std::string_view item_keys[] = {"name"}, pair_keys[] = {"port", "protocol"},
                           pair_defaults[] = {"", "\"TCP\""};
constexpr Type items{.shape = Shape::list, .merge = Merge::keyed, .element = &item, .map_keys = item_keys};
constexpr Field pair_fields[] = {
    {.name = "port", .type = &number}, {.name = "protocol", .type = &text}, {.name = "value", .type = &text}};
constexpr Type pair{.shape = Shape::object, .fields = pair_fields};
constexpr Type pairs{.shape = Shape::list,
                     .merge = Merge::keyed,
                     .element = &pair,
                     .map_keys = pair_keys,
                     .map_key_defaults = pair_defaults};
constexpr Type list{.shape = Shape::list, .merge = Merge::atomic, .element = &text},
    set{.shape = Shape::list, .merge = Merge::set, .element = &text};
constexpr Type numbers{.shape = Shape::list, .merge = Merge::set, .element = &number};
constexpr Type map{.shape = Shape::map, .element = &text}, maps{.shape = Shape::map, .element = &ab};
constexpr Field open_fields[] = {{.name = "known", .type = &text}};
constexpr Type open{.shape = Shape::object, .preserve_unknown = true, .fields = open_fields};
constexpr Field spec_fields[] = {
    {.name = "any", .type = &any},       {.name = "atomic", .type = &atomic_ab}, {.name = "items", .type = &items},
    {.name = "list", .type = &list},     {.name = "map", .type = &map},          {.name = "maps", .type = &maps},
    {.name = "nested", .type = &nested}, {.name = "number", .type = &number},    {.name = "numbers", .type = &numbers},
    {.name = "open", .type = &open},     {.name = "pairs", .type = &pairs},      {.name = "set", .type = &set},
    {.name = "text", .type = &text}};
constexpr Type spec{.shape = Shape::object, .fields = spec_fields};
constexpr Field status_fields[] = {{.name = "count", .type = &number}, {.name = "phase", .type = &text}};
constexpr Type status{.shape = Shape::object, .fields = status_fields};

const Type& story() {
    static const Field fields[] = {
        {.name = "apiVersion", .type = &text},
        {.name = "kind", .type = &text},
        {.name = "metadata", .type = kube::schema::find_type("io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta")},
        {.name = "spec", .type = &spec},
        {.name = "status", .type = &status}};
    static const Type type{.shape = Shape::object, .fields = fields};
    return type;
}

struct Kind {
    const Type* type;
    std::string group, plural;
};

Kind kind_of(const Value& object) {
    auto kind = object.text("kind");
    if (kind == "Story") return {&story(), "stories.example.com", "stories"};
    const auto* resource = kube::schema::find_kind(kind == "Deployment" ? "apps" : "", "v1", kind);
    return {resource->type, std::string(resource->group), std::string(resource->plural)};
}

// Every recorded step after the first one of its story stands on this.
const Value& managed_fields(const Value& object) {
    static const Value none;
    const Value* found = object.find_path({"metadata", "managedFields"});
    return found ? *found : none;
}

// The time that the step happened at: the newest that its result has and its start had not, or else one that must not
// appear.
std::string now_of(const Value& step) {
    std::string newest, before;
    auto latest = [](const Value& object) {
        std::string out;
        const Value& managers = managed_fields(object);
        if (managers.is_array()) {
            for (const auto& entry : managers.as_array()) out = std::max(out, std::string(entry.text("time")));
        }
        return out;
    };
    before = latest(*step.find("before"));
    if (const Value* after = step.find("after")) newest = latest(*after);
    return newest > before ? newest : "2099-01-01T00:00:00Z";
}

Value without(Value object, std::string_view member) {
    if (Value* metadata = object.find("metadata")) metadata->erase(member);
    return object;
}

Value without_nulls(const Value& value) {
    if (value.is_array()) {
        json::Array out;
        for (const auto& element : value.as_array()) out.push_back(without_nulls(element));
        return out;
    }
    if (!value.is_object()) return value;
    json::Object out;
    for (const auto& [key, member] : value.as_object()) {
        if (!member.is_null()) out.set(key, without_nulls(member));
    }
    return out;
}

// Ours has no defaults yet. So: all that we have is recorded, and what is recorded beyond that was not there before,
// for a default filled it in.
void expect_recorded(const Value& ours, const Value& recorded, const Value* before, const std::string& path) {
    if (recorded.is_object() && ours.is_object()) {
        for (const auto& [key, value] : ours.as_object()) {
            const Value* there = recorded.find(key);
            bool is_empty = value.is_object() && value.as_object().empty();
            if (!there && is_empty) continue;
            ASSERT_TRUE(there) << path << "." << key << " should be gone: " << json::to_json(value);
            expect_recorded(value, *there, before ? before->find(key) : nullptr, path + "." + key);
        }
        for (const auto& [key, value] : recorded.as_object()) {
            const Value* was = before ? before->find(key) : nullptr;
            EXPECT_TRUE(ours.find(key) || !was || *was != value) << path << "." << key << " should still be there";
        }
    } else if (recorded.is_array() && ours.is_array() && recorded.as_array().size() == ours.as_array().size()) {
        for (std::size_t i = 0; i < ours.as_array().size(); ++i)
            expect_recorded(ours.as_array()[i], recorded.as_array()[i], nullptr, path + "[]");
    } else {
        EXPECT_EQ(json::to_json(ours), json::to_json(recorded)) << path;
    }
}

void expect_managers(const Value& ours, const Value& recorded) {
    EXPECT_EQ(json::to_pretty_json(managed_fields(ours)), json::to_pretty_json(managed_fields(recorded)));
}

// In an order of their own: that of kube-apiserver's comes from a Go map.
std::vector<std::string> causes_of(const Value& status) {
    std::vector<std::string> out;
    if (const Value* causes = status.find_path({"details", "causes"})) {
        for (const auto& cause : causes->as_array()) out.push_back(json::to_json(cause));
    }
    std::ranges::sort(out);
    return out;
}

void expect_refusal(const StatusError& ours, const Value& recorded) {
    // What Go prints of a value is its own affair.
    auto until = [](std::string_view text) { return std::string(text.substr(0, text.find(", got "))); };
    EXPECT_EQ(ours.code, recorded.integer({"code"}));
    EXPECT_EQ(until(ours.message), until(recorded.text("message")));
    EXPECT_EQ(ours.reason, recorded.text("reason"));
    EXPECT_EQ(causes_of(ours.to_value()), causes_of(recorded));
}

FieldManager manager_of(const Value& step, const Kind& kind, std::string_view api_version) {
    auto sub = std::string(step.text("subresource"));
    bool has_status = kind.plural == "deployments" || kind.plural == "stories" || kind.plural == "services";
    return {.name = std::string(step.text("manager")),
            .api_version = std::string(api_version),
            .subresource = sub,
            .now = now_of(step),
            .reset = reset_fields(kind.group, kind.plural, sub, has_status)};
}

void replay_apply(const Value& step, const Value& body) {
    const Kind kind = kind_of(body);
    const Value& before = *step.find("before");
    const FieldManager manager = manager_of(step, kind, body.text("apiVersion"));
    try {
        auto outcome = server_side_apply(before, body, *kind.type, manager, step.find("force")->as_bool());
        if (!outcome.conflicts.empty()) throw apply_conflict(outcome.conflicts);
        const Value* after = step.find("after");
        if (!after && step.integer({"code"}) == 422) return;  // refused by validation, which comes later
        ASSERT_TRUE(after) << json::to_json(*step.find("refusal"));
        bool is_created = before.is_null();
        // What the endpoint resets is the caller's work, so that part is compared by owners only.
        if (manager.subresource.empty() && manager.reset.kept_as_they_are.empty()) {
            expect_recorded(without_nulls(without(outcome.object, "managedFields")), without(*after, "managedFields"),
                            is_created ? nullptr : &before, "");
        }
        Value settled = *after;
        settled.at({"metadata", "managedFields"}) = managed_fields(outcome.object);
        expect_managers(is_created ? outcome.object : settle_times(before, settled), *after);
    } catch (const StatusError& e) {
        ASSERT_TRUE(step.find("refusal")) << e.message;
        expect_refusal(e, *step.find("refusal"));
    }
}

// The object as the verb hands it to tracking: what it becomes, with the managers that the client sent or read.
void replay_update(const Value& step, const Value& body) {
    const Value& before = *step.find("before");
    ASSERT_TRUE(step.find("after")) << json::to_json(*step.find("refusal"));
    Value after = *step.find("after");
    Value sent = before.is_null() ? body : body.is_array() ? json_patch(before, body) : merge_patch(before, body);
    after = without(after, "managedFields");
    if (const Value* managers = sent.find_path({"metadata", "managedFields"}))
        after.at({"metadata", "managedFields"}) = *managers;
    const Kind kind = kind_of(after);
    const FieldManager manager = manager_of(step, kind, after.text("apiVersion"));
    expect_managers(settle_times(before, track_update(before, after, *kind.type, manager)), *step.find("after"));
}

TEST(Apply, HasTheOwnersThatKubeApiserverHad) {
    const std::string folder = std::string(MIZZEN_SOURCE_DIR) + "/mizzen/apiserver/apply/testdata";
    int steps = 0;
    for (const auto& file : std::filesystem::directory_iterator(folder)) {
        const auto story = recorded(MIZZEN_SOURCE_DIR, "apply/testdata/" + file.path().filename().string());
        for (std::size_t i = 0; i < story.size(); ++i, ++steps) {
            const Value& body = *story[i].find("body");
            SCOPED_TRACE(file.path().stem().string() + " step " + std::to_string(i) + " " +
                         std::string(story[i].text("op")) + " by " + std::string(story[i].text("manager")) + ": " +
                         json::to_json(body));
            if (story[i].text("op") == "apply")
                replay_apply(story[i], body);
            else
                replay_update(story[i], body);
        }
    }
    EXPECT_GT(steps, 180);
}

}  // namespace
}  // namespace mizzen::apiserver
