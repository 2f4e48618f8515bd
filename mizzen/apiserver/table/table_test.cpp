// SPDX-License-Identifier: Apache-2.0
#include "mizzen/apiserver/table/table.hpp"

#include <gtest/gtest.h>

#include "mizzen/json/json.hpp"

namespace mizzen::apiserver {
namespace {

WallTime at(std::string_view text) { return *parse_rfc3339(text); }

TEST(Table, RowShowsTheObjectAsMuchAsAskedFor) {
    json::Value object = json::parse(
        R"({"apiVersion":"v1","kind":"ServiceAccount","metadata":{"name":"a","creationTimestamp":"2026-01-01T00:00:00Z"},"secrets":[]})");
    const TableLayout& layout = builtin_layout("", "ServiceAccount");
    WallTime now = at("2026-01-01T01:30:00Z");
    EXPECT_EQ(json::to_json(table_row(layout, object, Include::none, now)), R"({"cells":["a","90m"],"object":null})");
    EXPECT_EQ(table_row(layout, object, Include::object, now)["object"], object);
    EXPECT_EQ(
        json::to_json(table_row(layout, object, Include::metadata, now)["object"]),
        R"({"apiVersion":"meta.k8s.io/v1","kind":"PartialObjectMetadata","metadata":{"creationTimestamp":"2026-01-01T00:00:00Z","name":"a"}})");
}

TEST(Table, HeadHasNoColumnsWhenTheyWereSent) {
    const TableLayout& layout = builtin_layout("", "ConfigMap");
    EXPECT_EQ(table_head(layout)["columnDefinitions"].as_array().size(), 3U);
    EXPECT_EQ(json::to_json(table_head(layout, false)),
              R"({"apiVersion":"meta.k8s.io/v1","columnDefinitions":null,"kind":"Table","metadata":{},"rows":[]})");
}

TEST(Table, OfAnUnknownKindShowsNameAndTime) {
    json::Value object = json::parse(R"({"metadata":{"name":"a","creationTimestamp":"2026-01-01T00:00:00Z"}})");
    EXPECT_EQ(json::to_json(builtin_layout("a.dev", "Thing").cells(object, at("2026-01-02T00:00:00Z"))),
              R"(["a","2026-01-01T00:00:00Z"])");
}

TEST(Table, OfAnythingAtAllHasAsManyCellsAsColumns) {
    for (std::string_view text :
         {"{}", "[]", "null", R"({"metadata":[],"spec":"x","status":3})",
          R"({"spec":{"template":7,"containers":{},"metrics":[3],"rules":[[]]},"status":{"conditions":[null]}})"}) {
        json::Value object = json::parse(text);
        for (auto [group, kind] : {std::pair{"", "Pod"},
                                   {"", "Node"},
                                   {"", "Service"},
                                   {"apps", "Deployment"},
                                   {"batch", "Job"},
                                   {"autoscaling", "HorizontalPodAutoscaler"},
                                   {"networking.k8s.io", "Ingress"},
                                   {"", "PersistentVolumeClaim"},
                                   {"events.k8s.io", "Event"},
                                   {"", "ResourceQuota"}}) {
            const TableLayout& layout = builtin_layout(group, kind);
            EXPECT_EQ(layout.cells(object, WallTime{}).size(), layout.columns().size()) << kind << ' ' << text;
        }
    }
}

TEST(CustomTable, WithoutColumnsShowsNameAndAge) {
    for (const json::Value& none : {json::Value(), json::Value(json::Array{})}) {
        auto layout = custom_layout(none);
        json::Value object = json::parse(R"({"metadata":{"name":"a","creationTimestamp":"2026-01-01T00:00:00Z"}})");
        EXPECT_EQ(json::to_json(layout->cells(object, at("2026-01-03T00:00:00Z"))), R"(["a","2d"])");
        EXPECT_EQ(layout->columns()[1].name, "Age");
    }
}

TEST(CustomTable, LeavesTheCellOfABrokenPathEmpty) {
    auto layout = custom_layout(
        json::parse(R"([{"name":"A","type":"string","jsonPath":".a["},{"name":"B","type":"string","jsonPath":".b"}])"));
    EXPECT_EQ(json::to_json(layout->cells(json::parse(R"({"metadata":{"name":"n"},"b":"x"})"), WallTime{})),
              R"(["n",null,"x"])");
}

}  // namespace
}  // namespace mizzen::apiserver
