// SPDX-License-Identifier: Apache-2.0
// Implements test_server.hpp.
#include "mizzen/apiserver/testing/test_server.hpp"

#include <fmt/format.h>

#include "mizzen/async/timeout.hpp"
#include "mizzen/base/error.hpp"

namespace mizzen::apiserver {
namespace {

Task<std::optional<Bytes>> next_chunk(net::Body& body) { co_return co_await body.next(); }

// The next chunk, or nothing if it takes too long; `ended` tells the end of the body from that.
Task<std::optional<Bytes>> next_within(net::Body& body, Duration patience, bool& ended) {
    try {
        std::optional<Bytes> chunk = co_await timeout(patience, next_chunk(body));
        ended = !chunk;
        co_return chunk;
    } catch (const Cancelled&) {
    }
    co_return std::nullopt;
}

}  // namespace

json::Value OpenWatch::next(Duration patience) {
    for (;;) {
        if (std::size_t end = buffered_.find('\n'); end != std::string::npos) {
            json::Value event = json::parse(std::string_view(buffered_).substr(0, end));
            buffered_.erase(0, end + 1);
            return event;
        }
        if (ended_) return {};
        std::optional<Bytes> chunk = loop_.run(next_within(body_, patience, ended_));
        if (!chunk) return {};
        buffered_.append(chunk->view());
    }
}

std::vector<std::string> OpenWatch::all(Duration patience) {
    std::vector<std::string> out;
    for (json::Value event = next(patience); !event.is_null(); event = next(patience)) {
        std::string line(event.text("type"));
        if (line == "ERROR")
            line += fmt::format(" {}", event.integer({"object", "code"}));
        else if (line == "BOOKMARK")
            line += event.find_path({"object", "metadata", "annotations"}) ? " end" : "";
        else
            line += fmt::format(" {}", event.text({"object", "metadata", "name"}));
        out.push_back(std::move(line));
    }
    return out;
}

TestServer::TestServer(Options options, std::uint64_t seed)
    : loop_(seed), server_(std::make_unique<ApiServer>(loop_, std::move(options))) {
    server_->start();
    as_admin();
}

net::Response TestServer::start(std::string method, std::string target, std::string body, HeaderList headers) {
    net::Request request{.method = std::move(method),
                         .target = std::move(target),
                         .headers = {},
                         .body = std::move(body),
                         .peer = peer_};
    request.headers.set("user-agent", "test/1.0");
    for (const auto& [name, value] : headers) request.headers.set(name, value);
    return loop_.run(server_->handle(std::move(request)));
}

Answer TestServer::send(std::string method, std::string target, std::string body, HeaderList headers) {
    net::Response response = start(std::move(method), std::move(target), std::move(body), headers);
    Answer answer{.status = response.status, .headers = response.headers};
    answer.text = loop_.run(response.body.read_all());
    return answer;
}

OpenWatch TestServer::watch(std::string target, HeaderList headers) {
    net::Response response = start("GET", std::move(target), "", headers);
    return OpenWatch(loop_, std::move(response.body));
}

std::string config_map(std::string_view name, std::string_view value, std::string_view labels) {
    return fmt::format(
        R"({{"apiVersion":"v1","kind":"ConfigMap","metadata":{{"name":"{}","labels":{}}},"data":{{"k":"{}"}}}})", name,
        labels, value);
}

}  // namespace mizzen::apiserver
