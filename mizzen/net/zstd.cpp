// SPDX-License-Identifier: Apache-2.0
// Zstandard by libzstd.
#include "mizzen/net/zstd.hpp"

#include <zstd.h>

#include <algorithm>
#include <memory>

#include "mizzen/base/error.hpp"
#include "mizzen/net/detail/ascii.hpp"
#include "mizzen/net/http.hpp"

namespace mizzen::net {
namespace {

constexpr int quickest = 1, smallest = 19;  // above that windows are over 8 MiB
constexpr int largest_window = 23;          // the binary logarithm of 8 MiB

void check(std::size_t result) {
    if (ZSTD_isError(result)) throw Error(ErrorKind::bug, std::string("libzstd: ") + ZSTD_getErrorName(result));
}

}  // namespace

bool prefers_zstd(const Headers& request) {
    const auto accepted = request.find("accept-encoding");
    if (!accepted) return false;
    const int weight = detail::weight(*accepted, "zstd");
    return weight > 0 && weight >= detail::weight(*accepted, "gzip");
}

std::string zstd(std::string_view bytes, int level) {
    const std::unique_ptr<ZSTD_CCtx, decltype(&ZSTD_freeCCtx)> context(ZSTD_createCCtx(), ZSTD_freeCCtx);
    if (!context) throw std::bad_alloc();
    check(ZSTD_CCtx_setParameter(context.get(), ZSTD_c_compressionLevel, std::clamp(level, quickest, smallest)));
    check(ZSTD_CCtx_setParameter(context.get(), ZSTD_c_checksumFlag, 1));
    std::string out(ZSTD_compressBound(bytes.size()), '\0');
    const std::size_t size = ZSTD_compress2(context.get(), out.data(), out.size(), bytes.data(), bytes.size());
    check(size);
    out.resize(size);
    return out;
}

std::string unzstd(std::string_view packed, std::size_t limit) {
    const std::unique_ptr<ZSTD_DCtx, decltype(&ZSTD_freeDCtx)> context(ZSTD_createDCtx(), ZSTD_freeDCtx);
    if (!context) throw std::bad_alloc();
    check(ZSTD_DCtx_setParameter(context.get(), ZSTD_d_windowLogMax, largest_window));
    ZSTD_inBuffer in{packed.data(), packed.size(), 0};
    std::string out;
    std::size_t used = 0;
    for (bool has_ended = false;;) {
        if (has_ended && in.pos == in.size) break;
        if (out.size() - used < 4096) out.resize(std::max<std::size_t>(2 * out.size(), 4 * packed.size() + 4096));
        ZSTD_outBuffer room{out.data(), out.size(), used};
        const std::size_t result = ZSTD_decompressStream(context.get(), &room, &in);
        if (ZSTD_isError(result)) {
            throw Error(ErrorKind::invalid, std::string("a compressed body is not zstd: ") + ZSTD_getErrorName(result));
        }
        used = room.pos;
        has_ended = result == 0;
        if (used > limit)
            throw Error(ErrorKind::invalid, "a compressed body unpacks to over " + std::to_string(limit) + " bytes");
        // All was read, there was room left, and the frame wants more.
        if (!has_ended && in.pos == in.size && used < out.size())
            throw Error(ErrorKind::invalid, "a compressed body is cut off");
    }
    out.resize(used);
    return out;
}

}  // namespace mizzen::net
