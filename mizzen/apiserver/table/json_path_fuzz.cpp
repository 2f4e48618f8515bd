// SPDX-License-Identifier: Apache-2.0
// Any text as a JSONPath over one document: read or refused, and walked in bounded time.
#include <cstdint>

#include "mizzen/apiserver/table/json_path.hpp"
#include "mizzen/base/error.hpp"
#include "mizzen/json/json.hpp"

using namespace mizzen;
using namespace mizzen::apiserver;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const json::Value document = json::parse(
        R"({"a":{"b":1,"c":"x"},"list":[1,2,3,{"n":"x","on":true},{"n":"y","k":2.5}],"deep":[[[{"n":null}]]]})");
    if (size > 200) return 0;
    try {
        JsonPath path = JsonPath::parse({reinterpret_cast<const char*>(data), size});
        for (const json::Value* value : path.find(document)) printed(*value);
    } catch (const Error&) {
    }
    return 0;
}
