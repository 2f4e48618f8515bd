// SPDX-License-Identifier: Apache-2.0
// Implements record.hpp.
#include "mizzen/apiserver/store/record.hpp"

namespace mizzen::apiserver {

std::string_view Record::name() const {
    std::string_view text = key;
    return text.substr(text.find('/') + 1);
}

std::string_view Record::ns() const {
    std::string_view text = key;
    std::size_t slash = text.find('/');
    return slash == std::string_view::npos ? std::string_view() : text.substr(0, slash);
}

std::string record_key(std::string_view ns, std::string_view name) {
    std::string key;
    key.reserve(ns.size() + 1 + name.size());
    if (!ns.empty()) key.append(ns).push_back('/');
    return key.append(name);
}

}  // namespace mizzen::apiserver
