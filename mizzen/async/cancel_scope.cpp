// SPDX-License-Identifier: Apache-2.0
// Cancelling a tree of scopes.
#include "mizzen/async/cancel_scope.hpp"

#include <utility>

namespace mizzen {

CancelScope::CancelScope(CancelScope* parent) {
    if (!parent) return;
    parent->children_.push_back(*this);
    why_ = parent->why_;
}

void CancelScope::cancel(std::string why) { cancel(std::make_shared<const std::string>(std::move(why))); }

// Waking only queues tasks, so no list changes under this walk but by the walk itself.
void CancelScope::cancel(const std::shared_ptr<const std::string>& why) {
    if (why_) return;
    why_ = why;
    for (auto& child : children_) child.cancel(why);
    while (!waiters_.empty()) waiters_.front().cancel(why);
}

const std::string& CancelScope::why() const {
    static const std::string none;
    return why_ ? *why_ : none;
}

void CancelScope::add(Waiter& waiter) {
    waiters_.push_back(waiter);
    if (why_) waiter.cancel(why_);
}

}  // namespace mizzen
