// SPDX-License-Identifier: Apache-2.0
// WatchFrames: how the events of one watch look on the wire.
#pragma once
#include <cstdint>

#include "mizzen/apiserver/catalog/served_resource.hpp"
#include "mizzen/apiserver/request/accept.hpp"
#include "mizzen/apiserver/status.hpp"
#include "mizzen/apiserver/store/change.hpp"
#include "mizzen/apiserver/table/table.hpp"

namespace mizzen::apiserver {

struct Machinery;

// Plain objects are frames that all watchers share; Tables and PartialObjectMetadata are made for each watch.
class WatchFrames {
  public:
    WatchFrames(Machinery& server, Accepted accepted, Include include)
        : server_(server), accepted_(std::move(accepted)), include_(include) {}

    Bytes added(const ServedResource& resource, const RecordPtr& record);
    Bytes changed(const ServedResource& resource, const Change& change, ChangeKind as);
    // `initial_events_end` marks the one that ends the initial events.
    Bytes bookmark(const ServedResource& resource, std::uint64_t revision, bool initial_events_end);
    static Bytes error(const StatusError& error);

  private:
    json::Value transform(const ServedResource& resource, const json::Value& object);
    json::Value table(const ServedResource& resource, const json::Value* object, std::string_view revision);

    Machinery& server_;
    Accepted accepted_;
    Include include_;
    bool columns_sent_ = false;
};

}  // namespace mizzen::apiserver
