// SPDX-License-Identifier: Apache-2.0
// Tables against those of a real kube-apiserver (tools/peers/record_tables.py).
#include <gtest/gtest.h>
#include <fstream>
#include <iterator>

#include "mizzen/apiserver/table/table.hpp"
#include "mizzen/json/json.hpp"

namespace mizzen::apiserver {
namespace {

json::Array recorded(const std::string& name) {
    std::ifstream file(MIZZEN_SOURCE_DIR "/mizzen/apiserver/table/testdata/" + name);
    return json::parse(std::string(std::istreambuf_iterator<char>(file), {})).as_array();
}

// Without the descriptions, which have our words.
json::Array columns_of(const TableLayout& layout) {
    json::Value head = table_head(layout);
    json::Array out = head["columnDefinitions"].as_array();
    for (json::Value& definition : out) definition.erase("description");
    return out;
}

std::string group_of(const json::Value& object) {
    std::string_view api_version = object.text("apiVersion");
    return std::string(
        api_version.substr(0, api_version.find('/') == std::string_view::npos ? 0 : api_version.find('/')));
}

TEST(BuiltinTable, HasTheColumnsOfARealServer) {
    json::Array cases = recorded("columns.json");
    EXPECT_GT(cases.size(), 60U);
    for (const json::Value& c : cases) {
        const TableLayout& layout = builtin_layout(c.text("group"), c.text("kind"));
        EXPECT_EQ(json::to_json(columns_of(layout)), json::to_json(*c.find("columns")))
            << c.text("group") << ' ' << c.text("kind");
    }
}

TEST(BuiltinTable, HasTheCellsOfARealServer) {
    json::Array cases = recorded("rows.json");
    EXPECT_GT(cases.size(), 140U);
    for (const json::Value& c : cases) {
        const json::Value& object = *c.find("object");
        const TableLayout& layout = builtin_layout(group_of(object), object.text("kind"));
        json::Value row = table_row(layout, object, Include::none, *parse_rfc3339(c.text("now")));
        EXPECT_EQ(json::to_json(row["cells"]), json::to_json(*c.find("cells"))) << json::to_json(object);
        const json::Value* conditions = c.find("conditions");
        EXPECT_EQ(json::to_json(row["conditions"]), conditions ? json::to_json(*conditions) : "null")
            << json::to_json(object);
    }
}

TEST(CustomTable, HasTheCellsOfARealServer) {
    json::Array cases = recorded("custom.json");
    EXPECT_GT(cases.size(), 20U);
    for (const json::Value& c : cases) {
        auto layout = custom_layout(*c.find("columns"));
        json::Array shown = c.find("shown")->as_array();
        for (json::Value& column : shown) column.erase("description");
        EXPECT_EQ(json::to_json(columns_of(*layout)), json::to_json(shown)) << c.text("what");
        json::Array cells = layout->cells(*c.find("object"), *parse_rfc3339(c.text("now")));
        EXPECT_EQ(json::to_json(cells), json::to_json(*c.find("cells")))
            << c.text("what") << ' ' << json::to_json(*c.find("object"));
    }
}

}  // namespace
}  // namespace mizzen::apiserver
