// SPDX-License-Identifier: Apache-2.0
// Random: xoshiro256** and what is drawn from it.
#include "mizzen/base/random.hpp"

#include <random>

namespace mizzen {
namespace {

std::uint64_t split_mix(std::uint64_t& x) {
    std::uint64_t z = (x += 0x9e3779b97f4a7c15);
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
    z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
    return z ^ (z >> 31);
}

}  // namespace

Random::Random(std::uint64_t seed) {
    for (std::uint64_t& s : state_) s = split_mix(seed);
}

Random Random::from_system() {
    std::random_device device;
    return Random((std::uint64_t{device()} << 32) | device());
}

// Lemire's multiplication; the rejected low products are what would make small results likelier.
std::uint64_t Random::below(std::uint64_t n) {
    if (n == 0) return 0;
    const std::uint64_t threshold = (0 - n) % n;
    for (;;) {
        const auto product = static_cast<unsigned __int128>((*this)()) * n;
        if (static_cast<std::uint64_t>(product) >= threshold) return static_cast<std::uint64_t>(product >> 64);
    }
}

double Random::unit() { return static_cast<double>((*this)() >> 11) * 0x1p-53; }

std::string Random::uuid() {
    constexpr char digits[] = "0123456789abcdef";
    const std::uint64_t halves[2] = {((*this)() & ~std::uint64_t{0xf000}) | 0x4000,
                                     ((*this)() & ~(std::uint64_t{3} << 62)) | (std::uint64_t{2} << 62)};
    std::string out;
    out.reserve(36);
    for (int i = 0; i < 32; ++i) {
        if (i == 8 || i == 12 || i == 16 || i == 20) out += '-';
        out += digits[(halves[i / 16] >> (60 - 4 * (i % 16))) & 0xf];
    }
    return out;
}

std::string Random::name_suffix(std::size_t n) {
    constexpr std::string_view alphabet = "bcdfghjklmnpqrstvwxz2456789";
    std::string out(n, ' ');
    for (char& c : out) c = alphabet[below(alphabet.size())];
    return out;
}

}  // namespace mizzen
