// SPDX-License-Identifier: Apache-2.0
// Counting, limiting and writing Events.
#include "mizzen/kube/runtime/events.hpp"

#include <algorithm>

#include "mizzen/base/error.hpp"
#include "mizzen/json/json.hpp"
#include "mizzen/kube/client/api_calls.hpp"

namespace mizzen::kube {
namespace {

constexpr std::size_t longest_message = 1024;

const DynamicKind event_kind("", "v1", "Event", "events");

std::string_view to_string(EventType type) { return type == EventType::normal ? "Normal" : "Warning"; }

std::string cut(std::string_view message) {
    if (message.size() <= longest_message) return std::string(message);
    std::size_t end = longest_message - 3;
    // Not inside a UTF-8 character.
    while (end > 0 && (static_cast<unsigned char>(message[end]) & 0xC0) == 0x80) --end;
    return std::string(message.substr(0, end)) + "...";
}

std::string ns_of(const ObjectRef& about) { return about.ns.empty() ? "default" : about.ns; }

json::Value reference(const ObjectRef& about) {
    json::Object out{{"apiVersion", about.api_version}, {"kind", about.kind}, {"name", about.name}, {"uid", about.uid}};
    if (!about.ns.empty()) out.set("namespace", about.ns);
    if (!about.resource_version.empty()) out.set("resourceVersion", about.resource_version);
    return out;
}

}  // namespace

ObjectRef ObjectRef::to(const DynamicKind& kind, const ObjectMeta& metadata) {
    return {kind.api_version(), kind.kind, metadata.namespace_, metadata.name, metadata.uid, metadata.resource_version};
}

EventRecorder::EventRecorder(Client& client, std::string component, EventLimits limits)
    : client_(client), component_(std::move(component)), limits_(limits) {}

void EventRecorder::record(const ObjectRef& about, EventType type, std::string_view reason, std::string_view message,
                           std::string_view reporter) {
    forget_old();
    const Time now = client_.loop().now();
    const WallTime wall = client_.loop().wall();
    std::string text = cut(message);
    std::string id = about.uid + "/" + about.kind + "/" + about.name + "/" + std::string(to_string(type)) + "/" +
                     std::string(reason) + "/" + text;
    auto found = known_.find(id);
    if (found == known_.end()) {
        if (queue_.size() >= limits_.waiting || !may_report(about.uid)) {
            ++dropped_;
            return;
        }
        Known fresh{.about = about,
                    .type = type,
                    .reason = std::string(reason),
                    .message = std::move(text),
                    .reporter = reporter.empty() ? component_ : std::string(reporter),
                    .name = {},
                    .written = {},
                    .first = wall};
        found = known_.emplace(id, std::move(fresh)).first;
    }
    Known& event = found->second;
    ++event.count;
    event.seen = now;
    event.last = wall;
    enqueue(id, event);
}

bool EventRecorder::may_report(const std::string& uid) {
    const Time now = client_.loop().now();
    auto [found, fresh] = budgets_.try_emplace(uid, Budget{static_cast<double>(limits_.burst), now});
    Budget& budget = found->second;
    const double refilled =
        std::chrono::duration<double>(now - budget.at) / std::chrono::duration<double>(limits_.refill);
    budget = {std::min<double>(limits_.burst, budget.left + refilled), now};
    if (budget.left < 1) return false;
    budget.left -= 1;
    return true;
}

void EventRecorder::enqueue(const std::string& id, Known& event) {
    if (event.waiting) return;
    event.waiting = true;
    const Time now = client_.loop().now();
    queue_.emplace(event.written ? std::max(now, *event.written + limits_.rewrite) : now, id);
    changed_.notify_all();
}

void EventRecorder::forget_old() {
    const Time now = client_.loop().now();
    if (swept_ && now - *swept_ < std::chrono::minutes(1)) return;
    swept_ = now;
    std::erase_if(known_,
                  [&](const auto& entry) { return !entry.second.waiting && now - entry.second.seen > limits_.same; });
    std::erase_if(budgets_, [&](const auto& entry) { return now - entry.second.at > limits_.refill * limits_.burst; });
}

Task<> EventRecorder::run() {
    for (;;) {
        if (!queue_.empty() && queue_.begin()->first <= client_.loop().now()) {
            std::string id = queue_.extract(queue_.begin()).mapped();
            co_await send(std::move(id));
            continue;
        }
        if (!queue_.empty()) client_.loop().start(alarm_, queue_.begin()->first);
        co_await changed_.wait();
    }
}

Task<> EventRecorder::send(std::string id) {
    Known& event = known_.at(id);
    event.waiting = false;
    event.written = client_.loop().now();
    request::Target target{event_kind, ns_of(event.about)};
    net::Request request;
    if (event.name.empty()) {
        event.name = event.about.name + "." + client_.loop().random().name_suffix(16);
        json::Value body = json::Object{{"apiVersion", "v1"},
                                        {"kind", "Event"},
                                        {"metadata", json::Object{{"name", event.name}, {"namespace", target.ns}}},
                                        {"involvedObject", reference(event.about)},
                                        {"type", to_string(event.type)},
                                        {"reason", event.reason},
                                        {"message", event.message},
                                        {"source", json::Object{{"component", event.reporter}}},
                                        {"reportingComponent", event.reporter},
                                        {"reportingInstance", ""},
                                        {"firstTimestamp", to_rfc3339(event.first)},
                                        {"lastTimestamp", to_rfc3339(event.last)},
                                        {"count", event.count}};
        request = request::create(target, {}, json::to_json(body), {});
    } else {
        json::Value body = json::Object{{"count", event.count}, {"lastTimestamp", to_rfc3339(event.last)}};
        request = request::patch(target, event.name, Patch::merge(std::move(body)), {});
    }
    try {
        co_await client_.call(std::move(request));
        ++sent_;
    } catch (const Cancelled&) {
        throw;
    } catch (const Error&) {
        // Events are a courtesy: what cannot be written is dropped, and the next of its kind starts anew.
        ++dropped_;
        if (auto known = known_.find(id); known != known_.end()) known->second.name.clear();
    }
}

}  // namespace mizzen::kube
