// SPDX-License-Identifier: Apache-2.0
// gzip by zlib.
#include "mizzen/net/gzip.hpp"

#include <zlib.h>

#include <algorithm>

#include "mizzen/base/error.hpp"
#include "mizzen/net/detail/ascii.hpp"
#include "mizzen/net/http.hpp"

namespace mizzen::net {

namespace {
constexpr int gzip_window = 15 + 16;  // the largest window, with gzip's header

Bytef* bytes_of(std::string_view text) { return reinterpret_cast<Bytef*>(const_cast<char*>(text.data())); }
}  // namespace

bool takes_gzip(const Headers& request) {
    const auto accepted = request.find("accept-encoding");
    return accepted && detail::lists(*accepted, "gzip");
}

std::string gzip(std::string_view bytes, int level) {
    z_stream stream{};
    if (deflateInit2(&stream, level, Z_DEFLATED, gzip_window, 8, Z_DEFAULT_STRATEGY) != Z_OK) {
        throw Error(ErrorKind::bug, "zlib cannot start");
    }
    std::string out(deflateBound(&stream, bytes.size()), '\0');
    stream.next_in = bytes_of(bytes);
    stream.avail_in = static_cast<uInt>(bytes.size());
    stream.next_out = bytes_of(out);
    stream.avail_out = static_cast<uInt>(out.size());
    const int result = deflate(&stream, Z_FINISH);
    out.resize(stream.total_out);
    deflateEnd(&stream);
    if (result != Z_STREAM_END) throw Error(ErrorKind::bug, "zlib did not finish");
    return out;
}

struct Gunzip::State {
    z_stream stream{};
    bool done = false;
    State() {
        if (inflateInit2(&stream, gzip_window) != Z_OK) throw Error(ErrorKind::bug, "zlib cannot start");
    }
    ~State() { inflateEnd(&stream); }
};

Gunzip::Gunzip() : state_(std::make_unique<State>()) {}
Gunzip::Gunzip(Gunzip&&) noexcept = default;
Gunzip::~Gunzip() = default;
bool Gunzip::done() const { return state_->done; }

std::string Gunzip::unpack(std::string_view packed, std::size_t limit) {
    z_stream& stream = state_->stream;
    stream.next_in = bytes_of(packed);
    stream.avail_in = static_cast<uInt>(packed.size());
    std::string out;
    std::size_t used = 0;
    for (;;) {
        if (state_->done) {
            if (stream.avail_in == 0) break;
            // The next member (RFC 1952, 2.2): kube-apiserver sends each watch event as one.
            inflateReset(&stream);
            state_->done = false;
        }
        if (out.size() - used < 4096) out.resize(std::max<std::size_t>(2 * out.size(), 4 * packed.size() + 4096));
        stream.next_out = bytes_of(out) + used;
        stream.avail_out = static_cast<uInt>(out.size() - used);
        const int result = inflate(&stream, Z_NO_FLUSH);
        used = out.size() - stream.avail_out;
        state_->done = result == Z_STREAM_END;
        if (used > limit)
            throw Error(ErrorKind::invalid, "a compressed body unpacks to over " + std::to_string(limit) + " bytes");
        if (result == Z_BUF_ERROR || (result == Z_OK && stream.avail_in == 0 && stream.avail_out > 0)) break;
        if (result != Z_OK && result != Z_STREAM_END) throw Error(ErrorKind::invalid, "a compressed body is not gzip");
    }
    out.resize(used);
    return out;
}

}  // namespace mizzen::net
