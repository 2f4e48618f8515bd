// SPDX-License-Identifier: Apache-2.0
// Bodies that are unpacked as they are read.
#include "mizzen/net/detail/gunzip_body.hpp"

#include "mizzen/base/error.hpp"
#include "mizzen/net/detail/ascii.hpp"
#include "mizzen/net/gzip.hpp"

namespace mizzen::net::detail {

namespace {

class UnpackedBody final : public Body::Source {
  public:
    explicit UnpackedBody(Body packed) : packed_(std::move(packed)) {}
    Task<std::optional<Bytes>> next() override {
        while (auto chunk = co_await packed_.next()) {
            std::string text = gunzip_.unpack(*chunk);
            if (!text.empty()) co_return Bytes(std::move(text));
        }
        if (!gunzip_.done()) throw Error(ErrorKind::retry, "a compressed body broke off");
        co_return std::nullopt;
    }

  private:
    Body packed_;
    Gunzip gunzip_;
};

}  // namespace

void unpack(Response& response) {
    const auto encoding = response.headers.find("content-encoding");
    if (!encoding || !same_name(*encoding, "gzip")) return;
    if (!response.body.is_stream() && response.body.bytes().empty()) return;
    response.body = Body(std::make_unique<UnpackedBody>(std::move(response.body)));
    response.headers.remove("content-encoding");
    response.headers.remove("content-length");
}

}  // namespace mizzen::net::detail
