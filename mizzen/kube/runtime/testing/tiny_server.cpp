// SPDX-License-Identifier: Apache-2.0
// The few rules of the API that controllers lean on.
#include "mizzen/kube/runtime/testing/tiny_server.hpp"

#include <algorithm>
#include <charconv>

#include "mizzen/base/error.hpp"
#include "mizzen/json/json.hpp"

namespace mizzen::kube::testing {
namespace {

std::vector<std::string_view> split(std::string_view path) {
    std::vector<std::string_view> parts;
    for (std::size_t at = 1; at <= path.size();) {
        std::size_t end = std::min(path.find('/', at), path.size());
        parts.push_back(path.substr(at, end - at));
        at = end + 1;
    }
    return parts;
}

net::Response reply(int status, const json::Value& body) {
    return {
        .status = status, .headers = {{"Content-Type", "application/json"}}, .body = net::Body(json::to_json(body))};
}

net::Response refuse(int code, const char* reason, std::string message) {
    return reply(code,
                 json::Object{{"kind", "Status"}, {"code", code}, {"reason", reason}, {"message", std::move(message)}});
}

// RFC 7386.
void merge(json::Value& into, const json::Value& patch) {
    if (!patch.is_object()) {
        into = patch;
        return;
    }
    if (!into.is_object()) into = json::Object{};
    for (auto& [key, value] : patch.as_object()) {
        if (value.is_null()) {
            into.erase(key);
        } else {
            merge(into[key], value);
        }
    }
}

}  // namespace

TinyServer::Place TinyServer::place_of(std::string_view path) {
    auto parts = split(path);
    Place place;
    std::size_t at = parts[0] == "api" ? 2 : 3;
    for (std::size_t i = 0; i < at; ++i) place.group_version.append("/").append(parts[i]);
    if (parts.size() > at + 2 && parts[at] == "namespaces") {
        place.ns = parts[at + 1];
        at += 2;
    }
    if (at < parts.size()) place.plural = parts[at++];
    if (at < parts.size()) place.name = parts[at++];
    if (at < parts.size()) place.subresource = parts[at];
    return place;
}

std::string TinyServer::id_of(const Place& place) { return place.collection() + " " + place.ns + "/" + place.name; }

Task<net::Response> TinyServer::send(net::Request request) {
    ++calls_;
    const Place place = place_of(request.path());
    const bool writes = request.method != "GET" && place.plural != "events";
    const bool fails = writes && fail_at_ > 0 && --fail_at_ == 0;
    if (fails && !fail_late_) throw Error(ErrorKind::retry, "the connection broke");
    if (writes) writes_ += request.method + " " + std::string(request.path()) + "\n";
    net::Response response = answer(request, place);
    if (fails) throw Error(ErrorKind::retry, "the connection broke before the answer came");
    co_return response;
}

net::Response TinyServer::answer(const net::Request& request, const Place& place) {
    if (std::find(missing.begin(), missing.end(), place.collection()) != missing.end())
        return refuse(404, "NotFound", "the server could not find the requested resource");
    if (request.method != "GET") return write(request, place);
    return net::Query::parse(request.query()).flag("watch") ? watch(request, place) : read(place);
}

net::Response TinyServer::read(const Place& place) const {
    if (place.name.empty()) return reply(200, list(place));
    auto found = objects_.find(id_of(place));
    if (found == objects_.end()) return refuse(404, "NotFound", place.plural + " \"" + place.name + "\" not found");
    return reply(200, found->second);
}

json::Value TinyServer::list(const Place& place) const {
    json::Array items;
    for (auto& [id, object] : objects_) {
        const Place& at = places_.at(id);
        if (at.collection() == place.collection() && (place.ns.empty() || at.ns == place.ns)) items.push_back(object);
    }
    return json::Object{{"metadata", json::Object{{"resourceVersion", std::to_string(version_)}}},
                        {"items", std::move(items)}};
}

net::Response TinyServer::watch(const net::Request& request, const Place& place) {
    net::Query query = net::Query::parse(request.query());
    const bool initial = query.flag("sendInitialEvents");
    if (initial && !streams_lists) return refuse(422, "Invalid", "sendInitialEvents is forbidden");
    Watching watching{place.collection(), place.ns, version_, std::make_shared<Feed>()};
    if (initial) {
        const json::Value all = list(place);
        for (auto& item : all.find("items")->as_array()) watching.feed->event("ADDED", json::to_json(item));
        watching.feed->event("BOOKMARK", R"({"metadata":{"resourceVersion":")" + std::to_string(version_) +
                                             R"(","annotations":{"k8s.io/initial-events-end":"true"}}})");
    } else {
        std::string_view text = query.text("resourceVersion");
        std::from_chars(text.data(), text.data() + text.size(), watching.from);
        if (watching.from < oldest_) return refuse(410, "Expired", "too old resource version");
        if (!held_) deliver(watching);
    }
    net::Response response{.status = 200, .headers = {}, .body = feed_body(watching.feed)};
    watches_.push_back(std::move(watching));
    return response;
}

void TinyServer::deliver(Watching& watching) {
    for (auto& event : history_) {
        if (event.version <= watching.from || event.collection != watching.collection) continue;
        watching.from = event.version;
        if (watching.ns.empty() || event.ns == watching.ns) watching.feed->event(event.type, event.object);
    }
}

