// SPDX-License-Identifier: Apache-2.0
// Zstandard (RFC 8878), for bodies.
#pragma once
#include <string>
#include <string_view>

namespace mizzen::net {

class Headers;

// Whether the sender of a request would rather have zstd than gzip: its Accept-Encoding names it with a weight above
// zero, and not below gzip's (RFC 9110, 12.5.3).
bool prefers_zstd(const Headers& request);

// One frame with a checksum. Level 1 is quick, 19 is small; what it needs to be unpacked is within what every receiver
// of a body has to have (a window of 8 MiB, RFC 9659).
std::string zstd(std::string_view bytes, int level = 1);

// What the frames in `packed` give, one after the other. Throws Error(invalid) if it is not zstd, is damaged or cut
// off, needs a window over 8 MiB, or unpacks to more than `limit`.
std::string unzstd(std::string_view packed, std::size_t limit = 256u << 20);

}  // namespace mizzen::net
