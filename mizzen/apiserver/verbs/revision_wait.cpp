// SPDX-License-Identifier: Apache-2.0
// Implements revision_wait.hpp.
#include "mizzen/apiserver/verbs/revision_wait.hpp"

#include <fmt/format.h>

#include "mizzen/apiserver/machinery.hpp"
#include "mizzen/apiserver/status.hpp"
#include "mizzen/apiserver/verbs/metadata.hpp"
#include "mizzen/async/timeout.hpp"
#include "mizzen/base/error.hpp"

namespace mizzen::apiserver {
namespace {

constexpr Duration patience = std::chrono::seconds(3);

Task<> wait_in(WaitQueue& queue) { co_await queue.wait(); }

}  // namespace

std::uint64_t parse_list_revision(std::string_view text) {
    std::optional<std::uint64_t> revision = parse_revision(text);
    if (!revision)
        throw bad_request(
            fmt::format("invalid resource version: resourceVersion: Invalid value: \"{0}\": strconv.ParseUint: parsing "
                        "\"{0}\": invalid syntax",
                        text));
    return *revision;
}

Task<> wait_at_most(WaitQueue& queue, Duration limit) {
    Context& here = co_await context();
    try {
        co_await timeout(limit, wait_in(queue));
    } catch (const Cancelled&) {
        if (here.cancel && here.cancel->cancelled()) throw;
    }
}

Task<> await_revision(Machinery& server, std::uint64_t revision) {
    Time give_up = server.loop.now() + patience;
    while (server.store.revision() < revision) {
        if (server.loop.now() >= give_up) throw resource_version_too_large(revision, server.store.revision());
        co_await wait_at_most(server.store.advanced(), give_up - server.loop.now());
    }
}

}  // namespace mizzen::apiserver
