// SPDX-License-Identifier: Apache-2.0
// Answers, read from protocol buffers and from JSON.
#include "mizzen/telemetry/otlp/detail/answer_message.hpp"

#include <algorithm>
#include <charconv>

#include "mizzen/base/error.hpp"
#include "mizzen/base/protobuf.hpp"
#include "mizzen/base/utf8.hpp"
#include "mizzen/json/json.hpp"

namespace mizzen::telemetry::otlp {
namespace {

constexpr std::size_t longest_line = 512;

std::uint64_t not_negative(std::int64_t n) { return n < 0 ? 0 : static_cast<std::uint64_t>(n); }

// Neither: a fixed number.
struct WireField {
    std::uint32_t number = 0;
    std::optional<std::uint64_t> varint = {};
    std::optional<std::string_view> bytes = {};  // texts and messages
};

WireField read_field(protobuf::WireReader& in) {
    const protobuf::Tag tag = in.tag();
    WireField field{.number = tag.number};
    if (tag.type == protobuf::WireType::varint) {
        field.varint = in.varint();
    } else if (tag.type == protobuf::WireType::bytes) {
        field.bytes = in.bytes();
    } else {
        in.skip(tag);
    }
    return field;
}

// Calls `visit` for each field; false if the bytes are no message or `visit` says false.
template <class Visit>
bool each_field(std::string_view bytes, Visit visit) {
    try {
        for (protobuf::WireReader in(bytes); !in.at_end();)
            if (!visit(read_field(in))) return false;
    } catch (const Error&) {
        return false;
    }
    return true;
}

std::optional<PartialSuccess> response_from_protobuf(std::string_view body) {
    PartialSuccess out;
    const bool is_read = each_field(body, [&](const auto& field) {
        if (field.number != 1) return true;
        return field.bytes && each_field(*field.bytes, [&](const auto& inner) {
                   if (inner.number == 1 && inner.varint)
                       out.rejected = not_negative(static_cast<std::int64_t>(*inner.varint));
                   if (inner.number == 2 && inner.bytes) out.message = *inner.bytes;
                   return true;
               });
    });
    if (!is_read) return std::nullopt;
    return out;
}

// An int64 of JSON protobuf: a number, or its text.
std::optional<std::int64_t> read_integer(const json::Value& value) {
    if (value.is_integer()) return value.as_integer();
    if (!value.is_string()) return std::nullopt;
    const std::string& text = value.as_string();
    std::int64_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
    return number;
}

std::optional<json::Value> parse_object(std::string_view body) {
    try {
        json::Value value = json::parse(body);
        if (value.is_object()) return value;
    } catch (const Error&) {
    }
    return std::nullopt;
}

std::optional<PartialSuccess> response_from_json(std::string_view body) {
    const auto value = parse_object(body);
    if (!value) return std::nullopt;
    PartialSuccess out;
    const json::Value* partial = value->find("partialSuccess");
    if (!partial || partial->is_null()) return out;
    if (!partial->is_object()) return std::nullopt;
    out.message = partial->text("errorMessage");
    for (const char* key : {"rejectedSpans", "rejectedDataPoints", "rejectedLogRecords"}) {
        const json::Value* rejected = partial->find(key);
        if (!rejected) continue;
        const auto number = read_integer(*rejected);
        if (!number) return std::nullopt;
        out.rejected = not_negative(*number);
    }
    return out;
}

// google.protobuf.Duration; what is negative or longer than a century is not taken at its word.
std::optional<Duration> read_duration(std::string_view bytes) {
    std::int64_t seconds = 0, nanos = 0;
    const bool is_read = each_field(bytes, [&](const auto& field) {
        if (field.varint && field.number == 1) seconds = static_cast<std::int64_t>(*field.varint);
        if (field.varint && field.number == 2) nanos = static_cast<std::int64_t>(*field.varint);
        return true;
    });
    if (!is_read || seconds < 0 || nanos < 0 || nanos >= 1'000'000'000) return std::nullopt;
    return std::chrono::seconds(std::min<std::int64_t>(seconds, 100LL * 365 * 86400)) + std::chrono::nanoseconds(nanos);
}

// google.protobuf.Any with a google.rpc.RetryInfo in it.
std::optional<Duration> read_retry_delay(std::string_view any) {
    std::string_view type, value;
    std::optional<Duration> delay;
    const bool is_read = each_field(any, [&](const auto& field) {
        if (field.bytes && field.number == 1) type = *field.bytes;
        if (field.bytes && field.number == 2) value = *field.bytes;
        return true;
    });
    if (!is_read || !type.ends_with("/google.rpc.RetryInfo")) return std::nullopt;
    delay = Duration::zero();  // an empty RetryInfo: again, whenever the sender likes
    each_field(value, [&](const auto& field) {
        if (field.bytes && field.number == 1) delay = read_duration(*field.bytes);
        return true;
    });
    return delay;
}

}  // namespace

std::string one_line(std::string_view text) {
    std::string line = to_valid_utf8(text.substr(0, longest_line + 4));
    for (char& c : line)
        if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) c = ' ';
    std::size_t size = 0;
    for (std::size_t n = 0; size < line.size() && size + (n = utf8_length_at(line, size)) <= longest_line;) size += n;
    if (size < line.size() || text.size() > longest_line + 4) line = line.substr(0, size) + "…";
    return line;
}

std::optional<PartialSuccess> read_export_response(std::string_view body, Encoding encoding) {
    if (body.empty()) return PartialSuccess{};
    return encoding == Encoding::json ? response_from_json(body) : response_from_protobuf(body);
}

std::optional<RpcStatus> read_rpc_status(std::string_view body, Encoding encoding) {
    RpcStatus out;
    if (encoding == Encoding::json) {
        const auto value = parse_object(body);
        if (!value) return std::nullopt;
        if (const json::Value* code = value->find("code")) out.code = read_integer(*code).value_or(0);
        out.message = value->text("message");
        return out;
    }
    const bool is_read = each_field(body, [&](const auto& field) {
        if (field.number == 1 && field.varint) out.code = static_cast<std::int64_t>(*field.varint);
        if (field.number == 2 && field.bytes) out.message = *field.bytes;
        if (field.number == 3 && field.bytes && !out.retry_delay) out.retry_delay = read_retry_delay(*field.bytes);
        return true;
    });
    if (!is_read) return std::nullopt;
    return out;
}

}  // namespace mizzen::telemetry::otlp
