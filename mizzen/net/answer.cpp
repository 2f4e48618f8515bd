// SPDX-License-Identifier: Apache-2.0
// From a request to the response that is sent: the handler, its errors, the date, compression.
#include "mizzen/async/cancel_scope.hpp"
#include "mizzen/async/loop.hpp"
#include "mizzen/base/error.hpp"
#include "mizzen/net/detail/ascii.hpp"
#include "mizzen/net/detail/server_connection.hpp"
#include "mizzen/net/gzip.hpp"
#include "mizzen/net/http1.hpp"
#include "mizzen/net/local_transport.hpp"

namespace mizzen::net::detail {

namespace {

void two_digits(std::string& out, unsigned n) {
    out += {static_cast<char>('0' + n / 10), static_cast<char>('0' + n % 10)};
}

void compress(Response& response, std::size_t over) {
    const Bytes& body = response.body.bytes();
    if (over == 0 || response.body.is_stream() || body.size() <= over || response.headers.find("content-encoding"))
        return;
    response.body = Body(gzip(body));
    response.headers.set("content-encoding", "gzip");
    response.headers.add("vary", "Accept-Encoding");
}

Task<Response> call(Service& service, Request request, const bool& body_too_large) {
    const Context here = co_await context();
    const std::string target = request.target;
    try {
        co_return co_await service.handler.handle(std::move(request));
    } catch (const http1::ProtocolError& error) {
        co_return plain_response(error.status(), error.message());  // met in the body of the request
    } catch (const std::exception& error) {
        if (here.cancel && here.cancel->cancelled()) throw;
        if (body_too_large) co_return plain_response(413, error.what());
        if (service.options.on_error) service.options.on_error(target, error);
        co_return internal_error(error);
    }
}

}  // namespace

std::string http_date(std::chrono::sys_seconds time) {
    using namespace std::chrono;
    static constexpr const char* days[] = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
    static constexpr const char* months[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                             "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    const auto day = floor<std::chrono::days>(time);
    const year_month_day date(day);
    const hh_mm_ss clock(time - day);
    std::string out = days[weekday(day).c_encoding()] + std::string(", ");
    two_digits(out, static_cast<unsigned>(date.day()));
    out += std::string(" ") + months[static_cast<unsigned>(date.month()) - 1] + " " +
           std::to_string(static_cast<int>(date.year())) + " ";
    two_digits(out, static_cast<unsigned>(clock.hours().count()));
    out += ':';
    two_digits(out, static_cast<unsigned>(clock.minutes().count()));
    out += ':';
    two_digits(out, static_cast<unsigned>(clock.seconds().count()));
    return out + " GMT";
}

const std::string& DateField::at(WallTime time) {
    const auto second = std::chrono::floor<std::chrono::seconds>(time);
    if (second != second_ || text_.empty()) {
        second_ = second;
        text_ = http_date(second);
    }
    return text_;
}

Task<Response> answer(Service& service, Request request, const bool& body_too_large) {
    const bool packs = takes_gzip(request.headers) && request.method != "HEAD";
    Response response = co_await call(service, std::move(request), body_too_large);
    if (packs) compress(response, service.options.compress_over);
    if (!response.headers.find("date"))
        response.headers.add("date", service.date.at((co_await context()).loop->wall()));
    co_return response;
}

Response plain_response(int status, std::string_view message) {
    return {.status = status,
            .headers = {{"content-type", "text/plain; charset=utf-8"}},
            .body = std::string(message) + "\n"};
}

bool has_no_body(std::string_view method, int status) {
    return method == "HEAD" || status == 204 || status == 304 || status < 200;
}

}  // namespace mizzen::net::detail
