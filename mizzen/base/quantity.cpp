// SPDX-License-Identifier: Apache-2.0
// Quantities: arithmetic, and text in canonical form.
#include "mizzen/base/quantity.hpp"

#include <limits>

namespace mizzen {
namespace {

using Int = __int128;
constexpr Int billion = 1'000'000'000;
constexpr Int largest = std::numeric_limits<Int>::max();

std::string digits(Int n) {
    const bool negative = n < 0;
    auto rest = negative ? 0 - static_cast<unsigned __int128>(n) : static_cast<unsigned __int128>(n);
    std::string out;
    do out.insert(out.begin(), static_cast<char>('0' + static_cast<int>(rest % 10)));
    while ((rest /= 10) != 0);
    return negative ? "-" + out : out;
}

// Rounded away from zero.
std::int64_t divided(Int n, Int by) {
    Int q = n / by;
    if (n % by != 0) q += n < 0 ? -1 : 1;
    constexpr Int most = std::numeric_limits<std::int64_t>::max(), least = std::numeric_limits<std::int64_t>::min();
    return static_cast<std::int64_t>(q > most ? most : q < least ? least : q);
}

Int saturated_sum(Int a, Int b) {
    Int sum;
    if (!__builtin_add_overflow(a, b, &sum)) return sum;
    return a < 0 ? -largest : largest;
}

// The power of ten is a multiple of three, as the suffixes are, from nano on.
std::string in_decimal(Int nanos, Quantity::Format format) {
    constexpr std::string_view suffixes[] = {"n", "u", "m", "", "k", "M", "G", "T", "P", "E"};
    std::size_t i = 0;
    const bool si = format != Quantity::Format::exponent;
    while (nanos % 1000 == 0 && (!si || i + 1 < std::size(suffixes))) nanos /= 1000, ++i;
    if (si) return digits(nanos).append(suffixes[i]);
    const int exponent = static_cast<int>(i) * 3 - 9;
    return exponent == 0 ? digits(nanos) : digits(nanos) + "e" + std::to_string(exponent);
}

std::string in_binary(Int units) {
    constexpr std::string_view suffixes[] = {"", "Ki", "Mi", "Gi", "Ti", "Pi", "Ei"};
    std::size_t i = 0;
    while (units % 1024 == 0 && i + 1 < std::size(suffixes)) units /= 1024, ++i;
    return digits(units).append(suffixes[i]);
}

}  // namespace

Quantity Quantity::of(std::int64_t units, Format format) {
    Quantity q;
    q.nanos_ = units * billion;
    q.format_ = format;
    return q;
}

Quantity Quantity::of_milli(std::int64_t thousandths) {
    Quantity q;
    q.nanos_ = thousandths * (billion / 1000);
    return q;
}

std::int64_t Quantity::units() const { return divided(nanos_, billion); }
std::int64_t Quantity::milli() const { return divided(nanos_, billion / 1000); }
double Quantity::number() const { return static_cast<double>(nanos_) / 1e9; }

Quantity& Quantity::operator+=(const Quantity& other) {
    if (is_zero()) format_ = other.format_;
    nanos_ = saturated_sum(nanos_, other.nanos_);
    return *this;
}

Quantity& Quantity::operator-=(const Quantity& other) {
    if (is_zero()) format_ = other.format_;
    nanos_ = saturated_sum(nanos_, -other.nanos_);
    return *this;
}

std::string to_string(const Quantity& q) {
    if (q.is_zero()) return "0";
    const Int kibi = 1024 * billion;
    const bool small = q.nanos_ > -kibi && q.nanos_ < kibi;
    if (q.format_ == Quantity::Format::binary && !small && q.nanos_ % billion == 0)
        return in_binary(q.nanos_ / billion);
    return in_decimal(q.nanos_, q.format_);
}

}  // namespace mizzen
