// SPDX-License-Identifier: Apache-2.0
// Implements change.hpp.
#include "mizzen/apiserver/store/change.hpp"

#include "mizzen/apiserver/store/json_text.hpp"

namespace mizzen::apiserver {

std::string_view to_string(ChangeKind kind) {
    switch (kind) {
        case ChangeKind::added:
            return "ADDED";
        case ChangeKind::modified:
            return "MODIFIED";
        case ChangeKind::deleted:
            return "DELETED";
    }
    return "";
}

const Bytes& Change::frame(ChangeKind as) const {
    Bytes& frame = frames_[static_cast<std::size_t>(as)];
    if (!frame.empty()) return frame;
    // An object that a watcher loses sight of is shown as it last saw it, but with the revision of the change.
    if (as == ChangeKind::deleted && kind != ChangeKind::deleted && before)
        frame = watch_frame(to_string(as), with_revision(before->json, revision()));
    else
        frame = watch_frame(to_string(as), record->json);
    return frame;
}

std::string watch_frame(std::string_view type, std::string_view object) {
    std::string frame;
    frame.reserve(object.size() + type.size() + 24);
    frame.append("{\"type\":\"").append(type).append("\",\"object\":").append(object).append("}\n");
    return frame;
}

}  // namespace mizzen::apiserver
