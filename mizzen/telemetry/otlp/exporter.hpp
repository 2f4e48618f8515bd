// SPDX-License-Identifier: Apache-2.0
// Exporter: delivers telemetry to an OTLP receiver over HTTP or gRPC.
#pragma once
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "mizzen/async/loop.hpp"
#include "mizzen/base/random.hpp"
#include "mizzen/net/http.hpp"
#include "mizzen/telemetry/otlp/encode.hpp"

namespace mizzen::telemetry::otlp {

enum class Protocol { http_protobuf, http_json, grpc };
enum class Compression { none, gzip, zstd };
enum class Signal { traces, metrics, logs };

// Bytes. Source: OTLP specification, Request limits and Response limits.
inline constexpr std::size_t most_request = 64u << 20, most_answer = 4u << 20;

struct ExporterOptions {
    Protocol protocol = Protocol::http_protobuf;
    Compression compression = Compression::none;
    // For one batch with all its attempts.
    Duration timeout = std::chrono::seconds(10);
    // The path of the request; empty: what the protocol says for the signal (/v1/traces, or the method of gRPC).
    std::string path = {};
    // Bytes of a request before it is packed; 0: no limit. What is larger is not sent.
    std::size_t most_request = otlp::most_request;
    // Bytes of an answer, unpacked. No more of it is read.
    std::size_t most_answer = otlp::most_answer;
    // Sent with each request, such as a key. Never shown.
    std::vector<std::pair<std::string, std::string>> headers = {};
};

// What became of the batches and of what was in them. Ever growing.
// Once every send() has ended, what was sent adds up: delivered + rejected + given_up.
struct ExporterCounts {
    std::uint64_t requests = 0;   // attempts
    std::uint64_t retries = 0;    // attempts after the first
    std::uint64_t delivered = 0;  // items that the receiver took
    std::uint64_t rejected = 0;   // items of a batch that the receiver took in part
    std::uint64_t given_up = 0;   // items of batches that were refused for good, too large, cancelled, or out of time
};

// How one batch ended.
struct ExportOutcome {
    std::uint64_t items = 0;  // delivered + rejected + given_up
    std::uint64_t delivered = 0;
    std::uint64_t rejected = 0;
    std::uint64_t given_up = 0;
    Duration took{};
    // What the last answer said: "200", or the name of a gRPC code, "UNAVAILABLE"; "" if none came.
    std::string_view status = {};
    // Why not all was delivered, in one word of few: the status, "timeout", "unreachable", "denied", "failed",
    // "too_large", "rejected", "cancelled"; "" if all was.
    std::string_view error = {};
    // The same for people, in one line that is the same for the same cause; "" if there is nothing to say.
    std::string_view problem = {};
};

// Is told of every batch, on the thread of the loop.
class ExportObserver {
  public:
    virtual ~ExportObserver() = default;
    virtual void began(std::uint64_t items) = 0;
    virtual void ended(const ExportOutcome& outcome) = 0;
};

struct Verdict;
class ExportRequest;

// One signal's way to one receiver. Retries what the OTLP specification lets it: over HTTP 429, 502, 503, 504 and
// broken connections, over gRPC the codes that it names; after Retry-After (RetryInfo) or an exponential back-off with
// jitter, until the time is up. A partial success is never sent again. Several batches may be on their way at once.
// When the next attempt would come after the time is up the batch is given up at once, so that a shutdown does not wait
// for nothing (detail/retry.hpp says when attempts are made, detail/answer.hpp what answers mean). Source: OTLP
// specification 1.10, opentelemetry.io/docs/specs/otlp.
//
// After a fork the child's copy sends nothing more, not even what it had begun: the connections and the batches are
// the parent's.
class Exporter {
  public:
    // `transport` reaches the receiver (an HttpClient, in tests anything) and outlives the exporter, as `loop` does.
    // `observer` does too, if there is one.
    Exporter(Loop& loop, net::Transport& transport, Signal signal, ExporterOptions options, Random random,
             ExportObserver* observer = nullptr);

    // Delivers one encoded request with `items` spans, points or records in it. True if the receiver has it, in part at
    // least. An empty request (items == 0) is not sent and is true. Throws only when cancelled; the batch counts as
    // given up then.
    Task<bool> send(std::string body, std::uint64_t items);

    Encoding encoding() const { return options_.protocol == Protocol::http_json ? Encoding::json : Encoding::protobuf; }
    const ExporterCounts& counts() const { return counts_; }
    // What went wrong last, for people: one line, without headers and what is in them. Empty after a success to which
    // the receiver had nothing to say.
    const std::string& problem() const { return problem_; }

  private:
    struct Batch;
    Task<bool> deliver(const ExportRequest& request, Batch& batch);
    Task<Verdict> attempt(const ExportRequest& request, Duration left);
    bool settle(const Verdict& verdict, Batch& batch);
    bool give_up(std::string why, std::string_view error, Batch& batch);
    void tell(std::string problem);
    std::string cleaned(std::string problem) const;

    Loop& loop_;
    net::Transport& transport_;
    Signal signal_;
    ExporterOptions options_;
    Random random_;
    ExportObserver* observer_;
    const std::uint64_t generation_;
    ExporterCounts counts_;
    std::string problem_;
};

}  // namespace mizzen::telemetry::otlp
