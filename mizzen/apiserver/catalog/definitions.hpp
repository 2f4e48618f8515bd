// SPDX-License-Identifier: Apache-2.0
// Definitions: keeps what is served in step with the CustomResourceDefinitions that are stored.
#pragma once
#include <cstdint>
#include <map>
#include <string>
#include <string_view>

#include "mizzen/apiserver/catalog/catalog.hpp"
#include "mizzen/base/time.hpp"

namespace mizzen::apiserver {

// A definition is served in the same turn in which it is stored, and gone in the same turn in which it and the last of
// its objects are.
class Definitions {
  public:
    Definitions(Store& store, Catalog& catalog) : store_(store), catalog_(catalog) {}

    // Serves what was stored before the start.
    void load();

    // Sets what the server says about a definition that is about to be stored: its status, and the finalizer that
    // empties it first.
    void prepare(json::Value& crd, const json::Value* live, const std::string& now) const;
    // To be told of each write to a definition, of each removal, and of each removal of an object.
    void stored(const Record& definition, WallTime now);
    void removed(std::string_view definition, WallTime now);
    void object_removed(const ServedResource& resource, WallTime now);

  private:
    bool names_are_free(const json::Value& crd, std::string& why_not) const;
    std::uint32_t generation_of(const std::string& definition, const json::Value& crd);
    void accept_waiting(WallTime now);
    void empty(const std::string& definition, WallTime now);
    void tell_terminating(const std::string& definition, WallTime now);
    void finish(const std::string& definition, WallTime now);

    Store& store_;
    Catalog& catalog_;
    struct Schemas {
        std::uint64_t hash = 0;
        std::uint32_t generation = 0;
    };
    std::map<std::string, Schemas> schemas_;  // by definition; stays when it goes, for it may come back
    std::uint32_t generation_ = 0;
};

}  // namespace mizzen::apiserver
