// SPDX-License-Identifier: Apache-2.0
// fits: the check of arguments whose types are known only when they are there.
#include "mizzen/cel/function.hpp"

namespace mizzen::cel {

bool fits(const Value& value, const Type& type) {
    using K = Type::Kind;
    if (type.is(K::dynamic) || type.is(K::variable)) return true;
    auto actual = run_time_type(value);
    if (actual.kind() != type.kind() || actual.name() != type.name()) return false;
    if (type.is(K::list)) {
        auto& list = value.list();
        return type.parameters().empty() || list.size() == 0 || fits(list.at(0), type.parameters()[0]);
    }
    if (type.is(K::map) && !type.parameters().empty()) {
        auto keys = value.map().keys();
        if (keys.empty()) return true;
        auto first = value.map().find(keys[0]);
        return fits(keys[0], type.parameters()[0]) && (!first || fits(*first, type.parameters()[1]));
    }
    return true;
}

}  // namespace mizzen::cel
