// SPDX-License-Identifier: Apache-2.0
// Implements metadata.hpp.
#include "mizzen/apiserver/verbs/metadata.hpp"

#include <fmt/format.h>

#include <charconv>

#include "mizzen/apiserver/status.hpp"

namespace mizzen::apiserver {
namespace {

// Takes `key` of metadata from `live`: removed where that has none.
void keep(json::Value& metadata, const json::Value& live, std::string_view key) {
    if (const json::Value* value = live.find_path({"metadata", key}))
        metadata[key] = *value;
    else
        metadata.erase(key);
}

}  // namespace

std::vector<std::string> finalizers_of(const json::Value& object) {
    std::vector<std::string> out;
    const json::Value* list = object.find_path({"metadata", "finalizers"});
    if (!list || !list->is_array()) return out;
    for (const json::Value& f : list->as_array())
        if (f.is_string()) out.push_back(f.as_string());
    return out;
}

void set_finalizers(json::Value& object, const std::vector<std::string>& finalizers) {
    if (finalizers.empty()) {
        object["metadata"].erase("finalizers");
        return;
    }
    json::Array list;
    for (const std::string& f : finalizers) list.emplace_back(f);
    object.at({"metadata", "finalizers"}) = std::move(list);
}

bool is_being_deleted(const json::Value& object) { return !object.text({"metadata", "deletionTimestamp"}).empty(); }

std::optional<std::int64_t> deletion_grace(const json::Value& object) {
    const json::Value* grace = object.find_path({"metadata", "deletionGracePeriodSeconds"});
    return grace && grace->is_integer() ? std::optional(grace->as_integer()) : std::nullopt;
}

void begin_life(json::Value& object, WallTime now, Random& random) {
    json::Value& metadata = object["metadata"];
    for (std::string_view key : {"deletionTimestamp", "deletionGracePeriodSeconds", "selfLink", "generation"})
        metadata.erase(key);
    metadata["uid"] = random.uuid();
    metadata["creationTimestamp"] = to_rfc3339(now);
}

void keep_system_metadata(json::Value& object, const json::Value& live) {
    json::Value& metadata = object["metadata"];
    if (object.text({"metadata", "uid"}).empty()) keep(metadata, live, "uid");
    for (std::string_view key :
         {"creationTimestamp", "deletionTimestamp", "deletionGracePeriodSeconds", "generation", "name", "namespace"})
        keep(metadata, live, key);
    metadata.erase("selfLink");
}

void match_namespace(json::Value& object, std::string_view ns) {
    std::string_view found = object.text({"metadata", "namespace"});
    if (ns.empty()) {
        if (json::Value* metadata = object.find("metadata")) metadata->erase("namespace");
        return;
    }
    if (!found.empty() && found != ns)
        throw bad_request("the namespace of the provided object does not match the namespace sent on the request");
    object.at({"metadata", "namespace"}) = ns;
}

std::string generate_name(std::string_view base, Random& random) {
    constexpr std::size_t longest = 63, suffix = 5;
    return std::string(base.substr(0, longest - suffix)) + random.name_suffix(suffix);
}

void bump_generation(json::Value& object) {
    json::Value& generation = object.at({"metadata", "generation"});
    generation = generation.is_integer() ? generation.as_integer() + 1 : 1;
}

std::optional<std::uint64_t> parse_revision(std::string_view text) {
    std::uint64_t n = 0;
    auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), n);
    if (text.empty() || error != std::errc() || end != text.data() + text.size()) return std::nullopt;
    return n;
}

std::uint64_t resource_version_of(const json::Value& object) {
    std::string_view text = object.text({"metadata", "resourceVersion"});
    if (text.empty()) return 0;
    if (std::optional<std::uint64_t> n = parse_revision(text)) return *n;
    StatusError e = internal_error("");
    e.reason = "";
    e.message = fmt::format("strconv.ParseUint: parsing \"{}\": invalid syntax", text);
    throw e;
}

}  // namespace mizzen::apiserver
