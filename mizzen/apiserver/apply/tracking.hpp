// SPDX-License-Identifier: Apache-2.0
// The steps that apply and update share.
#pragma once
#include "mizzen/apiserver/apply/managers.hpp"
#include "mizzen/apiserver/apply/object_fields.hpp"

namespace mizzen::apiserver {

// Fields that nobody owns: apiVersion, kind, and what the server writes in metadata.
const FieldSet& unowned_fields();

// Brings what was written before up to date: entries of versions that are gone go, paths below what is atomic now
// become its own.
void freshen(Managers& managers, const kube::schema::Type& type, const FieldManager& manager);

void apply_reset(FieldSet& fields, const ResetFields& reset);

// Writes through scale leave no time: kube-apiserver translates their entries from and to the Scale object, and loses
// it.
bool has_time(const FieldManager& manager);

// The difference without what this endpoint resets.
Difference tracked_difference(const json::Value& before, const json::Value& after, const kube::schema::Type& type,
                              const ResetFields& reset);

// An update from `before` to `after`: the manager gains what changed, everybody else loses it. Does not cap.
void record_update(Managers& managers, const json::Value& before, const json::Value& after,
                   const kube::schema::Type& type, const FieldManager& manager);

// What kubectl may take over without force: fields that the live object still has as the last-applied annotation says.
FieldSet last_applied_fields(const json::Value& live, const kube::schema::Type& type, std::string_view api_version);
// Writes the annotation anew, if the object has it.
void update_last_applied(json::Value& object, const json::Value& config);

}  // namespace mizzen::apiserver
