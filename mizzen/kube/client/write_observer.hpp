// SPDX-License-Identifier: Apache-2.0
// WriteObserver: is told what an Api wrote, so that a cache can wait until it has seen it.
#pragma once
#include <string>

#include "mizzen/kube/client/dynamic.hpp"
#include "mizzen/kube/client/object_key.hpp"

namespace mizzen::kube {

struct Written {
    DynamicKind kind;
    ObjectKey key;
    std::string uid;
    std::string resource_version;  // "" if the object is gone and the server told no version
};

class WriteObserver {
  public:
    virtual ~WriteObserver() = default;
    virtual void wrote(Written) = 0;
};

}  // namespace mizzen::kube
