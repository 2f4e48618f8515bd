// SPDX-License-Identifier: Apache-2.0
// FileTransport: a receiver that is a file; each request becomes a line of it.
#pragma once
#include <string>

#include "mizzen/net/http.hpp"
#include "mizzen/telemetry/console/line_sink.hpp"

namespace mizzen::telemetry {

// For an otlp::Exporter of Protocol::http_json without compression: what it sends is appended to the file, one request
// a line, as Collectors read and write it (their `otlpjsonfile` receiver and `file` exporter). Source: OpenTelemetry
// specification, protocol/file-exporter.
//
// The file is made where it is missing, for its owner alone (mode 0600), and made again when somebody moved it away. A
// line is one write to the end of the file: it takes no longer than the page cache, does not wait for the reader of a
// pipe, and several processes may share a file. After a write that was cut short (a full disk) the next one begins a
// new line, so that a reader loses one line and no more.
class FileTransport final : public net::Transport {
  public:
    explicit FileTransport(std::string path) : path_(std::move(path)) {}
    FileTransport(const FileTransport&) = delete;
    FileTransport& operator=(const FileTransport&) = delete;
    ~FileTransport() override;

    // 200. Throws Error(invalid) that names the file and the reason; it is not worth to try that again at once.
    Task<net::Response> send(net::Request request) override;

  private:
    void open();
    void close();

    std::string path_;
    int file_ = -1;
    bool has_half_a_line_ = false;
};

// The same for a stream of the process. Always 200.
class StreamTransport final : public net::Transport {
  public:
    explicit StreamTransport(LineSink sink) : sink_(std::move(sink)) {}
    Task<net::Response> send(net::Request request) override;

  private:
    LineSink sink_;
};

}  // namespace mizzen::telemetry
