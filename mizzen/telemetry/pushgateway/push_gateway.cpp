// SPDX-License-Identifier: Apache-2.0
// Requests to a Pushgateway, and what its answers mean.
#include "mizzen/telemetry/pushgateway/push_gateway.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "mizzen/async/timeout.hpp"
#include "mizzen/base/base64.hpp"
#include "mizzen/base/error.hpp"
#include "mizzen/net/hidden_values.hpp"
#include "mizzen/telemetry/otlp/detail/answer_message.hpp"

namespace mizzen::telemetry {
namespace {

constexpr std::size_t most_reason = 64u << 10;

std::string segments(std::string_view name, std::string_view value) {
    if (value.empty() || value.find('/') != value.npos)
        return fmt::format("/{}@base64/{}", name, value.empty() ? "=" : to_base64_url(value));  // no segment is empty
    return fmt::format("/{}/{}", name, net::percent_encode(value));
}

ErrorKind kind_of(int status) {
    if (status == 401 || status == 403) return ErrorKind::denied;
    if (status == 404) return ErrorKind::not_found;
    if (status == 429) return ErrorKind::overloaded;
    return status >= 500 ? ErrorKind::retry : ErrorKind::invalid;
}

void check(const PushGroup& group) {
    if (group.job.empty()) throw Error(ErrorKind::invalid, "a Pushgateway needs the name of a job");
    for (auto label = group.labels.begin(); label != group.labels.end(); ++label) {
        const std::string& name = label->first;
        const bool is_taken = name == "job" || std::any_of(group.labels.begin(), label,
                                                           [&](const auto& before) { return before.first == name; });
        if (is_taken) throw Error(ErrorKind::invalid, fmt::format("the group has the label {} twice", name));
        if (!is_legacy_label_name(name) || name.starts_with("__"))
            throw Error(ErrorKind::invalid, fmt::format("'{}' cannot be a label of a group", name));
    }
}

}  // namespace

std::string group_path(const PushGroup& group) {
    std::string path = "/metrics" + segments("job", group.job);
    for (const auto& [name, value] : group.labels) path += segments(name, value);
    return path;
}

PushGateway::PushGateway(net::Transport& transport, PushGroup group, PushOptions options)
    : transport_(transport), group_(std::move(group)), options_(std::move(options)) {
    check(group_);
}

Task<> PushGateway::push(Snapshot snapshot) { co_await send("PUT", page(snapshot)); }
Task<> PushGateway::add(Snapshot snapshot) { co_await send("POST", page(snapshot)); }
Task<> PushGateway::remove() { co_await send("DELETE", ""); }

std::string PushGateway::page(const Snapshot& snapshot) const {
    for (const Family& family : snapshot.families) {
        for (const std::string& label : family.label_names) {
            const bool is_group = label == "job" || std::ranges::any_of(group_.labels, [&](const auto& pair) {
                                      return pair.first == label;
                                  });
            if (is_group) {
                throw Error(ErrorKind::invalid, fmt::format("{} has the label {}, which is one of the group it is "
                                                            "pushed to; name one of them otherwise",
                                                            family.name, label));
            }
        }
    }
    return expose(snapshot, options_.exposition);
}

Task<> PushGateway::send(std::string method, std::string body) {
    net::Request request{.method = std::move(method), .target = options_.path_prefix + group_path(group_)};
    for (const auto& [name, value] : options_.headers) request.headers.add(name, value);
    if (request.method != "DELETE") request.headers.set("content-type", content_type(options_.exposition));
    request.body = std::move(body);
    const std::string what = request.method + " " + request.target;
    const Context here = co_await context();
    int status = 0;
    std::string reason;
    try {
        const auto exchange = [](net::Transport& transport, net::Request asked, int& code,
                                 std::string& said) -> Task<> {
            net::Response answer = co_await transport.send(std::move(asked));
            code = answer.status;
            if (code / 100 != 2) said = co_await answer.body.read_all(most_reason);
        };
        co_await timeout(options_.timeout, exchange(transport_, std::move(request), status, reason));
    } catch (const Cancelled&) {
        if (here.cancel && here.cancel->cancelled()) throw;
        throw Error(ErrorKind::retry, fmt::format("the Pushgateway did not answer {} within {}", what,
                                                  mizzen::to_string(options_.timeout)));
    }
    if (status / 100 == 2) co_return;
    const std::string problem = fmt::format("the Pushgateway answered {} with {} {}{}{}", what, status,
                                            net::reason_phrase(status), reason.empty() ? "" : ": ", reason);
    throw Error(kind_of(status), otlp::one_line(net::with_hidden_values(problem, options_.headers)));
}

}  // namespace mizzen::telemetry
