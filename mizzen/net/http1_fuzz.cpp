// SPDX-License-Identifier: Apache-2.0
// Any bytes to an HTTP/1.1 server, in any pieces: it answers or closes, and never reads a message differently in other
// pieces.
#include <cstdint>
#include <cstdlib>
#include <optional>

#include "mizzen/async/simulated_loop.hpp"
#include "mizzen/async/timeout.hpp"
#include "mizzen/base/error.hpp"
#include "mizzen/net/http1.hpp"
#include "mizzen/net/server.hpp"
#include "mizzen/net/simulated_network.hpp"

namespace {

using namespace mizzen;
using namespace mizzen::net;

class Digest final : public Handler {
  public:
    std::string seen;
    Task<Response> handle(Request request) override {
        seen += request.method + " " + request.target;
        std::string body;
        try {
            body = co_await request.body.read_all();
        } catch (const Error& e) {
            if (e.kind() == ErrorKind::cancelled) throw;
            body = "broken";
        }
        seen += "[" + body + "]";
        co_return Response{.body = std::move(body)};
    }
};

std::string serve(std::string_view bytes, std::size_t piece) {
    SimulatedLoop loop(1);
    SimulatedNetwork network(loop);
    Digest digest;
    Server server(loop, loop.run(network.listen("s", 80)), digest);
    auto stream = loop.run(network.connect("s", 80));
    try {
        for (; !bytes.empty(); bytes.remove_prefix(std::min(piece, bytes.size()))) {
            loop.run(stream->write(bytes.substr(0, piece)));
            loop.run_for(std::chrono::milliseconds(2));
        }
    } catch (const Error&) {
        // The server closed the connection.
    }
    loop.run_for(std::chrono::minutes(5));
    stream.reset();
    loop.run_for(std::chrono::seconds(1));
    if (server.connections() != 0) std::abort();
    return digest.seen;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size < 2 || size > 4096) return 0;
    const std::string_view bytes(reinterpret_cast<const char*>(data), size);
    if (bytes.substr(0, 4) == "PRI ") return 0;
    if (serve(bytes, size) != serve(bytes, std::size_t{1} + data[0] % 64)) std::abort();
    try {
        if (const std::size_t head = http1::head_size(bytes)) {
            http1::BodyDecoder decoder(http1::parse_response(bytes.substr(0, head), "GET").framing);
            for (std::string_view rest = bytes.substr(head); !rest.empty() && !decoder.done();) {
                auto step = decoder.decode(rest);
                if (step.used == 0) break;
                rest.remove_prefix(step.used);
            }
        }
    } catch (const Error&) {
    }
    return 0;
}
