// SPDX-License-Identifier: Apache-2.0
// The rim of the API server: requests come in, and whatever happens, a response goes out.
#include "mizzen/apiserver/api_server.hpp"

#include "mizzen/apiserver/auth/impersonation.hpp"
#include "mizzen/apiserver/bootstrap.hpp"
#include "mizzen/apiserver/dispatch.hpp"
#include "mizzen/apiserver/machinery.hpp"
#include "mizzen/apiserver/request/request_span.hpp"
#include "mizzen/apiserver/request/respond.hpp"
#include "mizzen/base/error.hpp"
#include "mizzen/telemetry/trace/current_span.hpp"

namespace mizzen::apiserver {
namespace {

HistoryLimits history_of(const Options& options) { return {.changes = options.history_events}; }

std::unique_ptr<Journal> journal_of(const Options& options) {
    return options.data_dir.empty() ? nullptr : open_sqlite_journal(options.data_dir);
}

StatusError status_of(const Error& error) {
    if (error.kind() == ErrorKind::invalid) return bad_request(error.what());
    if (error.kind() == ErrorKind::retry) return service_unavailable(error.what());
    return internal_error(error.what());
}

// The body may have been taken by then; what is left is enough for a Status.
net::Response refuse(Call& call, const StatusError& error) {
    call.accepted.form = Form::object;
    return status_response(call, error);
}

}  // namespace

Machinery::Machinery(Loop& its_loop, Options its_options)
    : loop(its_loop),
      options(std::move(its_options)),
      store(history_of(options), journal_of(options)),
      catalog(store),
      definitions(store, catalog),
      events(store),
      tokens(store, options.service_account_key_pem, options.service_account_issuer),
      authenticator(options.tokens, tokens),
      access(store, options.authorization == Authorization::always_allow),
      admission(builtin_admission(options.disabled_admission)),
      metrics(options.telemetry.registry) {}

WallTime Call::now() const { return server.loop.wall(); }

void Call::wrote(const Record& record) const {
    if (span && server.options.telemetry.causes)
        server.options.telemetry.causes->record(record.revision, span->context(), server.loop.now());
}

ApiServer::ApiServer(Loop& loop, Options options) : machinery_(std::make_unique<Machinery>(loop, std::move(options))) {}
ApiServer::~ApiServer() = default;

void ApiServer::start() { bootstrap(*machinery_); }

std::uint64_t ApiServer::revision() const { return machinery_->store.revision(); }

Task<net::Response> ApiServer::handle(net::Request request) {
    Call call{.server = *machinery_, .request = std::move(request), .info = {}, .query = {}};
    call.span = telemetry::current_span(co_await context());
    RequestMetrics& metrics = machinery_->metrics;
    const Running counted = metrics.inflight(call.request.method);
    const Time began = machinery_->loop.now();
    net::Response response = co_await answer(call);
    metrics.count({.info = call.info,
                   .resource = call.resource,
                   .subresource = call.subresource,
                   .dry_run = call.query.find("dryRun").has_value(),
                   .status = response.status,
                   .took = machinery_->loop.now() - began,
                   .span = call.span});
    co_return response;
}

Task<net::Response> ApiServer::answer(Call& call) {
    std::optional<StatusError> failure;
    try {
        call.query = net::Query::parse(call.request.query());
        call.info = parse_request_info(call.request.method, call.request.path(), call.query);
        if (call.span) describe_request(*call.span, call.request, call.info);
        User sender = call.server.authenticator.authenticate(call.request, call.now());
        call.user = impersonate(sender, call.request.headers, call.server.access);
        co_return co_await dispatch(call);
    } catch (const StatusError& e) {
        failure = e;
    } catch (const Cancelled&) {
        throw;
    } catch (const Error& e) {
        failure = status_of(e);
    } catch (const std::exception& e) {
        failure = internal_error(e.what());
    }
    co_return refuse(call, *failure);
}

}  // namespace mizzen::apiserver
