// SPDX-License-Identifier: Apache-2.0
// Jobs and CronJobs.
#include <fmt/format.h>

#include <algorithm>

#include "mizzen/apiserver/kinds/kinds.hpp"
#include "mizzen/apiserver/kinds/metadata.hpp"
#include "mizzen/apiserver/kinds/pods/pod_rules.hpp"
#include "mizzen/apiserver/kinds/workloads/cron_schedule.hpp"
#include "mizzen/apiserver/kinds/workloads/workload_rules.hpp"

namespace mizzen::apiserver {
namespace {

using json::Value;

constexpr std::string_view old_uid_label = "controller-uid", uid_label = "batch.kubernetes.io/controller-uid";
constexpr std::string_view old_name_label = "job-name", name_label = "batch.kubernetes.io/job-name";

void check_failure_policy(const Place& policy) {
    for (auto& rule : policy.at("rules").items()) {
        auto action = rule.at("action"), codes = rule.at("onExitCodes"), conditions = rule.at("onPodConditions");
        static const std::vector<std::string_view> actions{"Count", "FailIndex", "FailJob", "Ignore"};
        if (action.text().empty())
            action.required("valid values: [\"Count\" \"FailIndex\" \"FailJob\" \"Ignore\"]");
        else if (!contains(actions, action.text()))
            action.unsupported(actions);
        constexpr auto both = "specifying both OnExitCodes and OnPodConditions is not supported";
        constexpr auto none = "specifying one of OnExitCodes and OnPodConditions is required";
        auto complain = [&](std::string_view why) {
            rule.errors().push_back({"FieldValueInvalid", rule.path(), fmt::format("Invalid value: {}", why)});
        };
        if (codes && conditions.filled())
            complain(both);
        else if (!codes && !conditions.filled())
            complain(none);
        if (!codes) continue;
        auto operation = codes.at("operator"), values = codes.at("values");
        if (operation.text().empty())
            operation.required("valid values: [\"In\" \"NotIn\"]");
        else
            operation.one_of({"In", "NotIn"});
        if (values.size() == 0) values.invalid(json::Value(nullptr), "at least one value is required");
        for (auto& value : values.items()) {
            if (value.integer() == 0 && operation.text() == "In") value.invalid("must not be 0 for the In operator");
        }
    }
}

void check_indexed(const Place& spec) {
    constexpr auto needs_indexed = "requires indexed completion mode";
    auto completions = spec.at("completions"), parallelism = spec.at("parallelism"),
         failed = spec.at("maxFailedIndexes");
    if (spec.at("completionMode").text() != "Indexed") {
        for (auto* member : {"backoffLimitPerIndex", "maxFailedIndexes", "successPolicy"}) {
            if (auto found = spec.at(member)) found.invalid(needs_indexed);
        }
        return;
    }
    if (!completions) completions.required("when completion mode is Indexed");
    if (parallelism.integer() > 100'000)
        parallelism.invalid("must be less than or equal to 100000 when completion mode is Indexed");
    if (completions && failed && failed.integer() > completions.integer())
        failed.invalid("must be less than or equal to completions");
}

void check_restart_policy(const Place& spec) {
    auto policy = spec.at({"template", "spec", "restartPolicy"});
    auto text = policy.text();
    if (text.empty() || text == "Always")
        policy.required("valid values: \"OnFailure\", \"Never\"");
    else if (text != "OnFailure" && text != "Never")
        policy.unsupported({"OnFailure", "Never"});
    else if (spec.at("podFailurePolicy") && text != "Never")
        policy.invalid("only \"Never\" is supported when podFailurePolicy is specified");
}

void check_job_spec(const Place& spec) {
    for (auto* member : {"parallelism", "completions", "activeDeadlineSeconds", "backoffLimit",
                         "ttlSecondsAfterFinished", "backoffLimitPerIndex", "maxFailedIndexes"}) {
        spec.at(member).not_negative();
    }
    if (spec.at("maxFailedIndexes") && !spec.at("backoffLimitPerIndex"))
        spec.at("backoffLimitPerIndex").required("when maxFailedIndexes is specified");
    if (auto mode = spec.at("completionMode"); mode && mode.text() != "NonIndexed" && mode.text() != "Indexed")
        mode.unsupported({"NonIndexed", "Indexed"});
    check_indexed(spec);
    check_failure_policy(spec.at("podFailurePolicy"));
    if (auto replacement = spec.at("podReplacementPolicy")) {
        if (spec.at("podFailurePolicy"))
            replacement.one_of({"Failed"}, false);
        else
            replacement.one_of({"Failed", "TerminatingOrFailed"}, false);
    }
    check_pod_template(spec.at("template"));
    check_restart_policy(spec);
}

void check_has_label(const Place& labels, std::string_view key, std::string_view wanted) {
    Place label(labels.at(key).find(), key_path(labels.path(), key), labels.errors());
    if (!label.find())
        label.required(fmt::format("must be '{}'", wanted));
    else if (label.text() != wanted)
        label.invalid(labels.value(), fmt::format("must be '{}'", wanted));
}

void check_generated_selector(const Value& job, const Place& spec) {
    if (spec.at("manualSelector").is_true() || !spec.at("selector")) return;
    auto uid = job.text({"metadata", "uid"}), name = job.text({"metadata", "name"});
    auto labels = spec.at({"template", "metadata", "labels"});
    check_has_label(labels, old_uid_label, uid);
    check_has_label(labels, old_name_label, name);
    check_has_label(labels, uid_label, uid);
    check_has_label(labels, name_label, name);
    Value expected = json::Object{
        {old_uid_label.data(), uid}, {uid_label.data(), uid}, {old_name_label.data(), name}, {name_label.data(), name}};
    std::vector<FieldError> unused;
    if (!selects(spec.at("selector"), Place(&expected, "", unused)))
        spec.at("selector").invalid("`selector` not auto-generated");
}

void check_job_update(const Place& spec, const Value& old) {
    auto before = [&](std::string_view member) { return old.find_path({"spec", member}); };
    if (spec.at("completionMode").text() != "Indexed") spec.at("completions").immutable(before("completions"));
    spec.at("selector").immutable(before("selector"));
    bool was_suspended = before("suspend") && before("suspend")->is_bool() && before("suspend")->as_bool();
    if (!was_suspended) spec.at("template").immutable(before("template"));
    for (auto* member : {"completionMode", "podFailurePolicy", "backoffLimitPerIndex", "managedBy", "successPolicy"})
        spec.at(member).immutable(before(member));
}

void check_time_zone(const Place& zone) {
    if (!zone) return;
    auto text = zone.text();
    if (text.empty()) return zone.invalid("timeZone must be nil or non-empty string");
    bool known_form = std::all_of(text.begin(), text.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
               std::string_view("/_+-.").find(c) != std::string_view::npos;
    });
    if (!known_form || text.find("..") != std::string_view::npos || text[0] == '-')
        return zone.invalid(fmt::format("unknown time zone {}", text));
    if (text == "Local" || text == "local")
        zone.invalid("timeZone must be an explicit time zone as defined in https://www.iana.org/time-zones");
}

}  // namespace

void prepare_job(json::Value& object) {
    object["status"] = json::Object();
    auto& spec = object["spec"];
    if (auto* manual = spec.find("manualSelector"); manual && manual->is_bool() && manual->as_bool()) return;
    auto uid = std::string(object.text({"metadata", "uid"})), name = std::string(object.text({"metadata", "name"}));
    auto add = [](Value& labels, std::string_view key, const std::string& value) {
        if (!labels.find(key)) labels[key] = value;
    };
    auto& labels = spec.at({"template", "metadata", "labels"});
    for (auto key : {old_name_label, name_label}) add(labels, key, name);
    for (auto key : {old_uid_label, uid_label}) add(labels, key, uid);
    add(spec.at({"selector", "matchLabels"}), uid_label, uid);
    // The labels of the template are the default of the job's own. A name that is no label is refused below, where it
    // was made one.
    auto copy = *spec.find_path({"template", "metadata", "labels"});
    if (is_empty(object.find_path({"metadata", "labels"})) && label_value(name).empty())
        object.at({"metadata", "labels"}) = std::move(copy);
}

void check_job(const json::Value& object, const json::Value* old, std::vector<FieldError>& errors) {
    Place spec(object.find("spec"), "spec", errors);
    auto selector = spec.at("selector");
    if (!old) check_generated_selector(object, spec);
    check_job_spec(spec);
    if (selector)
        check_label_selector(selector);
    else
        selector.required();
    check_selected(selector, spec.at("template"));
    if (old) check_job_update(spec, *old);
}

void check_cron_job(const json::Value& object, const json::Value* old, std::vector<FieldError>& errors) {
    Place cron(&object, "", errors);
    auto spec = cron.at("spec"), schedule = spec.at("schedule"), job = spec.at("jobTemplate"),
         name = cron.at({"metadata", "name"});
    if (schedule.text().empty()) {
        schedule.required();
    } else {
        if (auto problem = cron_problem(schedule.text()); !problem.empty()) schedule.invalid(problem);
        bool names_zone = schedule.text().find("TZ") != std::string_view::npos;
        bool was_there = old && old->text({"spec", "schedule"}).find("TZ") != std::string_view::npos;
        if (names_zone && spec.at("timeZone"))
            schedule.invalid("cannot use both timeZone field and TZ or CRON_TZ in schedule");
        else if (names_zone && !was_there)
            schedule.invalid("cannot use TZ or CRON_TZ in schedule, use timeZone field instead");
    }
    spec.at("startingDeadlineSeconds").not_negative();
    check_time_zone(spec.at("timeZone"));
    spec.at("concurrencyPolicy").one_of({"Allow", "Forbid", "Replace"});
    check_job_spec(job.at("spec"));
    if (auto selector = job.at({"spec", "selector"})) selector.invalid("`selector` will be auto-generated");
    if (auto manual = job.at({"spec", "manualSelector"}); manual.is_true()) manual.unsupported({"nil", "false"});
    spec.at("successfulJobsHistoryLimit").not_negative();
    spec.at("failedJobsHistoryLimit").not_negative();
    if (!old && name.text().size() > 52) name.invalid("must be no more than 52 characters");
}

}  // namespace mizzen::apiserver
