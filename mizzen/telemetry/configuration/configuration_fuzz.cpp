// SPDX-License-Identifier: Apache-2.0
// No text, as a configuration file or as a variable in one, does harm; what is wrong is Error(invalid).
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "mizzen/base/error.hpp"
#include "mizzen/telemetry/configuration/file.hpp"
#include "mizzen/telemetry/environment/detail/entities.hpp"
#include "mizzen/telemetry/metrics/registry.hpp"
#include "mizzen/telemetry/resource/detail/container.hpp"

using namespace mizzen::telemetry;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    try {
        const Configuration c = read_configuration(
            text, "fuzz.yaml", [text](std::string_view) { return std::string(text.substr(0, 20)); }, Machine{});
        Registry registry({.views = c.views});
        if (c.sampler_choice) make_sampler(*c.sampler_choice);
    } catch (const mizzen::Error& error) {
        if (error.kind() != mizzen::ErrorKind::invalid) std::abort();
    }
    parse_entities(text);
    detail::container_of(text, text);
    return 0;
}
