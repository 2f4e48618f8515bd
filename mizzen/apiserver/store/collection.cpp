// SPDX-License-Identifier: Apache-2.0
// Implements collection.hpp.
#include "mizzen/apiserver/store/collection.hpp"

#include <algorithm>

namespace mizzen::apiserver {

int FieldIndex::find(std::string_view name) const {
    auto it = std::find(names.begin(), names.end(), name);
    return it == names.end() ? -1 : static_cast<int>(it - names.begin());
}

RecordPtr Collection::find(std::string_view key) const {
    auto it = records_.find(key);
    return it == records_.end() ? nullptr : *it;
}

void Collection::each(std::string_view prefix, std::string_view after, const Visit& visit) const {
    auto it = after > prefix ? records_.upper_bound(after) : records_.lower_bound(prefix);
    for (; it != records_.end() && (*it)->key.starts_with(prefix); ++it)
        if (!visit(*it)) return;
}

void Collection::each_at(std::uint64_t revision, std::string_view prefix, std::string_view after,
                         const Visit& visit) const {
    // What each key changed since held before its first change: null for what did not exist.
    std::map<std::string_view, RecordPtr> past;
    for (auto it = history_.rbegin(); it != history_.rend() && it->revision() > revision; ++it)
        if (it->record->key.starts_with(prefix) && it->record->key > after) past[it->record->key] = it->before;

    auto old = past.begin();
    bool more = true;
    auto emit_past_up_to = [&](const std::string* key) {
        for (; more && old != past.end() && (!key || old->first < *key); ++old)
            if (old->second) more = visit(old->second);
    };
    each(prefix, after, [&](const RecordPtr& record) {
        emit_past_up_to(&record->key);
        if (!more) return false;
        if (old != past.end() && old->first == record->key) {
            if (old->second) more = visit(old->second);
            ++old;
        } else {
            more = visit(record);
        }
        return more;
    });
    emit_past_up_to(nullptr);
}

const Change* Collection::next_change(std::uint64_t revision) const {
    auto it = std::upper_bound(history_.begin(), history_.end(), revision,
                               [](std::uint64_t r, const Change& c) { return r < c.revision(); });
    return it == history_.end() ? nullptr : &*it;
}

}  // namespace mizzen::apiserver
