// SPDX-License-Identifier: Apache-2.0
// Quantity: an amount of a resource as Kubernetes writes it ("500m", "1Gi"), exact.
#pragma once
#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace mizzen {

// Counts billionths, so that sums and comparisons of any two quantities are exact. Finer parts are rounded away from
// zero and binary amounts end at 2^63-1, as in Kubernetes; amounts from 10^29 on are no quantities here.
// https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity/
class Quantity {
  public:
    // How it was written, and therefore is written: 1500m, 1536Ki, 15e2. Not part of its value.
    enum class Format : std::uint8_t { decimal, binary, exponent };

    Quantity() = default;
    static Quantity of(std::int64_t units, Format format = Format::decimal);
    static Quantity of_milli(std::int64_t thousandths);

    // In whole units or thousandths, rounded away from zero; the nearest 64-bit number where it does not fit.
    std::int64_t units() const;
    std::int64_t milli() const;
    double number() const;
    bool is_zero() const { return nanos_ == 0; }
    Format format() const { return format_; }

    // The sum is written like the left one, or like the right one if the left one is zero.
    Quantity& operator+=(const Quantity&);
    Quantity& operator-=(const Quantity&);
    friend Quantity operator+(Quantity a, const Quantity& b) { return a += b; }
    friend Quantity operator-(Quantity a, const Quantity& b) { return a -= b; }
    // By value: 1000m and 1 are equal.
    friend bool operator==(const Quantity& a, const Quantity& b) { return a.nanos_ == b.nanos_; }
    friend std::strong_ordering operator<=>(const Quantity& a, const Quantity& b) { return a.nanos_ <=> b.nanos_; }

    friend std::optional<Quantity> parse_quantity(std::string_view);
    friend std::string to_string(const Quantity&);

  private:
    __int128 nanos_ = 0;
    Format format_ = Format::decimal;
};

// Sign, digits with or without a point, and one of n u m k M G T P E, Ki Mi Gi Ti Pi Ei, or an exponent such as e3.
// Nothing for another text; also not for one without a digit ("m", "-"), which Kubernetes takes for 0.
std::optional<Quantity> parse_quantity(std::string_view);
// In canonical form: no fraction, the largest suffix that leaves none.
std::string to_string(const Quantity&);

}  // namespace mizzen
