// SPDX-License-Identifier: Apache-2.0
// Fuzz target: what parse takes is written and read as the same; what it refuses it refuses by Error.
#include <cstdlib>

#include "mizzen/base/error.hpp"
#include "mizzen/json/json.hpp"
#include "mizzen/json/problem.hpp"

using namespace mizzen;

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    std::vector<std::size_t> large_integers;
    const bool is_json = !json::find_problem(text, large_integers);
    try {
        std::vector<std::string> duplicates;
        const json::Value v = json::parse(text, &duplicates);
        if (!is_json) std::abort();  // the two grammars must agree
        const std::string written = json::to_json(v);
        if (!(json::parse(written) == v) || json::to_json(json::parse(written)) != written) std::abort();
        if (!(json::parse(json::to_pretty_json(v)) == v)) std::abort();
    } catch (const Error& e) {
        if (is_json || e.kind() != ErrorKind::invalid) std::abort();
    }
    return 0;
}
