// SPDX-License-Identifier: Apache-2.0
// watch: what a client asked for becomes a plan, and the plan a body that never hurries to end.
#include "mizzen/apiserver/machinery.hpp"
#include "mizzen/apiserver/request/respond.hpp"
#include "mizzen/apiserver/verbs/list_options.hpp"
#include "mizzen/apiserver/verbs/revision_wait.hpp"
#include "mizzen/apiserver/verbs/verbs.hpp"
#include "mizzen/apiserver/verbs/watch_source.hpp"

namespace mizzen::apiserver {
namespace {

// Clients that do not say how long come back after half an hour to an hour, not all at once.
constexpr std::int64_t shortest_seconds = 1800;

Duration duration_of(const ListOptions& options, Random& random) {
    std::int64_t seconds = options.timeout_seconds.value_or(0);
    if (seconds <= 0) seconds = shortest_seconds + static_cast<std::int64_t>(random.below(shortest_seconds));
    return std::chrono::seconds(std::min<std::int64_t>(seconds, 1 << 30));
}

WatchPlan plan_of(const ListOptions& options, Machinery& server) {
    WatchPlan plan{.bookmarks = options.bookmarks, .duration = duration_of(options, server.loop.random())};
    std::uint64_t wanted = options.revision.value_or(0);
    bool from_now = wanted == 0 || options.send_initial_events;
    plan.after = from_now ? server.store.revision() : wanted;
    plan.initial_state = from_now && options.initial_events_asked.value_or(true);
    plan.initial_events_bookmark = options.send_initial_events && options.bookmarks;
    return plan;
}

Include include_of(const Call& call) {
    std::string_view include = call.query.text("includeObject");
    return include == "None" ? Include::none : include == "Object" ? Include::object : Include::metadata;
}

}  // namespace

Task<net::Response> watch_objects(Call& call) {
    ListOptions options = parse_list_options(call, true);
    Selection selection = Selection::of(call);
    if (call.accepted.form == Form::table && options.send_initial_events)
        throw not_acceptable({"application/json;stream=watch"});
    if (options.send_initial_events && options.revision) co_await await_revision(call.server, *options.revision);
    WatchFrames frames(call.server, call.accepted, include_of(call));
    net::Response response{.status = 200,
                           .headers = {{"content-type", "application/json"}, {"cache-control", "no-cache, private"}}};
    response.body = std::unique_ptr<net::Body::Source>(
        std::make_unique<WatchSource>(call.server, call.resource, std::move(selection), std::move(frames),
                                      plan_of(options, call.server), call.server.metrics.watch(call.info)));
    co_return response;
}

}  // namespace mizzen::apiserver
