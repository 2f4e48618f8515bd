// SPDX-License-Identifier: Apache-2.0
// Remover: carries out the deletion of one object.
#pragma once
#include "mizzen/apiserver/verbs/delete_options.hpp"
#include "mizzen/apiserver/verbs/writer.hpp"

namespace mizzen::apiserver {

struct Removed {
    bool gone = false;  // else it waits, marked
    Bytes json;         // its last or its marked state
};

// Deletes the object of that key, or marks it. Throws StatusError: 404 as `key` is not there, 409 where a precondition
// fails.
Task<Removed> remove_object(Call& call, std::string key, DeleteOptions options);

}  // namespace mizzen::apiserver
