// SPDX-License-Identifier: Apache-2.0
// How many bytes this program holds, and how often it has asked for memory. Replaces operator new and delete: to be
// included by one file of a program.
#pragma once
#include <malloc.h>

#include <atomic>
#include <cstdint>
#include <cstdlib>
#include <new>

namespace mizzen::telemetry::otlp::testing {

inline constinit std::atomic<std::int64_t> live = 0, asked = 0;

inline std::int64_t live_bytes() { return live.load(std::memory_order_relaxed); }
inline std::int64_t allocations() { return asked.load(std::memory_order_relaxed); }

inline void* counted(void* memory) {
    if (!memory) return nullptr;
    live.fetch_add(static_cast<std::int64_t>(malloc_usable_size(memory)), std::memory_order_relaxed);
    asked.fetch_add(1, std::memory_order_relaxed);
    return memory;
}
inline void* taken_or_null(std::size_t size) { return counted(std::malloc(size ? size : 1)); }
inline void* taken(std::size_t size) {
    if (void* memory = taken_or_null(size)) return memory;
    throw std::bad_alloc();
}
inline void* taken(std::size_t size, std::align_val_t alignment) {
    const auto by = static_cast<std::size_t>(alignment);
    if (void* memory = counted(std::aligned_alloc(by, (size + by - 1) / by * by))) return memory;
    throw std::bad_alloc();
}
inline void give_back(void* memory) {
    if (!memory) return;
    live.fetch_sub(static_cast<std::int64_t>(malloc_usable_size(memory)), std::memory_order_relaxed);
    std::free(memory);
}
}  // namespace mizzen::telemetry::otlp::testing

// All forms, because those that are left out would be of another allocator (that of a sanitizer).
namespace mizzen_live = mizzen::telemetry::otlp::testing;
void* operator new(std::size_t size) { return mizzen_live::taken(size); }
void* operator new[](std::size_t size) { return mizzen_live::taken(size); }
void* operator new(std::size_t size, const std::nothrow_t&) noexcept { return mizzen_live::taken_or_null(size); }
void* operator new[](std::size_t size, const std::nothrow_t&) noexcept { return mizzen_live::taken_or_null(size); }
void* operator new(std::size_t size, std::align_val_t by) { return mizzen_live::taken(size, by); }
void* operator new[](std::size_t size, std::align_val_t by) { return mizzen_live::taken(size, by); }
void operator delete(void* memory) noexcept { mizzen_live::give_back(memory); }
void operator delete[](void* memory) noexcept { mizzen_live::give_back(memory); }
void operator delete(void* memory, std::size_t) noexcept { mizzen_live::give_back(memory); }
void operator delete[](void* memory, std::size_t) noexcept { mizzen_live::give_back(memory); }
void operator delete(void* memory, const std::nothrow_t&) noexcept { mizzen_live::give_back(memory); }
void operator delete[](void* memory, const std::nothrow_t&) noexcept { mizzen_live::give_back(memory); }
void operator delete(void* memory, std::align_val_t) noexcept { mizzen_live::give_back(memory); }
void operator delete[](void* memory, std::align_val_t) noexcept { mizzen_live::give_back(memory); }
void operator delete(void* memory, std::size_t, std::align_val_t) noexcept { mizzen_live::give_back(memory); }
void operator delete[](void* memory, std::size_t, std::align_val_t) noexcept { mizzen_live::give_back(memory); }
