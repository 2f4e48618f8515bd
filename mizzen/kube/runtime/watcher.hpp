// SPDX-License-Identifier: Apache-2.0
// Watcher: keeps up with the objects of one kind for ever: lists, watches, resumes after breaks, lists again when
// history is gone. Source: Kubernetes API concepts, "Efficient detection of changes", "Streaming lists", "410 Gone
// responses".
#pragma once
#include <cstdint>
#include <string>
#include <string_view>

#include "mizzen/base/backoff.hpp"
#include "mizzen/base/error.hpp"
#include "mizzen/kube/client/client.hpp"
#include "mizzen/kube/client/request.hpp"
#include "mizzen/kube/client/watch.hpp"

namespace mizzen::kube {

struct WatcherOptions {
    std::string labels = {};
    std::string fields = {};
    // The state comes as a watch that begins with it, where the server can (1.32 and later); else as pages of a list.
    bool stream_list = true;
    int page = 500;
    // Between failures; never without a wait.
    Backoff backoff = {
        .first = std::chrono::milliseconds(500), .most = std::chrono::seconds(30), .jitter = Backoff::Jitter::equal};
    // How often to ask again for a kind that the server does not serve (yet).
    Duration ask_again = std::chrono::seconds(30);
};

// Is told what the watcher sees, in order. The calls must not throw but for Error(invalid) on an object that cannot be
// read, which is reported and skipped.
class WatchSink {
  public:
    virtual ~WatchSink() = default;
    // The state follows: each object once through changed(), then listed(). Again after history was lost.
    virtual void listing() = 0;
    // Both give the resourceVersion of the object.
    virtual std::string changed(std::string_view object) = 0;
    virtual std::string removed(std::string_view object) = 0;
    // What was not told since listing() does not exist.
    virtual void listed() = 0;
    // All up to this version has been told.
    virtual void reached(std::string_view resource_version) = 0;
    // The server does not serve the kind; asked again later. Counts as an empty list.
    virtual void not_served() = 0;
    // Something failed; the watcher goes on by itself after a wait.
    virtual void failed(const Error& error) = 0;
};

// Runs until cancelled. `sink` and `client` must outlive the task.
Task<> watch_forever(Client& client, request::Target target, WatcherOptions options, WatchSink& sink);

}  // namespace mizzen::kube
