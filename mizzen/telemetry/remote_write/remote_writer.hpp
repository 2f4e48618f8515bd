// SPDX-License-Identifier: Apache-2.0
// RemoteWriter: sends what a registry has counted to a receiver of Prometheus remote write, every so often.
#pragma once
#include <cstdint>
#include <deque>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "mizzen/async/alarm.hpp"
#include "mizzen/async/scope.hpp"
#include "mizzen/base/random.hpp"
#include "mizzen/net/http.hpp"
#include "mizzen/telemetry/fork/fork_watch.hpp"
#include "mizzen/telemetry/metrics/registry.hpp"
#include "mizzen/telemetry/otlp/exporter.hpp"
#include "mizzen/telemetry/remote_write/encode.hpp"

namespace mizzen::telemetry::remote_write {

struct RemoteWriterOptions {
    // From one collection to the next; never shorter than a millisecond, whatever is said here.
    Duration interval = std::chrono::seconds(15);
    // Snapshots that wait behind the one that is being sent, at least one. Twenty are five minutes of 15 s.
    std::size_t queue = 20;
    // What is tried first. A receiver that does not know 2.0 gets 1.0 from then on.
    Version version = Version::v2;
    std::string path = "/api/v1/write";
    // Sent with each request, such as a key or a tenant. Never shown.
    std::vector<std::pair<std::string, std::string>> headers = {};
    // For one attempt.
    Duration timeout = std::chrono::seconds(30);
    EncodeOptions encode = {};
};

// What became of samples and native histograms, together "points". Ever growing. taken == written + rejected + refused
// + dropped + abandoned + RemoteWriter::waiting().
struct RemoteWriterCounts {
    std::uint64_t collections = 0;
    std::uint64_t requests = 0;   // attempts
    std::uint64_t retries = 0;    // those that repeat one before
    std::uint64_t taken = 0;      // points to be told, marks of series that ended among them
    std::uint64_t written = 0;    // the receiver has them
    std::uint64_t rejected = 0;   // it took the request, but by its Written headers not these
    std::uint64_t refused = 0;    // it will never take them: 4xx but 429
    std::uint64_t dropped = 0;    // the queue was full
    std::uint64_t abandoned = 0;  // there was no more time at the end
    std::uint64_t exemplars = 0;  // written besides
    friend bool operator==(const RemoteWriterCounts&, const RemoteWriterCounts&) = default;
};

struct WriteVerdict;

// Collects on a grid of `interval`, the first time one interval after its construction, whatever the receiver does:
// what cannot be sent yet waits, and of a full queue the oldest snapshot is dropped. Sends in order, one request at a
// time. 5xx, 429, an answer that does not come and a connection that breaks are tried again, without end, after
// Retry-After (of which at most five minutes count) or a growing pause of up to 5 s; any other 4xx never. A request
// that is answered 415, or with a success but no word of what was written, is sent again as 1.0. Of series that end,
// and of all at the end, it tells so (stale markers), so that queries do not go on with their last values for five
// minutes. Source: Prometheus remote write specifications 1.0 and 2.0, prometheus.io/docs/specs/prw.
//
// After a fork the child's copy sends nothing: the connections and the snapshots are its parent's.
class RemoteWriter {
  public:
    // `transport` reaches the receiver (an HttpClient, in tests anything). It, `loop` and `registry` outlive the
    // writer, as does `observer`, which is told of every snapshot that is sent or dropped, if there is one.
    RemoteWriter(Loop& loop, const Registry& registry, net::Transport& transport, RemoteWriterOptions options,
                 Random random, otlp::ExportObserver* observer = nullptr);

    // Collects a last time, sends all that waits, then the marks that the series end, 1 ms later. When `limit` has
    // passed, or the receiver asks for a pause that would outlast it, the rest is abandoned. Being cancelled counts as
    // the limit. Gives the final counts.
    Task<RemoteWriterCounts> shut_down(Duration limit);

    const RemoteWriterCounts& counts() const { return counts_; }
    // Points that wait or are on their way.
    std::uint64_t waiting() const;
    // Which version the receiver is sent.
    Version version() const { return version_; }
    // What went wrong last, for people: one line, without headers and what is in them. Empty after a success.
    const std::string& problem() const { return problem_; }
    // What callbacks could not tell at the last collection (Snapshot::lost), for people.
    const std::vector<std::string>& lost() const { return lost_; }

  private:
    using Shared = std::shared_ptr<const Snapshot>;
    class Delivery;

    Task<> collect_on_grid();
    void collect();
    Task<> send_queue();
    Task<bool> send(Shared snapshot);
    Task<bool> send_marks();
    Task<bool> tell(const Snapshot& snapshot, const Telling& telling, Delivery& delivery);
    Task<WriteVerdict> deliver(const WriteRequest& request);
    Task<WriteVerdict> attempt(net::Request request, const Amount& sent);
    Task<bool> wait_until(Time due);
    Task<> until_ended();
    void lose(const Snapshot& snapshot, std::uint64_t& count, std::string_view error);
    void abandon();
    void say(std::string problem);

    Loop& loop_;
    const Registry& registry_;
    net::Transport& transport_;
    RemoteWriterOptions options_;
    Random random_;
    otlp::ExportObserver* observer_;
    struct Forks final : ForkWatch {};
    const Forks forks_;  // so that they are counted
    const std::uint64_t generation_ = fork_generation();
    Version version_;
    RemoteWriterCounts counts_;
    std::string problem_;
    std::vector<std::string> lost_;
    std::deque<Shared> queue_;
    std::uint64_t on_its_way_ = 0;  // points of what was taken from the queue and has not ended
    Shared told_;                   // the last that the receiver has something of
    WallTime last_{};               // of the last collection
    Time end_ = Time::max();        // of shut_down()
    bool closed_ = false;
    bool ended_ = false;
    Event changed_;  // the queue, or the end
    Alarm alarm_{changed_};
    Event progressed_;
    Scope grid_;
    Scope sending_;
};

}  // namespace mizzen::telemetry::remote_write
