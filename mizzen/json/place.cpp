// SPDX-License-Identifier: Apache-2.0
// Paths as Kubernetes writes them.
#include "mizzen/json/place.hpp"

namespace mizzen::json {
namespace {

void append_path(std::string& out, const Place* place) {
    if (!place) return;
    append_path(out, place->up);
    if (!place->key.data()) {
        out.append("[").append(std::to_string(place->index)).append("]");
        return;
    }
    if (!out.empty()) out += '.';
    out += place->key;
}

}  // namespace

std::string to_path(const Place* place) {
    std::string out;
    append_path(out, place);
    return out;
}

}  // namespace mizzen::json
