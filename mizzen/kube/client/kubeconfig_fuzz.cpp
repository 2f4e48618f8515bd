// SPDX-License-Identifier: Apache-2.0
// Fuzz target: kubeconfigs, label selectors and the scanner of JSON envelopes; what cannot be read is refused, never
// more.
#include <cstddef>
#include <cstdint>

#include "mizzen/base/error.hpp"
#include "mizzen/kube/client/detail/json_scan.hpp"
#include "mizzen/kube/client/kubeconfig.hpp"
#include "mizzen/kube/client/label_selector.hpp"

namespace {

template <class Fn>
void attempt(Fn fn) {
    try {
        fn();
    } catch (const mizzen::Error&) {
        // Refused: all is well.
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace mizzen::kube;
    std::string_view text(reinterpret_cast<const char*>(data), size);
    attempt([&] { Kubeconfig::parse(text).to_yaml(); });
    attempt([&] {
        // What was read and written reads the same again.
        Selector once = Selector::parse(text);
        if (to_string(Selector::parse(to_string(once))) != to_string(once)) __builtin_trap();
    });
    attempt([&] { detail::scan_members(text); });
    attempt([&] { detail::scan_items(text); });
    return 0;
}
