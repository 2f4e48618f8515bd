// SPDX-License-Identifier: Apache-2.0
// Listing, watching, and starting over.
#include "mizzen/kube/runtime/watcher.hpp"

#include "mizzen/async/delay.hpp"
#include "mizzen/async/within.hpp"
#include "mizzen/kube/client/api_calls.hpp"
#include "mizzen/kube/client/api_error.hpp"
#include "mizzen/kube/client/detail/json_scan.hpp"

namespace mizzen::kube {
namespace {

using std::chrono::seconds;

// A server that does not know sendInitialEvents and ignores it never says that the state is complete.
constexpr Duration longest_silence_in_list = seconds(15);
// A watch that ends sooner than this counts as a failure: else a server that ends them at once would be asked without
// pause.
constexpr Duration shortest_watch = seconds(1);
// What breaks after so long is a first failure again: a balancer that drops quiet connections must not make the pauses
// grow.
constexpr Duration good_while = seconds(10);

class Watcher {
  public:
    Watcher(Client& client, request::Target target, WatcherOptions options, WatchSink& sink)
        : client_(client),
          calls_(client, std::move(target), nullptr),
          options_(std::move(options)),
          sink_(sink),
          stream_(options_.stream_list) {}

    Task<> run();

  private:
    Task<> once();
    Task<> list();
    Task<> follow(bool from_scratch);
    Task<std::optional<RawWatch::Event>> next(RawWatch& watch, bool in_list);
    bool take(const RawWatch::Event& event);
    void tell(Change change, std::string_view object);
    Duration after(const ApiError& error);
    Duration after_failure(const Error& error);
    Duration next_wait();

    Client& client_;
    ApiCalls calls_;
    WatcherOptions options_;
    WatchSink& sink_;
    bool stream_;           // the list may come as a watch
    bool in_pages_ = true;  // the list may come in pages
    std::string version_;   // all up to here is known; "" before the first list
    int failures_ = 0;
    Time begun_ = {};  // the try that runs
};

Task<> Watcher::run() {
    for (;;) {
        Duration wait{};
        begun_ = client_.loop().now();
        try {
            co_await once();
            if (client_.loop().now() - begun_ < shortest_watch) wait = next_wait();
        } catch (const Cancelled&) {
            throw;
        } catch (const ApiError& error) {
            wait = after(error);
        } catch (const Error& error) {
            wait = after_failure(error);
        }
        co_await delay(wait);
    }
}

Duration Watcher::after_failure(const Error& error) {
    sink_.failed(error);
    return std::max(error.retry_after().value_or(Duration::zero()), next_wait());
}

Duration Watcher::next_wait() {
    if (client_.loop().now() - begun_ >= good_while) failures_ = 0;
    return options_.backoff.delay(++failures_, client_.loop().random());
}

Duration Watcher::after(const ApiError& error) {
    const bool listing = version_.empty();
    if (error.code() == 404) {
        version_.clear();
        sink_.not_served();
        return options_.ask_again;
    }
    if (error.is_expired()) {
        // A list that expired between its pages is asked for whole; otherwise it could expire for ever.
        in_pages_ = !listing;
        version_.clear();
    } else if (listing && stream_ && (error.code() == 400 || error.code() == 422)) {
        stream_ = false;
        return Duration::zero();
    }
    return after_failure(error);
}

Task<> Watcher::once() {
    const bool from_scratch = version_.empty();
    if (from_scratch && !stream_) co_await list();
    co_await follow(from_scratch && stream_);
}

Task<> Watcher::list() {
    sink_.listing();
    ListOptions options{.labels = options_.labels, .fields = options_.fields, .limit = in_pages_ ? options_.page : 0};
    std::string version;
    do {
        RawList page = co_await calls_.page(options);
        for (std::string_view item : page.items) tell(Change::added, item);
        version = std::move(page.resource_version);
        options.from = std::move(page.next);
        co_await yield();
    } while (!options.from.empty());
    in_pages_ = true;
    sink_.listed();
    version_ = std::move(version);
    sink_.reached(version_);
}

Task<std::optional<RawWatch::Event>> Watcher::next(RawWatch& watch, bool in_list) {
    if (!in_list) co_return co_await watch.next();
    const Context& here = co_await context();
    try {
        co_return co_await timeout(longest_silence_in_list, watch.next());
    } catch (const Cancelled&) {
        if (here.cancel != nullptr && here.cancel->cancelled()) throw;
    }
    stream_ = false;
    throw Error(ErrorKind::retry,
                "the server does not say that its initial events have ended; it is asked for a list from now on");
}

Task<> Watcher::follow(bool from_scratch) {
    WatchOptions options{.labels = options_.labels,
                         .fields = options_.fields,
                         .resource_version = version_,
                         .send_initial_events = from_scratch};
    if (from_scratch) sink_.listing();
    auto opening = RawWatch::open(client_, calls_.target(), std::move(options));
    RawWatch watch = co_await std::move(opening);
    for (bool in_list = from_scratch;;) {
        auto event = co_await next(watch, in_list);
        if (!event) break;
        if (take(*event)) in_list = false;
        if (!in_list) failures_ = 0;
    }
    if (version_.empty()) throw Error(ErrorKind::retry, "the watch ended before the state was complete");
}

// True at the bookmark that ends the initial events.
bool Watcher::take(const RawWatch::Event& event) {
    if (event.change != Change::bookmark) {
        tell(event.change, event.object);
        return false;
    }
    std::string_view metadata = detail::scan_member(event.object, "metadata");
    std::string_view notes = detail::scan_member(metadata, "annotations");
    const bool ends_list = !notes.empty() && !detail::scan_member(notes, "k8s.io/initial-events-end").empty();
    if (ends_list) sink_.listed();
    // Before that end a version says nothing: what comes later may be older.
    if (ends_list || !version_.empty()) {
        version_ = detail::scan_string(detail::scan_member(metadata, "resourceVersion"));
        sink_.reached(version_);
    }
    return ends_list;
}

void Watcher::tell(Change change, std::string_view object) {
    try {
        std::string version = change == Change::deleted ? sink_.removed(object) : sink_.changed(object);
        if (!version_.empty()) version_ = std::move(version);
    } catch (const Error& error) {
        sink_.failed(error);
    }
}

}  // namespace

Task<> watch_forever(Client& client, request::Target target, WatcherOptions options, WatchSink& sink) {
    Watcher watcher(client, std::move(target), std::move(options), sink);
    co_await watcher.run();
}

}  // namespace mizzen::kube
