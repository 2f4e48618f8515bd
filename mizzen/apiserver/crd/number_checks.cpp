// SPDX-License-Identifier: Apache-2.0
// The checks of numbers.
#include "mizzen/apiserver/crd/number_checks.hpp"

#include <fmt/format.h>

#include <array>
#include <charconv>
#include <cmath>
#include <limits>

namespace mizzen::apiserver {
namespace {

constexpr double int64_limit = 9223372036854775808.0;

// A float limit as an integer, kept in range: a limit beyond it holds for every integer anyway.
std::int64_t whole(double n) {
    if (n >= int64_limit) return std::numeric_limits<std::int64_t>::max();
    if (n < -int64_limit) return std::numeric_limits<std::int64_t>::min();
    return static_cast<std::int64_t>(n);
}

bool is_whole(double n) { return std::floor(n) == n && std::fabs(n) < int64_limit; }

struct NumberCheck {
    const JsonSchema& schema;
    const json::Value& value;
    const std::string& path;
    const std::string& field;
    SchemaResult result;

    void fail(std::string_view what) {
        auto text = fmt::format("{} in body {}", path, what);
        result.add({invalid_value(field, value, text), text});
    }

    std::string limit_text(double limit) const {
        return value.is_integer() ? fmt::format("{}", whole(limit)) : go_number(limit);
    }

    // Says so if `n` cannot be held by the type and format asked for; `what` is "Checked value", "Maximum boundary
    // value" and the like.
    bool fits(double n, bool is_integer, std::string_view what) {
        bool asks_integer = schema.type == "integer" && !schema.int_or_string;
        bool asks_number = schema.type == "number";
        bool well = true;
        if (asks_integer) {
            bool small = schema.format != "int32" || std::fabs(n) <= 2147483648.0 - (n > 0 ? 1 : 0);
            well = (is_integer || is_whole(n)) && small;
        } else if (asks_number && schema.format == "float") {
            well = std::fabs(n) <= static_cast<double>(std::numeric_limits<float>::max());
        }
        if (well) return true;
        auto form = schema.format == "int32" || schema.format == "int64" || schema.format == "float"
                        ? fmt::format("with format {}", schema.format)
                        : std::string("(default format)");
        auto text = fmt::format("{} must be of type {} {} in {}", what, schema.type, form, path);
        result.add({invalid_value("<nil>", "", text), text});
        return false;
    }

    // Of an integer the factor counts as an integer too, whatever its fraction was.
    void check_multiple(double factor) {
        fits(factor, false, "MultipleOf value");
        if (value.is_integer()) factor = static_cast<double>(whole(factor));
        if (factor <= 0) {
            auto text = fmt::format("factor MultipleOf declared for {} must be positive: {}", path, limit_text(factor));
            result.add(
                {invalid_value(field, value.is_integer() ? json::Value(whole(factor)) : json::Value(factor), text),
                 text});
            return;
        }
        bool well = value.is_integer()
                        ? value.as_integer() % whole(factor) == 0
                        : is_whole(factor < 1 ? 1 / factor * value.as_number() : value.as_number() / factor);
        if (!well) fail(fmt::format("should be a multiple of {}", limit_text(factor)));
    }

    void check_maximum(double limit) {
        fits(limit, false, "Maximum boundary value");
        bool open = schema.exclusive_maximum, over = false;
        if (value.is_integer())
            over = open ? value.as_integer() >= whole(limit) : value.as_integer() > whole(limit);
        else
            over = open ? value.as_number() >= limit : value.as_number() > limit;
        if (over) fail(fmt::format("should be less than {}{}", open ? "" : "or equal to ", limit_text(limit)));
    }

    void check_minimum(double limit) {
        fits(limit, false, "Minimum boundary value");
        bool open = schema.exclusive_minimum, under = false;
        if (value.is_integer())
            under = open ? value.as_integer() <= whole(limit) : value.as_integer() < whole(limit);
        else
            under = open ? value.as_number() <= limit : value.as_number() < limit;
        if (under) fail(fmt::format("should be greater than {}{}", open ? "" : "or equal to ", limit_text(limit)));
    }
};

}  // namespace

std::string go_number(double n) {
    std::array<char, 64> buffer{};
    double size = std::fabs(n);
    auto style = size != 0 && (size < 1e-4 || size >= 1e21) ? std::chars_format::scientific : std::chars_format::fixed;
    return {buffer.data(), std::to_chars(buffer.data(), buffer.data() + buffer.size(), n, style).ptr};
}

SchemaResult check_number(const JsonSchema& schema, const json::Value& value, const std::string& path,
                          const std::string& field) {
    NumberCheck check{schema, value, path, field, {}};
    check.fits(value.as_number(), value.is_integer(), "Checked value");
    if (schema.multiple_of) check.check_multiple(*schema.multiple_of);
    if (schema.minimum) check.check_minimum(*schema.minimum);
    if (schema.maximum) check.check_maximum(*schema.maximum);
    ++check.result.matches;
    return std::move(check.result);
}

}  // namespace mizzen::apiserver
