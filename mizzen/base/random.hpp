// SPDX-License-Identifier: Apache-2.0
// Random: the one source of randomness, always an argument. Seeded under simulation, seeded by the system otherwise.
#pragma once
#include <bit>
#include <cstdint>
#include <string>

namespace mizzen {

// xoshiro256** (Blackman and Vigna, 2018), seeded by SplitMix64. Not for keys: those come from OpenSSL.
class Random {
  public:
    using result_type = std::uint64_t;
    explicit Random(std::uint64_t seed);
    static Random from_system();

    std::uint64_t operator()() {
        const std::uint64_t result = std::rotl(state_[1] * 5, 7) * 9;
        const std::uint64_t t = state_[1] << 17;
        state_[2] ^= state_[0];
        state_[3] ^= state_[1];
        state_[1] ^= state_[2];
        state_[0] ^= state_[3];
        state_[2] ^= t;
        state_[3] = std::rotl(state_[3], 45);
        return result;
    }
    static constexpr std::uint64_t min() { return 0; }
    static constexpr std::uint64_t max() { return ~std::uint64_t{0}; }

    // Uniform in [0, n); 0 if n is 0.
    std::uint64_t below(std::uint64_t n);
    // Uniform in [0, 1).
    double unit();
    // RFC 9562 version 4.
    std::string uuid();
    // `n` characters of Kubernetes' safe alphabet (no vowels, no 0 1 3): the tail of a generated name.
    std::string name_suffix(std::size_t n = 5);

  private:
    std::uint64_t state_[4];
};

}  // namespace mizzen
