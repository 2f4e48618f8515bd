// SPDX-License-Identifier: Apache-2.0
// The stream of a watch: one JSON document after the other.
#include "mizzen/kube/client/watch.hpp"

#include "mizzen/async/within.hpp"
#include "mizzen/json/json.hpp"
#include "mizzen/kube/client/api_error.hpp"
#include "mizzen/kube/client/detail/json_scan.hpp"

namespace mizzen::kube {
namespace {

using std::chrono::seconds;

// An event longer than this is no event: objects end at 3 MiB, and grow a little on the wire.
constexpr std::size_t longest_event = std::size_t{32} << 20;

int server_timeout(const WatchOptions& options, Random& random) {
    if (options.timeout) return static_cast<int>(std::chrono::ceil<seconds>(*options.timeout).count());
    return 1800 + static_cast<int>(random.below(1801));
}

Change change_of(std::string_view type) {
    if (type == "\"ADDED\"") return Change::added;
    if (type == "\"MODIFIED\"") return Change::modified;
    if (type == "\"DELETED\"") return Change::deleted;
    if (type == "\"BOOKMARK\"") return Change::bookmark;
    throw Error(ErrorKind::invalid, "the API server sent a watch event of type " + std::string(type.substr(0, 40)));
}

}  // namespace

std::string_view to_string(Change change) {
    switch (change) {
        case Change::added:
            return "ADDED";
        case Change::modified:
            return "MODIFIED";
        case Change::deleted:
            return "DELETED";
        case Change::bookmark:
            return "BOOKMARK";
    }
    return "";
}

struct RawWatch::Stream {
    Loop& loop;
    net::Body body;
    Time deadline;
    std::string name;         // of the resource, for messages
    std::string buffer = {};  // what came and is not yet told
    std::size_t line = 0;     // where the next event begins in it
    std::size_t seen = 0;     // up to where no line end is

    // The next line, without its end; nothing at the end of the stream.
    Task<std::optional<std::string_view>> next_line();
    Task<std::optional<Bytes>> more();
};

Task<std::optional<Bytes>> RawWatch::Stream::more() {
    co_return co_await within(
        std::max(deadline - loop.now(), Duration::zero()), body.next(),
        "the watch of " + name + " stayed silent past its time; the connection is taken for dead");
}

Task<std::optional<std::string_view>> RawWatch::Stream::next_line() {
    for (;;) {
        const std::size_t end = buffer.find('\n', std::max(seen, line));
        if (end != std::string::npos) {
            std::string_view found = std::string_view(buffer).substr(line, end - line);
            line = seen = end + 1;
            if (!found.empty()) co_return found;
            continue;
        }
        buffer.erase(0, line);
        line = 0;
        seen = buffer.size();
        if (seen > longest_event)
            throw Error(ErrorKind::invalid, "the watch of " + name + " sent an event without end");
        auto chunk = co_await more();
        if (!chunk) break;
        buffer += chunk->view();
    }
    // A last event without a line end is whole only if it reads as JSON; half of one is a broken connection.
    if (!buffer.empty()) throw Error(ErrorKind::retry, "the watch of " + name + " broke off inside an event");
    co_return std::nullopt;
}

RawWatch::RawWatch(std::unique_ptr<Stream> stream) : stream_(std::move(stream)) {}
RawWatch::RawWatch(RawWatch&&) noexcept = default;
RawWatch& RawWatch::operator=(RawWatch&&) noexcept = default;
RawWatch::~RawWatch() = default;

Task<RawWatch> RawWatch::open(Client& client, request::Target target, WatchOptions options) {
    Loop& loop = client.loop();
    const int limit = server_timeout(options, loop.random());
    const Duration longest = seconds(limit) + options.margin;
    auto stream = std::make_unique<Stream>(
        Stream{.loop = loop, .body = {}, .deadline = loop.now() + longest, .name = target.kind.resource_name()});
    net::Response response;
    try {
        response = co_await within(longest, client.open(request::watch(target, options, limit)), "no answer");
    } catch (Error& e) {
        e.add_context("while watching " + stream->name);
        throw;
    }
    stream->body = std::move(response.body);
    if (response.status != 200) {
        std::string body =
            co_await within(seconds(30), stream->body.read_all(std::size_t{1} << 20), "no reason for the refusal came");
        ApiError refusal(parse_status(response.status, body));
        refusal.add_context("while watching " + stream->name);
        throw refusal;
    }
    co_return RawWatch(std::move(stream));
}

Task<std::optional<RawWatch::Event>> RawWatch::next() {
    auto line = co_await stream_->next_line();
    if (!line) co_return std::nullopt;
    std::string_view type, object;
    for (auto& [key, value] : detail::scan_members(*line)) {
        if (key == "type") type = value;
        if (key == "object") object = value;
    }
    if (type == "\"ERROR\"") {
        ApiError refusal(parse_status(500, object));
        refusal.add_context("while watching " + stream_->name);
        throw refusal;
    }
    co_return Event{change_of(type), object};
}

}  // namespace mizzen::kube
