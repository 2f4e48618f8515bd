// SPDX-License-Identifier: Apache-2.0
// Type: what the API machinery knows of a piece of an object. One form for built-in kinds (generated tables) and for
// custom resources (built from their OpenAPI schema at run time), so that patches, apply, pruning, defaults and OpenAPI
// are written once.
#pragma once
#include <array>
#include <cstdint>
#include <span>
#include <string_view>

namespace mizzen::kube::schema {

enum class Shape : std::uint8_t {
    any,  // whatever is there is kept: RawExtension, JSON, x-kubernetes-preserve-unknown-fields without a type
    boolean,
    integer,  // int32, int64
    number,   // float, double
    string,
    int_or_string,
    object,  // with fields
    list,
    map,  // string keys, one element type
};

enum class Format : std::uint8_t {
    none,
    int32,
    int64,
    float_,
    double_,
    byte,
    date_time,
    micro_time,
    quantity,
    duration
};

// How server-side apply merges (x-kubernetes-list-type, x-kubernetes-map-type).
enum class Merge : std::uint8_t {
    granular,  // objects and maps: member by member
    atomic,    // replaced as a whole; the default of lists
    set,       // lists of scalars
    keyed,     // lists of objects with map_keys
};

struct Type;

struct Field {
    std::string_view name;  // JSON key
    const Type* type = nullptr;
    std::uint32_t number = 0;  // protobuf field number; 0 for custom resources
    bool required = false;
    bool nullable = false;
    bool patch_merge = false;               // strategic merge patch merges this list or map (patchStrategy=merge)
    bool patch_retain_keys = false;         // patchStrategy=retainKeys
    std::string_view patch_merge_key = {};  // of a list
    std::string_view default_json = {};     // JSON text of the default, or ""
    std::span<const std::string_view> enumeration = {};  // of a list: of its elements
    std::array<std::uint8_t, 2> inside =
        {};                // protobuf numbers of the messages that hold it, outermost first: Go embeds, JSON does not
    bool pointer = false;  // in Go; its zero value is not the same as its absence
    bool omit_empty = false;     // Go leaves it out of JSON when it is empty
    bool omit_zero = false;      // as omit_empty, also for structs
    bool patch_replace = false;  // patchStrategy=replace: strategic merge patch does not merge this object
};

struct Type {
    std::string_view name = {};  // "io.k8s.api.apps.v1.DeploymentSpec"; "" for anonymous ones
    Shape shape = Shape::any;
    Format format = Format::none;
    Merge merge = Merge::granular;
    bool preserve_unknown = false;                    // object: members without a Field are kept (and are of shape any)
    bool embedded_resource = false;                   // has apiVersion, kind and metadata of its own
    std::span<const Field> fields = {};               // object: sorted by name
    const Type* element = nullptr;                    // list, map
    std::span<const std::string_view> map_keys = {};  // list, keyed
    std::span<const std::string_view> map_key_defaults =
        {};  // JSON text per map key, "" where it has none (containers.ports: protocol)

    // Binary search; nullptr if the object has no such field.
    const Field* find(std::string_view key) const;
};

// A subresource of discovery. Its kind may be of another group: deployments/scale is autoscaling/v1 Scale.
struct Subresource {
    std::string_view name;
    std::string_view group;
    std::string_view version;
    std::string_view kind;
    std::span<const std::string_view> verbs = {};
};

// A kind that the server serves: the facts of discovery, and its type.
struct Resource {
    std::string_view group;  // "" is core
    std::string_view version;
    std::string_view kind;
    std::string_view plural;
    std::string_view singular;
    bool namespaced = true;
    std::span<const std::string_view> short_names = {};
    std::span<const std::string_view> categories = {};
    std::span<const std::string_view> subresources = {};  // "status", "scale", "token", …
    std::span<const std::string_view> verbs = {};         // of the main resource
    const Type* type = nullptr;
    std::string_view storage_version_hash = {};  // as discovery reports it; "" where nothing is stored
    std::span<const Subresource> details = {};   // of the subresources, in the same order

    const Subresource* find_subresource(std::string_view name) const;
};

// Anything with an apiVersion and a kind: the kinds served, their lists, and bodies such as Eviction, Scale, Status,
// DeleteOptions.
struct ObjectKind {
    std::string_view group;
    std::string_view version;
    std::string_view kind;
    const Type* type;
};

// Every built-in resource of the pinned release, sorted by group, version, plural; the release is release().
std::span<const Resource> resources();
const Resource* find_resource(std::string_view group, std::string_view version, std::string_view plural);
const Resource* find_kind(std::string_view group, std::string_view version, std::string_view kind);
// By OpenAPI name: "io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta".
const Type* find_type(std::string_view name);
// Sorted by group, version, kind.
std::span<const ObjectKind> object_kinds();
// DeleteOptions and WatchEvent are found in every group version.
const Type* find_object(std::string_view group, std::string_view version, std::string_view kind);
// All named types, sorted by name.
std::span<const Type* const> types();
// "v1.37.2"
std::string_view release();

}  // namespace mizzen::kube::schema
