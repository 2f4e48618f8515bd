// SPDX-License-Identifier: Apache-2.0
// Entries of a ring as records: reads the arguments again, puts the message together.
#include "mizzen/telemetry/logs/log_entry.hpp"

#include <fmt/args.h>
#include <fmt/format.h>

#include <cmath>
#include <cstring>
#include <iterator>

#include "mizzen/base/utf8.hpp"
#include "mizzen/telemetry/logs/log_time.hpp"

namespace mizzen::telemetry::detail {
namespace {

template <class T>
T take(const std::byte*& at) {
    T value;
    std::memcpy(&value, at, sizeof value);
    at += (sizeof value + 7) & ~std::size_t{7};
    return value;
}

std::size_t without_half_a_character(std::string_view text) {
    for (std::size_t back = 1; back <= std::min<std::size_t>(3, text.size()); ++back) {
        const auto byte = static_cast<unsigned char>(text[text.size() - back]);
        if (byte < 0x80) break;
        if (byte < 0xc0) continue;
        const std::size_t length = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2;
        return length > back ? text.size() - back : text.size();
    }
    return text.size();
}

std::string take_text(const std::byte*& at) {
    const auto length = take<std::uint64_t>(at);
    std::string_view text(reinterpret_cast<const char*>(at), length & ~text_was_cut);
    at += padded(text.size());
    if (!(length & text_was_cut)) return to_valid_utf8(text);
    return to_valid_utf8(text.substr(0, without_half_a_character(text))) + "…";
}

// Calls `use` with the argument, in the type that it is formatted as.
template <class Fn>
void take_argument(const std::byte*& at, ArgumentKind kind, Fn use) {
    switch (kind) {
        case ArgumentKind::boolean:
            return use(take<bool>(at));
        case ArgumentKind::character:
            return use(take<char>(at));
        case ArgumentKind::integer:
            return use(take<std::int64_t>(at));
        case ArgumentKind::unsigned_integer:
            return use(take<std::uint64_t>(at));
        case ArgumentKind::float_number:
            return use(take<float>(at));
        case ArgumentKind::number:
            return use(take<double>(at));
        case ArgumentKind::text:
            return use(take_text(at));
        case ArgumentKind::duration:
            return use(mizzen::to_string(take<Duration>(at)));
        case ArgumentKind::time:
            return use(to_rfc3339_nano(take<WallTime>(at)));
    }
}

AttributeValue as_attribute(char value) { return to_valid_utf8({&value, 1}); }
// The shortest decimal that reads as the same float, not the exact value of its binary digits.
AttributeValue as_attribute(float value) {
    return std::isfinite(value) ? std::stod(fmt::to_string(value)) : static_cast<double>(value);
}
template <class T>
AttributeValue as_attribute(T value) {
    return AttributeValue(std::move(value));
}

}  // namespace

LogHead head_of(const std::byte* entry) {
    LogHead head;
    std::memcpy(&head, entry, sizeof head);
    return head;
}

void read_entry(const std::byte* entry, LogRecord& record, const AttributeLimits& limits) {
    const LogHead head = head_of(entry);
    const std::byte* at = entry + sizeof head;
    if (head.has_span) {
        const auto ids = take<LogSpan>(at);
        record.span = {.trace = ids.trace, .span = ids.span, .flags = head.flags};
    }
    fmt::dynamic_format_arg_store<fmt::format_context> arguments;
    for (const ArgumentType* type = head.arguments; type != head.arguments + head.argument_count; ++type) {
        if (type->is_field) {
            const auto* key = take<const char*>(at);
            take_argument(at, type->kind, [&](auto value) {
                record.attributes.set(std::string_view(key), as_attribute(std::move(value)), limits);
            });
        } else {
            take_argument(at, type->kind, [&](const auto& value) { arguments.push_back(value); });
        }
    }
    fmt::vformat_to(std::back_inserter(record.body), head.text, arguments);
    if (!is_utf8(record.body)) record.body = to_valid_utf8(record.body);
}

void set_source(LogRecord& record, const std::source_location& where) {
    record.attributes.set("code.file.path", std::string_view(where.file_name()));
    record.attributes.set("code.line.number", where.line());
}

}  // namespace mizzen::telemetry::detail
