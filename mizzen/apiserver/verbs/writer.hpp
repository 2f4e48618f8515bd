// SPDX-License-Identifier: Apache-2.0
// Writer: the way of a write from a decoded object to the store, the same for create, update, patch and apply.
#pragma once
#include <optional>

#include "mizzen/apiserver/apply/apply.hpp"
#include "mizzen/apiserver/verbs/call.hpp"
#include "mizzen/apiserver/verbs/write_options.hpp"

namespace mizzen::apiserver {

// The stored state that a write starts from.
struct Live {
    RecordPtr record;
    json::Value object;  // in the version of the call
};

// Throws StatusError 404.
Live read_live(const Call& call);
std::optional<Live> find_live(const Call& call);

// Who writes, for managedFields.
FieldManager manager_of(const Call& call, const WriteOptions& options);

// What was written, in the version of the call.
struct Written {
    Bytes json;
    bool created = false;
};

// Creates `object` (conformed and defaulted). `tracked` says that its managedFields are done (apply).
Task<Written> write_new(Call& call, json::Value object, const WriteOptions& options, bool tracked = false);

// Replaces `live` by `object`; removes it instead if that took away the last finalizer of an object being deleted.
// Nothing if the stored object changed meanwhile: read it again and start over.
Task<std::optional<Written>> write_over(Call& call, const Live& live, json::Value object, const WriteOptions& options,
                                        bool tracked = false);

}  // namespace mizzen::apiserver
