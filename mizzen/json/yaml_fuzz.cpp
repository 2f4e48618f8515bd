// SPDX-License-Identifier: Apache-2.0
// Fuzz target: YAML that is read is written and read as the same; what is refused is refused by Error.
#include <cstdlib>

#include "mizzen/base/error.hpp"
#include "mizzen/json/yaml.hpp"

using namespace mizzen;

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
    std::vector<json::YamlDocument> documents;
    try {
        documents = json::parse_yaml(std::string_view(reinterpret_cast<const char*>(data), size));
    } catch (const Error& e) {
        if (e.kind() != ErrorKind::invalid) std::abort();
        return 0;
    }
    for (const json::YamlDocument& d : documents) {
        const auto again = json::parse_yaml(json::to_yaml(d.value));
        if (again.size() != 1 || !(again[0].value == d.value)) std::abort();
        for (const auto& [path, position] : d.positions) d.where(path);
    }
    return 0;
}
