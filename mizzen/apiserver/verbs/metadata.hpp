// SPDX-License-Identifier: Apache-2.0
// What the server itself reads and writes in metadata.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "mizzen/base/random.hpp"
#include "mizzen/base/time.hpp"
#include "mizzen/json/value.hpp"

namespace mizzen::apiserver {

std::vector<std::string> finalizers_of(const json::Value& object);
// An empty list removes the member.
void set_finalizers(json::Value& object, const std::vector<std::string>& finalizers);
bool is_being_deleted(const json::Value& object);
// metadata.deletionGracePeriodSeconds, if set.
std::optional<std::int64_t> deletion_grace(const json::Value& object);

// Sets uid and creationTimestamp, removes what only the server may say (deletionTimestamp, selfLink, generation).
void begin_life(json::Value& object, WallTime now, Random& random);
// On update: what a client can neither set nor remove comes from `live`.
void keep_system_metadata(json::Value& object, const json::Value& live);
// Fills in the namespace of the request; a different one is 400. `ns` is "" for what lives in no namespace.
void match_namespace(json::Value& object, std::string_view ns);
// A name from metadata.generateName and five random characters, at most 63 long.
std::string generate_name(std::string_view base, Random& random);
// Adds one to metadata.generation.
void bump_generation(json::Value& object);

// metadata.resourceVersion as a number; 0 if it is absent or "0". Throws StatusError 500 in kube-apiserver's words if
// it is no number.
std::uint64_t resource_version_of(const json::Value& object);
// Decimal digits only; nothing otherwise.
std::optional<std::uint64_t> parse_revision(std::string_view text);

}  // namespace mizzen::apiserver
