// SPDX-License-Identifier: Apache-2.0
// Implements list_options.hpp.
#include "mizzen/apiserver/verbs/list_options.hpp"

#include <fmt/format.h>

#include <charconv>

#include "mizzen/apiserver/verbs/metadata.hpp"
#include "mizzen/apiserver/verbs/revision_wait.hpp"

namespace mizzen::apiserver {
namespace {

std::optional<std::int64_t> integer_parameter(const net::Query& query, std::string_view name) {
    std::string_view text = query.text(name);
    if (text.empty()) return std::nullopt;
    std::int64_t n = 0;
    auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), n);
    if (error != std::errc() || end != text.data() + text.size())
        throw bad_request(fmt::format("strconv.ParseInt: parsing \"{}\": invalid syntax", text));
    return n;
}

RevisionMatch parse_match(std::string_view text, std::vector<FieldError>& errors) {
    if (text == "Exact") return RevisionMatch::exact;
    if (text == "NotOlderThan") return RevisionMatch::not_older_than;
    if (!text.empty()) errors.push_back(not_supported("resourceVersionMatch", text, {"Exact", "NotOlderThan", ""}));
    return RevisionMatch::unset;
}

// What makes sense for a list and for a watch differs.
void check_match(const ListOptions& options, std::string_view revision, bool watch, std::vector<FieldError>& errors) {
    constexpr std::string_view field = "resourceVersionMatch";
    auto refuse = [&](std::string_view why) { errors.push_back(forbidden(std::string(field), std::string(why))); };
    if (options.initial_events_asked && !watch)
        errors.push_back(forbidden("sendInitialEvents", "sendInitialEvents is forbidden for list"));
    if (options.initial_events_asked && watch && options.match == RevisionMatch::unset)
        return refuse("sendInitialEvents requires setting resourceVersionMatch to NotOlderThan");
    if (options.match == RevisionMatch::unset) return;
    if (watch) {
        if (!options.initial_events_asked)
            refuse("resourceVersionMatch is forbidden for watch unless sendInitialEvents is provided");
        else if (options.match != RevisionMatch::not_older_than)
            errors.push_back(not_supported(std::string(field), "Exact", {"NotOlderThan"}));
        return;
    }
    if (options.resume) return refuse("resourceVersionMatch is forbidden when continue is provided");
    if (revision.empty()) return refuse("resourceVersionMatch is forbidden unless resourceVersion is provided");
    if (options.match == RevisionMatch::exact && revision == "0")
        refuse("resourceVersionMatch \"exact\" is forbidden for resourceVersion \"0\"");
}

}  // namespace

ListOptions parse_list_options(const Call& call, bool watch) {
    ListOptions options;
    std::vector<FieldError> errors;
    std::string_view revision = call.query.text("resourceVersion");
    options.match = parse_match(call.query.text("resourceVersionMatch"), errors);
    if (std::optional<std::string_view> asked = call.query.find("sendInitialEvents"))
        options.initial_events_asked = call.query.flag("sendInitialEvents");
    options.send_initial_events = options.initial_events_asked.value_or(false);
    if (std::string_view token = call.query.text("continue"); !token.empty()) options.resume = parse_continue(token);
    check_match(options, revision, watch, errors);
    if (!errors.empty()) throw invalid("meta.k8s.io", "ListOptions", "", errors);

    if (!revision.empty()) options.revision = parse_list_revision(revision);
    if (options.resume && options.revision.value_or(0) != 0)
        throw bad_request("specifying resource version is not allowed when using continue");
    if (std::int64_t limit = integer_parameter(call.query, "limit").value_or(0); limit > 0)
        options.limit = static_cast<std::size_t>(limit);
    options.timeout_seconds = integer_parameter(call.query, "timeoutSeconds");
    options.bookmarks = call.query.flag("allowWatchBookmarks");
    return options;
}

}  // namespace mizzen::apiserver
