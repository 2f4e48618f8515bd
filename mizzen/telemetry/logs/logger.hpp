// SPDX-License-Identifier: Apache-2.0
// Logger: writes down what happened, in the time of a few loads and stores; somebody else makes text of it.
#pragma once
#include <atomic>
#include <cstdint>
#include <cstring>
#include <string_view>
#include <type_traits>

#include "mizzen/telemetry/logs/log_entry.hpp"
#include "mizzen/telemetry/logs/log_format.hpp"
#include "mizzen/telemetry/logs/logger_provider.hpp"
#include "mizzen/telemetry/trace/span.hpp"

namespace mizzen::telemetry {
namespace detail {

inline constinit std::atomic<Severity> nothing_is_logged = severity_off;

}  // namespace detail

// The voice of one module. A value: copied at will, used from any thread; the provider outlives it.
//
//     const Logger log(provider, "kube.client");
//     log.info("pod {} is ready", name, field("k8s.pod.uid", uid));
//     log.warn("{} of {} replicas after {}", ready, wanted, elapsed);
//
// The text is a literal with one {} (or {:…} of fmt) for each argument that is no field; anything else does not
// compile. Arguments are Loggable: texts are copied up to 4096 bytes, all else travels as it is, and the message is put
// together by the LogDrain. A call neither locks, allocates nor waits, but for the first of a thread; if the thread's
// ring is full the message is dropped and the drain says how many were. Not for signal handlers.
//
// In a task, with the ids of its trace, which are copied, so the logger may outlive the span and change threads:
//
//     const Logger log = log_.with(current_span(co_await context()));
class Logger {
  public:
    // Logs nothing.
    Logger() = default;
    // `module` is a name by parts, "kube.client": see LogLevels.
    Logger(LoggerProvider& provider [[clang::lifetimebound]], std::string_view module)
        : provider_(&provider), module_(&provider.levels().module(module)), level_(&module_->level) {}

    // The same, for what belongs to that span; outside a trace if it is not valid, or null.
    Logger with(const SpanContext& span) const {
        Logger made = *this;
        made.trace_ = {span.trace, span.span};
        made.has_span_ = span.is_valid();
        made.flags_ = span.flags;
        return made;
    }
    Logger with(const Span* span) const { return with(span ? span->context() : SpanContext()); }

    // For what is worth preparing only if somebody wants it.
    bool is_enabled(Severity severity) const { return severity >= level_->load(std::memory_order_relaxed); }

    template <class... Args>
    void trace(LogFormat<std::type_identity_t<Args>...> format, const Args&... args) const {
        log(Severity::trace, format, args...);
    }
    template <class... Args>
    void debug(LogFormat<std::type_identity_t<Args>...> format, const Args&... args) const {
        log(Severity::debug, format, args...);
    }
    template <class... Args>
    void info(LogFormat<std::type_identity_t<Args>...> format, const Args&... args) const {
        log(Severity::info, format, args...);
    }
    template <class... Args>
    void warn(LogFormat<std::type_identity_t<Args>...> format, const Args&... args) const {
        log(Severity::warn, format, args...);
    }
    template <class... Args>
    void error(LogFormat<std::type_identity_t<Args>...> format, const Args&... args) const {
        log(Severity::error, format, args...);
    }
    // Ends nothing by itself.
    template <class... Args>
    void fatal(LogFormat<std::type_identity_t<Args>...> format, const Args&... args) const {
        log(Severity::fatal, format, args...);
    }
    template <class... Args>
    void log(Severity severity, LogFormat<std::type_identity_t<Args>...> format, const Args&... args) const {
        static_assert(sizeof...(Args) <= 32, "a log call takes at most 32 arguments");
        if (is_enabled(severity))
            write(severity, format.text(), format.where(), detail::viewed(detail::stored(args))...);
    }

  private:
    template <class... Stored>
    [[gnu::noinline]] void write(Severity severity, const char* text, std::source_location where,
                                 Stored... args) const {
        const std::size_t span_size = has_span_ ? sizeof(detail::LogSpan) : 0;
        const std::uint32_t size =
            (static_cast<std::uint32_t>(sizeof(detail::LogHead) + span_size) + ... + detail::size_of(args));
        const LoggerProvider::RingInUse ring(*provider_);
        std::byte* to = ring->reserve(size);
        if (!to) return;
        const detail::LogHead head{
            .size = size,
            .severity = severity,
            .argument_count = sizeof...(Stored),
            .has_span = has_span_,
            .flags = flags_,
            .ticks = provider_->ticks(),
            .module = module_,
            .text = text,
            .where = where,
            .arguments = detail::argument_types<Stored...>.data(),
        };
        std::memcpy(to, &head, sizeof head);
        to += sizeof head;
        if (has_span_) std::memcpy(to, &trace_, sizeof trace_);
        to += span_size;
        ((to = detail::put(to, args)), ...);
        ring->commit();
    }

    LoggerProvider* provider_ = nullptr;
    const LogModule* module_ = nullptr;
    const std::atomic<Severity>* level_ = &detail::nothing_is_logged;
    detail::LogSpan trace_;
    bool has_span_ = false;
    TraceFlags flags_;
};

}  // namespace mizzen::telemetry
