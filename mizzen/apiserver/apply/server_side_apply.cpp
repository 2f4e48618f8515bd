// SPDX-License-Identifier: Apache-2.0
// Server-side apply: merge, prune what the manager gave up, find conflicts, write down who owns what.
#include <fmt/format.h>

#include <algorithm>

#include "mizzen/apiserver/apply/tracking.hpp"

namespace mizzen::apiserver {
namespace {

using json::Value;
using kube::schema::Type;

std::string readable_kind(const Value& config) {
    auto version = config.text("apiVersion");
    auto prefix = version.find('/') == std::string_view::npos ? "/" : "";
    return fmt::format("{}{}, Kind={}", prefix, version, config.text("kind"));
}

void require_valid(const Value& config, const Type& type, const FieldManager& manager) {
    if (config.text("apiVersion") != manager.api_version) {
        throw bad_request(
            fmt::format("Incorrect version specified in apply patch. Specified patch version: {}, expected: {}",
                        config.text("apiVersion"), manager.api_version));
    }
    const Value* sent = config.find_path({"metadata", "managedFields"});
    if (sent && !sent->is_null()) throw bad_request("metadata.managedFields must be nil");
    auto problems = type_problems(config, type);
    if (problems.empty()) return;
    StatusError e;
    e.message = fmt::format("failed to create typed patch object ({}/{}; {}): ", config.text({"metadata", "namespace"}),
                            config.text({"metadata", "name"}), readable_kind(config));
    e.message += problems.size() == 1 ? problems[0] : fmt::format("errors:\n  {}", fmt::join(problems, "\n  "));
    e.reason = "";
    throw e;
}

// As a message names it.
std::string readable_manager(const ManagerEntry& entry) {
    std::string out = quoted(entry.name);
    if (!entry.subresource.empty()) out += fmt::format(" with subresource {}", quoted(entry.subresource));
    if (!entry.applies) out += fmt::format(" using {}", entry.api_version);
    return out;
}

// One apply on its way.
class Apply {
  public:
    Apply(const Value& live, const Value& config, const Type& type, const FieldManager& manager)
        : live_(live), config_(config), type_(type), manager_(manager), own_(entry_of(manager, true)) {
        managers_ = Managers::parse(live.find_path({"metadata", "managedFields"})).value_or(Managers());
        adopt_what_has_no_manager();
        freshen(managers_, type, manager);
    }

    ApplyOutcome run(bool force) {
        Value merged = live_.is_object() ? live_ : Value(json::Object());
        merge_config(merged, config_, type_);
        const FieldSet last = claim(), gone = given_up(merged, last);
        Difference d = changes(merged, gone);
        auto lost = conflicts(d);
        bool may_take_over = force || lost.empty() || is_all_last_applied(lost);
        if (!may_take_over) return {.object = nullptr, .conflicts = std::move(lost)};
        hand_over(d);
        remove_fields(merged, gone, type_, Emptied::goes);
        return {.object = finished(std::move(merged)), .conflicts = {}};
    }

  private:
    // Before the first apply, whoever wrote the object did so under one name.
    void adopt_what_has_no_manager() {
        if (!managers_.empty() || !live_.is_object()) return;
        FieldManager before = manager_;
        before.name = "before-first-apply";
        record_update(managers_, Value(json::Object()), live_, type_, before);
    }

    // Puts the fields of the configuration into the manager's entry; returns those it had before.
    FieldSet claim() {
        FieldSet fields = fields_of(config_, type_);
        apply_reset(fields, manager_.reset);
        ManagerEntry& own = managers_.find_or_add(own_);
        own.api_version = manager_.api_version;
        return std::exchange(own.fields, std::move(fields));
    }

    // What the manager applied last time, leaves out now, and nobody else owns.
    FieldSet given_up(const Value& merged, const FieldSet& last) {
        if (last.is_subset_of(managers_.find(own_)->fields)) return {};
        auto declared = [&](FieldSet set) {
            set.make_declared_fields_members(type_);
            return set;
        };
        auto without = [&](const FieldSet& unwanted) {
            Value rest = merged;
            remove_fields(rest, unwanted, type_, Emptied::becomes_null);
            return declared(fields_of(rest, type_));
        };
        const FieldSet had = declared(last), all = declared(fields_of(merged, type_));

        // What goes along with its container, but is owned by somebody, stays.
        FieldSet kept = without(had);
        for (const auto& entry : managers_.entries()) kept.unite(declared(entry.fields));
        FieldSet gone = all;
        gone.subtract(kept);

        // What nobody owned, neither the manager, stays too.
        FieldSet out = all;
        out.subtract(without(gone));
        return out.intersection(had);
    }

