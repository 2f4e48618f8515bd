// SPDX-License-Identifier: Apache-2.0
// Any text is a selector or a 400; and a selector that was read can be asked.
#include <cstddef>
#include <cstdint>
#include <cstdlib>

#include "mizzen/apiserver/selector/selector.hpp"
#include "mizzen/apiserver/status.hpp"

using namespace mizzen::apiserver;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    const mizzen::json::Value labels = mizzen::json::Object{{"a", "b"}, {"n", "5"}};
    try {
        LabelSelector::parse(text).matches(&labels);
    } catch (const StatusError& e) {
        if (e.code != 400) std::abort();
    }
    try {
        FieldSelector::parse(text, [](std::string_view) { return true; }).matches([](std::string_view field) {
            return std::string(field);
        });
    } catch (const StatusError& e) {
        if (e.code != 400) std::abort();
    }
    return 0;
}
