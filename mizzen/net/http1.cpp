// SPDX-License-Identifier: Apache-2.0
// Heads of HTTP/1.1 messages.
#include "mizzen/net/http1.hpp"

#include <algorithm>
#include <charconv>

#include "mizzen/net/detail/ascii.hpp"

namespace mizzen::net::http1 {

namespace {

using detail::same_name;

[[noreturn]] void refuse(std::string message, int status = 400) { throw ProtocolError(status, std::move(message)); }

// The next line of a head whose lines all end in CRLF.
std::string_view next_line(std::string_view& head) {
    const auto end = head.find("\r\n");
    std::string_view line = head.substr(0, end);
    head.remove_prefix(end + 2);
    if (line.find_first_of("\r\n") != std::string_view::npos) refuse("a bare CR or LF in the head of a message");
    return line;
}

Headers parse_fields(std::string_view head) {
    Headers headers;
    for (std::string_view line = next_line(head); !line.empty(); line = next_line(head)) {
        const auto colon = line.find(':');
        if (colon == std::string_view::npos || !detail::is_token(line.substr(0, colon)))
            refuse("malformed header field");
        const std::string_view value = detail::trimmed(line.substr(colon + 1));
        if (!detail::is_field_value(value)) refuse("control character in a header field");
        headers.add(std::string(line.substr(0, colon)), std::string(value));
    }
    return headers;
}

std::uint64_t parse_length(std::string_view text) {
    std::uint64_t length = 0;
    auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), length);
    const bool digits = !text.empty() && text.find_first_not_of("0123456789") == std::string_view::npos;
    if (!digits || error != std::errc() || end != text.data() + text.size()) refuse("malformed Content-Length");
    return length;
}

// What both kinds of message say about their body; nothing if they say nothing.
std::optional<Framing> declared_framing(const Headers& headers, bool http10) {
    const auto codings = headers.all("transfer-encoding");
    const auto lengths = headers.all("content-length");
    if (!codings.empty()) {
        if (!lengths.empty()) refuse("both Transfer-Encoding and Content-Length");
        if (http10) refuse("Transfer-Encoding in HTTP/1.0");
        if (codings.size() != 1 || !same_name(codings.front(), "chunked")) refuse("unknown Transfer-Encoding", 501);
        return Framing{Framing::chunked};
    }
    if (lengths.size() > 1) refuse("more than one Content-Length");
    if (!lengths.empty()) return Framing{Framing::length, parse_length(lengths.front())};
    return std::nullopt;
}

bool connection_says(const Headers& headers, std::string_view option) {
    for (std::string_view value : headers.all("connection")) {
        if (detail::lists(value, option)) return true;
    }
    return false;
}

bool keeps_alive(const Headers& headers, bool http10) {
    return http10 ? connection_says(headers, "keep-alive") : !connection_says(headers, "close");
}

// True for 1.0.
bool parse_version(std::string_view version) {
    if (version == "HTTP/1.1") return false;
    if (version == "HTTP/1.0") return true;
    if (version.substr(0, 5) == "HTTP/") refuse("HTTP version not supported", 505);
    refuse("malformed HTTP version");
}

// The absolute form ("http://host/path") becomes the origin form.
std::string parse_target(std::string_view target) {
    if (!detail::is_target(target)) refuse("malformed request target");
    if (target.front() == '/' || target == "*") return std::string(target);
    const auto scheme = target.find("://");
    if (scheme == std::string_view::npos) refuse("malformed request target");
    target.remove_prefix(scheme + 3);
    target.remove_prefix(std::min(target.find_first_of("/?"), target.size()));
    return target.substr(0, 1) == "/" ? std::string(target) : "/" + std::string(target);
}

bool is_framing_field(std::string_view name) {
    return same_name(name, "content-length") || same_name(name, "transfer-encoding") || same_name(name, "connection");
}

void write_field(std::string& out, std::string_view name, std::string_view value) {
    out.append(name).append(": ").append(value).append("\r\n");
}

