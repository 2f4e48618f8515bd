// SPDX-License-Identifier: Apache-2.0
// The kinds that mean something to the server itself: CustomResourceDefinitions make resources served, namespaces end
// in their own way, Events expire, ClusterRoles collect the rules of others.
#pragma once
#include <string_view>

#include "mizzen/apiserver/verbs/call.hpp"

namespace mizzen::apiserver {

// Before validation: what the server sets in such objects. `live` is null on create.
void prepare_special(const Call& call, json::Value& object, const json::Value* live);

// After a write to the store.
void after_write(const Call& call, const Record& record);
// Removes from the store, with what follows from it. Returns the last state, or null if there was nothing.
RecordPtr remove_record(const Call& call, std::string_view key);

// Whether nothing but finalizers and grace holds an object that is being deleted: a namespace waits for its
// spec.finalizers too.
bool may_go(const json::Value& object);

}  // namespace mizzen::apiserver