    Difference changes(const Value& merged, const FieldSet& gone) {
        if (gone.empty()) return tracked_difference(live_, merged, type_, manager_.reset);
        Value rest = merged;
        remove_fields(rest, gone, type_, Emptied::becomes_null);
        return tracked_difference(live_, rest, type_, manager_.reset);
    }

    std::vector<ApplyConflict> conflicts(const Difference& d) {
        std::vector<std::pair<std::string, FieldSet>> found;
        for (const auto& entry : managers_.entries()) {
            if (entry.is_same_as(own_)) continue;
            if (auto both = entry.fields.intersection(d.changed); !both.empty())
                found.emplace_back(readable_manager(entry), std::move(both));
        }
        std::ranges::sort(found, {}, &std::pair<std::string, FieldSet>::first);
        std::vector<ApplyConflict> out;
        for (const auto& [name, fields] : found) {
            fields.for_each([&](const std::string& path) { out.push_back({name, path}); });
        }
        return out;
    }

    // Leaves in `lost` the conflicts that remain for kubectl, if any do.
    bool is_all_last_applied(std::vector<ApplyConflict>& lost) {
        if (manager_.name != "kubectl") return false;
        std::vector<std::string> allowed;
        last_applied_fields(live_, type_, manager_.api_version).for_each([&](const std::string& path) {
            allowed.push_back(path);
        });
        std::ranges::sort(allowed);
        std::erase_if(lost, [&](const ApplyConflict& c) { return std::ranges::binary_search(allowed, c.field); });
        return lost.empty();
    }

    void hand_over(const Difference& d) {
        for (auto& entry : managers_.entries()) {
            if (entry.is_same_as(own_)) continue;
            entry.fields.subtract(d.changed);
            entry.fields.subtract(d.removed);
        }
        managers_.find(own_)->fields.subtract(unowned_fields());
        managers_.drop_empty();
    }

    Value finished(Value merged) {
        if (auto* own = managers_.find(own_); own && has_time(manager_) && merged != live_) own->time = manager_.now;
        set_managers(merged, std::move(managers_));
        if (manager_.name == "kubectl") update_last_applied(merged, config_);
        return merged;
    }

    const Value& live_;
    const Value& config_;
    const Type& type_;
    const FieldManager& manager_;
    ManagerEntry own_;
    Managers managers_;
};

}  // namespace

ApplyOutcome server_side_apply(const Value& live, const Value& config, const Type& type, const FieldManager& manager,
                               bool force) {
    require_valid(config, type, manager);
    if (!config.find_path({"metadata", "managedFields"})) return Apply(live, config, type, manager).run(force);
    Value without_null = config;
    without_null.find("metadata")->erase("managedFields");
    return Apply(live, without_null, type, manager).run(force);
}

StatusError apply_conflict(const std::vector<ApplyConflict>& conflicts) {
    StatusError e;
    e.code = 409;
    e.reason = "Conflict";
    e.message = fmt::format("Apply failed with {} conflict{}: ", conflicts.size(), conflicts.size() == 1 ? "" : "s");
    std::string lines;
    for (std::size_t i = 0; i < conflicts.size(); ++i) {
        const auto& [manager, field] = conflicts[i];
        e.causes.push_back({"FieldManagerConflict", field, fmt::format("conflict with {}", manager)});
        if (conflicts.size() == 1)
            lines = fmt::format("conflict with {}: {}", manager, field);
        else if (i == 0 || conflicts[i - 1].manager != manager)
            lines += fmt::format("{}conflicts with {}:\n- {}", i == 0 ? "" : "\n", manager, field);
        else
            lines += fmt::format("\n- {}", field);
    }
    e.message += lines;
    return e;
}

}  // namespace mizzen::apiserver