void write_fields(std::string& out, const Headers& headers, Framing framing) {
    for (const auto& [name, value] : headers) {
        if (!detail::is_token(name) || !detail::is_field_value(value)) {
            throw Error(ErrorKind::invalid, "header field " + name + " cannot be sent: it holds a control character");
        }
        if (!is_framing_field(name)) write_field(out, name, value);
    }
    if (framing.kind == Framing::length) write_field(out, "content-length", std::to_string(framing.size));
    if (framing.kind == Framing::chunked) write_field(out, "transfer-encoding", "chunked");
}

}  // namespace

std::size_t head_size(std::string_view buffer, std::size_t from) {
    const auto end = buffer.find("\r\n\r\n", from < 3 ? 0 : from - 3);
    const bool found = end != std::string_view::npos;
    if ((found ? end + 4 : buffer.size()) > max_head) {
        refuse("the head of the message is over " + std::to_string(max_head) + " bytes", 431);
    }
    return found ? end + 4 : 0;
}

RequestHead parse_request(std::string_view head) {
    const std::string_view line = next_line(head);
    const auto first = line.find(' ');
    const auto last = line.rfind(' ');
    if (first == std::string_view::npos || first == last) refuse("malformed request line");
    RequestHead out;
    const bool http10 = out.http10 = parse_version(line.substr(last + 1));
    out.request.method = line.substr(0, first);
    if (!detail::is_token(out.request.method)) refuse("malformed method");
    if (out.request.method == "CONNECT") refuse("CONNECT is not served", 501);
    out.request.target = parse_target(line.substr(first + 1, last - first - 1));
    out.request.headers = parse_fields(head);
    const auto hosts = out.request.headers.all("host").size();
    if (hosts > 1 || (hosts == 0 && !http10)) refuse("a request has exactly one Host");
    out.framing = declared_framing(out.request.headers, http10).value_or(Framing{});
    out.keep_alive = keeps_alive(out.request.headers, http10);
    const auto expect = out.request.headers.find("expect");
    if (expect && !same_name(*expect, "100-continue")) refuse("unknown expectation", 417);
    out.expects_continue = expect && !http10 && out.framing.kind != Framing::none;
    return out;
}

ResponseHead parse_response(std::string_view head, std::string_view method) {
    const std::string_view line = next_line(head);
    ResponseHead out;
    const bool http10 = parse_version(line.substr(0, std::min(line.find(' '), line.size())));
    const std::string_view code =
        line.size() >= 12 && line[8] == ' ' && (line.size() == 12 || line[12] == ' ') ? line.substr(9, 3) : "";
    auto [end, error] = std::from_chars(code.data(), code.data() + code.size(), out.response.status);
    if (code.empty() || error != std::errc() || end != code.data() + 3 || out.response.status < 100)
        refuse("malformed status line");
    out.response.headers = parse_fields(head);
    out.keep_alive = keeps_alive(out.response.headers, http10);
    const auto declared = declared_framing(out.response.headers, http10);
    const int status = out.response.status;
    if (method == "HEAD" || status < 200 || status == 204 || status == 304) {
        out.framing = {};
    } else {
        out.framing = declared.value_or(Framing{Framing::until_end});
    }
    if (out.framing.kind == Framing::until_end) out.keep_alive = false;
    return out;
}

void write_request(std::string& out, const Request& request, Framing framing, std::string_view host) {
    if (!detail::is_token(request.method) || !detail::is_target(request.target)) {
        throw Error(ErrorKind::invalid, "cannot send a request for " + percent_encode(request.target, "/?&=%"));
    }
    out.append(request.method).append(" ").append(request.target).append(" HTTP/1.1\r\n");
    if (!request.headers.find("host")) write_field(out, "host", host);
    write_fields(out, request.headers, framing);
    out += "\r\n";
}

void write_response(std::string& out, const Response& response, Framing framing, bool keep_alive) {
    out.append("HTTP/1.1 ")
        .append(std::to_string(response.status))
        .append(" ")
        .append(reason_phrase(response.status))
        .append("\r\n");
    write_fields(out, response.headers, framing);
    if (!keep_alive) write_field(out, "connection", "close");
    out += "\r\n";
}

}  // namespace mizzen::net::http1
