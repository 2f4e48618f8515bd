// SPDX-License-Identifier: Apache-2.0
// Fuzz target: the small parsers of base. What is read is written and read as the same; the rest is refused.
#include <cstdlib>
#include <string>

#include "mizzen/base/base64.hpp"
#include "mizzen/base/error.hpp"
#include "mizzen/base/quantity.hpp"
#include "mizzen/base/regex.hpp"
#include "mizzen/base/time.hpp"

using namespace mizzen;

static void check(bool holds) {
    if (!holds) std::abort();
}

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    if (const auto q = parse_quantity(text)) check(parse_quantity(to_string(*q)) == q);
    if (const auto d = parse_duration(text)) check(parse_duration(to_string(*d)) == d);
    if (const auto t = parse_rfc3339(text)) check(parse_rfc3339(to_rfc3339_micro(*t)).has_value());
    if (const auto b = from_base64(text)) check(from_base64(to_base64(*b)) == b);
    try {
        const Regex regex(text.substr(0, text.size() / 2));
        regex.search(text.substr(text.size() / 2));
        check(!regex.matches(text) || regex.search(text));
    } catch (const Error& e) {
        check(e.kind() == ErrorKind::invalid);
    }
    return 0;
}