void TinyServer::release_events() {
    held_ = false;
    for (auto& watching : watches_) deliver(watching);
}

void TinyServer::tell(std::string_view type, const Place& place, json::Value object) {
    history_.push_back({version_, std::string(type), place.collection(), place.ns, json::to_json(object)});
    if (!held_) release_events();
}

void TinyServer::cut_watches(bool forget) {
    for (auto& watching : std::exchange(watches_, {})) watching.feed->breaks();
    if (forget) oldest_ = ++version_;
}

json::Value TinyServer::store(const Place& place, json::Value object) {
    const std::string id = id_of(place);
    auto known = objects_.find(id);
    const bool is_new = known == objects_.end();
    if (!is_new) object["metadata"]["resourceVersion"] = known->second["metadata"]["resourceVersion"];
    if (!is_new && object == known->second) return object;
    json::Value& metadata = object["metadata"];
    auto spec_of = [](const json::Value& of) {
        const json::Value* spec = of.find("spec");
        return spec == nullptr ? json::Value() : *spec;
    };
    const bool spec_changed = is_new || spec_of(object) != spec_of(known->second);
    if (is_new) metadata["uid"] = "uid-" + std::to_string(++uids_);
    metadata["name"] = place.name;
    if (!place.ns.empty()) metadata["namespace"] = place.ns;
    if (spec_changed) metadata["generation"] = metadata.integer({"generation"}) + 1;
    metadata["resourceVersion"] = std::to_string(++version_);
    const json::Value* finalizers = metadata.find("finalizers");
    if (metadata.find("deletionTimestamp") && (finalizers == nullptr || finalizers->as_array().empty())) {
        objects_.erase(id);
        tell("DELETED", place, object);
        return object;
    }
    objects_[id] = object;
    places_[id] = place;
    tell(is_new ? "ADDED" : "MODIFIED", place, object);
    return object;
}

net::Response TinyServer::write(const net::Request& request, Place place) {
    std::string_view text = request.body.bytes().view();
    json::Value body = text.empty() ? json::Value() : json::parse(text);
    if (request.method == "POST") return create(std::move(place), std::move(body));
    const bool applies = request.headers.find("Content-Type").value_or("").starts_with("application/apply-patch");
    if (!objects_.contains(id_of(place))) {
        if (!applies) return refuse(404, "NotFound", place.plural + " \"" + place.name + "\" not found");
        return reply(201, store(place, std::move(body)));
    }
    if (request.method == "DELETE") {
        std::string_view uid = body.text({"preconditions", "uid"});
        if (!uid.empty() && uid != objects_.at(id_of(place)).text({"metadata", "uid"}))
            return refuse(409, "Conflict", "another uid");
        return destroy(place);
    }
    return change(request, place, body);
}

net::Response TinyServer::create(Place place, json::Value object) {
    if (place.name.empty()) place.name = object.text({"metadata", "name"});
    if (objects_.contains(id_of(place)))
        return refuse(409, "AlreadyExists", place.plural + " \"" + place.name + "\" already exists");
    return reply(201, store(place, std::move(object)));
}

net::Response TinyServer::change(const net::Request& request, const Place& place, const json::Value& body) {
    json::Value object = objects_.at(id_of(place));
    std::string_view wanted = body.text({"metadata", "resourceVersion"});
    if (!wanted.empty() && wanted != object.text({"metadata", "resourceVersion"}))
        return refuse(409, "Conflict", "the object has been modified");
    if (place.subresource == "status") {
        if (const json::Value* status = body.find("status")) merge(object["status"], *status);
    } else if (request.method == "PUT") {
        json::Value uid = object["metadata"]["uid"], generation = object["metadata"]["generation"];
        object = body;
        object["metadata"]["uid"] = std::move(uid);
        object["metadata"]["generation"] = std::move(generation);
    } else {
        merge(object, body);
    }
    Place whole = place;
    whole.subresource.clear();
    return reply(200, store(whole, std::move(object)));
}

net::Response TinyServer::destroy(const Place& place) {
    json::Value object = objects_.at(id_of(place));
    const json::Value* finalizers = object.find_path({"metadata", "finalizers"});
    if (finalizers != nullptr && !finalizers->as_array().empty()) {
        if (object.find_path({"metadata", "deletionTimestamp"}) == nullptr)
            object["metadata"]["deletionTimestamp"] = "2026-01-01T00:00:00Z";
        return reply(200, store(place, std::move(object)));
    }
    objects_.erase(id_of(place));
    object["metadata"]["resourceVersion"] = std::to_string(++version_);
    tell("DELETED", place, std::move(object));
    return reply(200, json::Object{{"kind", "Status"}, {"status", "Success"}});
}

void TinyServer::put(const std::string& path, json::Value object) { store(place_of(path), std::move(object)); }

void TinyServer::patch(const std::string& path, const json::Value& change) {
    const Place place = place_of(path);
    json::Value object = objects_.at(id_of(place));
    merge(object, change);
    store(place, std::move(object));
}

void TinyServer::remove(const std::string& path) { destroy(place_of(path)); }

const json::Value* TinyServer::find(const std::string& path) const {
    auto found = objects_.find(id_of(place_of(path)));
    return found == objects_.end() ? nullptr : &found->second;
}

std::string TinyServer::take_writes() { return std::exchange(writes_, {}); }

}  // namespace mizzen::kube::testing
