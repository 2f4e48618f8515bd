// SPDX-License-Identifier: Apache-2.0
// Implements event_expiry.hpp.
#include "mizzen/apiserver/verbs/event_expiry.hpp"

namespace mizzen::apiserver {
namespace {

constexpr Duration lifetime = std::chrono::hours(1);

}  // namespace

void EventExpiry::load(Time now) {
    store_.collection("events").each("", "", [&](const RecordPtr& event) {
        due_.push_back({now + lifetime, event->key, event->revision});
        return true;
    });
}

void EventExpiry::written(const Record& event, Time now) {
    due_.push_back({now + lifetime, event.key, event.revision});
    Collection& events = store_.collection("events");
    for (; due_.front().when <= now; due_.pop_front()) {
        RecordPtr old = events.find(due_.front().key);
        if (old && old->revision == due_.front().revision) store_.remove(events, old->key);
    }
}

}  // namespace mizzen::apiserver
