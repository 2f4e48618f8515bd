// SPDX-License-Identifier: Apache-2.0
// Implements aggregation.hpp.
#include "mizzen/apiserver/auth/aggregation.hpp"

#include <algorithm>

#include "mizzen/apiserver/selector/selector.hpp"
#include "mizzen/apiserver/status.hpp"
#include "mizzen/json/json.hpp"

namespace mizzen::apiserver {
namespace {

// Roles that aggregate may be aggregated themselves: admin has edit, which has view.
constexpr int longest_chain = 8;

std::vector<LabelSelector> selectors_of(const json::Value& role) {
    std::vector<LabelSelector> out;
    const json::Value* list = role.find_path({"aggregationRule", "clusterRoleSelectors"});
    if (!list || !list->is_array()) return out;
    for (const json::Value& selector : list->as_array()) {
        try {
            out.push_back(LabelSelector::from_value(selector));
        } catch (const StatusError&) {
            continue;  // selects nothing
        }
    }
    return out;
}

json::Array rules_for(const Collection& roles, const Record& self, const std::vector<LabelSelector>& selectors) {
    json::Array rules;
    roles.each("", "", [&](const RecordPtr& other) {
        const json::Value* labels = other->labels.is_null() ? nullptr : &other->labels;
        bool selected =
            std::any_of(selectors.begin(), selectors.end(), [&](const LabelSelector& s) { return s.matches(labels); });
        if (!selected || other->key == self.key) return true;
        json::Value role = json::parse(other->json);
        if (const json::Value* its = role.find("rules"); its && its->is_array())
            for (const json::Value& rule : its->as_array())
                if (std::find(rules.begin(), rules.end(), rule) == rules.end()) rules.push_back(rule);
        return true;
    });
    return rules;
}

bool aggregate_once(Store& store, Collection& roles) {
    std::vector<RecordPtr> all;
    roles.each("", "", [&](const RecordPtr& record) { return all.push_back(record), true; });
    bool changed = false;
    for (const RecordPtr& record : all) {
        if (record->json.view().find("\"aggregationRule\"") == std::string_view::npos) continue;
        json::Value role = json::parse(record->json);
        if (!role.find_path({"aggregationRule", "clusterRoleSelectors"})) continue;
        json::Value rules = rules_for(roles, *record, selectors_of(role));
        if (const json::Value* old = role.find("rules"); old && *old == rules) continue;
        role["rules"] = std::move(rules);
        store.put(roles, record->key, std::move(role));
        changed = true;
    }
    return changed;
}

}  // namespace

void aggregate_cluster_roles(Store& store) {
    Collection& roles = store.collection("clusterroles.rbac.authorization.k8s.io");
    for (int i = 0; i < longest_chain && aggregate_once(store, roles); ++i) {
    }
}

}  // namespace mizzen::apiserver
