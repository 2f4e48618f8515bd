// SPDX-License-Identifier: Apache-2.0
// What the verbs of Api can be asked: options as plain structs, for designated initialisers.
// Source: Kubernetes API reference, "Common Parameters", and API concepts.
#pragma once
#include <cstdint>
#include <optional>
#include <string>

#include "mizzen/base/time.hpp"
#include "mizzen/json/value.hpp"

namespace mizzen::kube {

struct GetOptions {
    std::string resource_version;  // "" is the newest; "0" lets the server answer from its cache
};

struct ListOptions {
    std::string labels = {};                  // label selector: "app=shop,tier in (web,api)"
    std::string fields = {};                  // field selector: "spec.nodeName=node-1"
    int limit = 500;                          // objects per page; 0 asks for all at once
    std::string from = {};                    // page() only: ObjectList::next of the page before
    std::string resource_version = {};        // "" is the newest; "0" any
    std::string resource_version_match = {};  // "NotOlderThan", "Exact"
};

struct WatchOptions {
    std::string labels = {};
    std::string fields = {};
    std::string resource_version = {};  // changes after this one; "" first sends what is there
    bool bookmarks = true;
    bool send_initial_events = false;  // the state as events, then a bookmark that says so (WatchList)
    // When the server ends the watch. Without it the client asks for 30 to 60 minutes, by chance, so that watches do
    // not end together. A connection that died is noticed sooner, by the pings of HTTP/2.
    std::optional<Duration> timeout = {};
    // How much later than that the client gives up on a server that went silent.
    Duration margin = std::chrono::seconds(5);
};

struct WriteOptions {
    std::string field_manager = {};  // the client's name if empty
    bool dry_run = false;            // everything but storing
    std::string validation = {};     // unknown fields: "Strict" refuses, "Warn", "Ignore"; the server's choice if empty
};

struct ApplyOptions {
    std::string field_manager = {};
    bool force = false;  // take fields that another manager owns, instead of a 409
    bool dry_run = false;
};

enum class Propagation { background, foreground, orphan };

struct RemoveOptions {
    std::optional<Propagation> propagation = {};  // what happens to dependents; the kind's default if absent
    std::optional<std::int64_t> grace_period_seconds = {};
    std::string uid = {};               // only this very object, not a later one of the same name
    std::string resource_version = {};  // only if unchanged
    bool dry_run = false;
};

// The body of a PATCH. force is for apply only and therefore not here.
class Patch {
  public:
    enum class Type { merge, json, strategic };
    // RFC 7386: members replace, null removes, lists are replaced whole.
    static Patch merge(json::Value body) { return {Type::merge, std::move(body)}; }
    // RFC 6902: a list of operations, all or none.
    static Patch json(json::Value operations) { return {Type::json, std::move(operations)}; }
    // As merge, but lists are merged by their keys; built-in kinds only.
    static Patch strategic(json::Value body) { return {Type::strategic, std::move(body)}; }

    Type type() const { return type_; }
    const json::Value& body() const { return body_; }

  private:
    Patch(Type type, json::Value body) : type_(type), body_(std::move(body)) {}
    Type type_;
    json::Value body_;
};

}  // namespace mizzen::kube
