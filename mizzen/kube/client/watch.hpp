// SPDX-License-Identifier: Apache-2.0
// Watch<K>: changes of objects as they happen, until the server ends the stream.
// Source: Kubernetes API concepts, "Efficient detection of changes".
#pragma once
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "mizzen/kube/client/client.hpp"
#include "mizzen/kube/client/object_codec.hpp"
#include "mizzen/kube/client/request.hpp"

namespace mizzen::kube {

enum class Change { added, modified, deleted, bookmark };
std::string_view to_string(Change);  // "ADDED", …

template <class K>
struct WatchEvent {
    Change change = Change::added;
    K object;                         // of a bookmark only metadata.resourceVersion counts
    bool initial_events_end = false;  // the bookmark after which the state is complete (sendInitialEvents)
};

// The events as JSON text, before any type is known.
class RawWatch {
  public:
    struct Event {
        Change change = Change::added;
        std::string_view object;  // valid until the next call of next()
    };
    // Opens the stream. Throws ApiError; is_expired() if the server's history no longer reaches back to the resource
    // version.
    static Task<RawWatch> open(Client& client, request::Target target, WatchOptions options);
    RawWatch(RawWatch&&) noexcept;
    RawWatch& operator=(RawWatch&&) noexcept;
    ~RawWatch();

    // The next event; nothing when the server ended the watch in order. Throws ApiError for an ERROR event,
    // Error(retry) when the stream broke off or stayed silent past its time, Cancelled. After a throw the watch is
    // over.
    Task<std::optional<Event>> next();

  private:
    struct Stream;
    explicit RawWatch(std::unique_ptr<Stream> stream);
    std::unique_ptr<Stream> stream_;
};

template <AnyKind K>
class Watch {
  public:
    explicit Watch(RawWatch raw) : raw_(std::move(raw)) {}

    // See RawWatch::next.
    Task<std::optional<WatchEvent<K>>> next() {
        auto raw = co_await raw_.next();
        if (!raw) co_return std::nullopt;
        WatchEvent<K> event{.change = raw->change, .object = decode_object<K>(raw->object)};
        auto& notes = event.object.metadata.annotations;
        event.initial_events_end = raw->change == Change::bookmark && notes.contains("k8s.io/initial-events-end");
        co_return event;
    }

  private:
    RawWatch raw_;
};

}  // namespace mizzen::kube
