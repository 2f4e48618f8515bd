// SPDX-License-Identifier: Apache-2.0
// Change: one write as watchers see it, encoded once for all of them.
#pragma once
#include <array>
#include <cstdint>

#include "mizzen/apiserver/store/record.hpp"

namespace mizzen::apiserver {

enum class ChangeKind : std::uint8_t { added, modified, deleted };
std::string_view to_string(ChangeKind);  // "ADDED", "MODIFIED", "DELETED"

struct Change {
    Change(ChangeKind its_kind, RecordPtr its_record, RecordPtr its_before)
        : kind(its_kind), record(std::move(its_record)), before(std::move(its_before)) {}

    ChangeKind kind;
    RecordPtr record;  // after the write; of a deletion: the last state, with the revision of the deletion
    RecordPtr before;  // null if there was none

    std::uint64_t revision() const { return record->revision; }
    // {"type":"MODIFIED","object":{…}} and a newline, with the stored bytes. `as` differs from `kind` where a selector
    // makes an object appear or vanish.
    const Bytes& frame(ChangeKind as) const;
    void drop_frames() const { frames_ = {}; }

  private:
    mutable std::array<Bytes, 3> frames_;
};

// A watch event around the JSON text of an object.
std::string watch_frame(std::string_view type, std::string_view object);

}  // namespace mizzen::apiserver
