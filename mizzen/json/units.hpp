// SPDX-License-Identifier: Apache-2.0
// type_of for Quantity, Duration and WallTime: members with units, written as Kubernetes writes them.
//
//     Quantity memory  = field("Memory per pod.", *parse_quantity("128Mi"));   // "128Mi", or a plain number
//     Duration timeout = field("How long to wait.", Duration(30s));            // "30s"
//     WallTime updated = field("When this was written.");                      // "2026-01-31T12:00:00Z"; left out
//     while it is 1970
//
// A zero is left out unless the default is something else or the member is required.
#pragma once
#include "mizzen/base/quantity.hpp"
#include "mizzen/base/time.hpp"
#include "mizzen/json/type_of.hpp"

namespace mizzen::json {

template <>
struct Describe<Quantity> {
    static const TypeInfo& table();
};

template <>
struct Describe<Duration> {
    static const TypeInfo& table();
};

template <>
struct Describe<WallTime> {
    static const TypeInfo& table();
};

}  // namespace mizzen::json
