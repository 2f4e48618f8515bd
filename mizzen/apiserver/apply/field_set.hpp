// SPDX-License-Identifier: Apache-2.0
// FieldSet: a set of paths into an object, kept in the very form in which managedFields writes it (FieldsV1), so that
// reading and writing an entry costs nothing. Source: Kubernetes documentation "Field Management";
// structured-merge-diff v6, fieldpath.
//
// A tree of elements: "f:name" is a member of an object, `k:{"name":"x"}` an element of a keyed list, `v:"x"` an
// element of a set, "i:3" an index. A path is in the set if its node is {} or has the member ".":
// {"f:spec":{".":{},"f:replicas":{}}} holds .spec and .spec.replicas.
#pragma once
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "mizzen/json/value.hpp"
#include "mizzen/kube/schema/type.hpp"

namespace mizzen::apiserver {

class FieldSet {
  public:
    FieldSet() = default;
    // Takes a FieldsV1 document; nothing if it is none. Elements are brought into the form that this file writes;
    // unknown kinds of element are left out.
    static std::optional<FieldSet> parse(json::Value fields_v1);

    // Of names joined by dots: "spec", "metadata.labels".
    static FieldSet of_paths(std::span<const std::string_view> paths);

    bool empty() const { return nodes_.empty(); }
    bool operator==(const FieldSet&) const = default;
    json::Value to_value() const& { return nodes_; }
    json::Value to_value() && { return std::move(nodes_); }

    // Puts `element` with what is below it; `is_member` says whether the path itself is in the set. Nothing below and
    // no member: nothing is put.
    void put(std::string element, bool is_member, FieldSet below);
    bool contains(std::initializer_list<std::string_view> path) const;

    void unite(const FieldSet& other);
    // Takes out the paths of `other`, each for itself: what is below them stays.
    void subtract(const FieldSet& other);
    // Takes out the paths of `other` and all that is below them.
    void subtract_trees(const FieldSet& other);
    FieldSet intersection(const FieldSet& other) const;
    bool is_subset_of(const FieldSet& other) const;
    // The paths that lie on the way to, are, or lie below `path`, of names joined by dots ("*" is any element).
    FieldSet within(std::string_view path) const;

    // Fields that the type declares count as members as soon as something below them does: they disappear with the last
    // of it.
    void make_declared_fields_members(const kube::schema::Type& type);
    // The type may have become atomic since the set was written: what lies below an atomic value becomes the value
    // itself.
    void follow_type(const kube::schema::Type& type);

    // Calls with each path as people write it: ".spec.containers[name=\"app\"].image"; those of one object before those
    // below.
    void for_each(const std::function<void(const std::string& path)>& fn) const;

    const json::Object& nodes() const { return nodes_; }

  private:
    explicit FieldSet(json::Object nodes) : nodes_(std::move(nodes)) {}

    json::Object nodes_;
};

// Whether a node of nodes() is in the set itself, and whether something is below it.
bool is_member(const json::Value& node);
bool has_below(const json::Value& node);

}  // namespace mizzen::apiserver
