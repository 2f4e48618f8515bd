// SPDX-License-Identifier: Apache-2.0
// Parking and waking.
#include "mizzen/async/waiter.hpp"

#include <utility>

#include "mizzen/async/cancel_scope.hpp"
#include "mizzen/async/loop.hpp"
#include "mizzen/base/error.hpp"

namespace mizzen {

Waiter::~Waiter() {
    if (state_ == State::woken) loop_->forget(*this);
}

void Waiter::park(const Context& context, std::coroutine_handle<> task) {
    loop_ = context.loop;
    task_ = task;
    why_.reset();
    state_ = State::parked;
    if (context.cancel) context.cancel->add(*this);
}

bool Waiter::wake() {
    if (state_ != State::parked) return false;
    unlink();
    state_ = State::woken;
    loop_->enqueue(*this);
    return true;
}

bool Waiter::cancel(const std::shared_ptr<const std::string>& why) {
    if (!wake()) return false;
    why_ = why;
    return true;
}

void Waiter::check() const {
    if (why_) throw Cancelled(*why_);
}

void Waiter::resume() {
    state_ = State::idle;
    std::exchange(task_, {}).resume();
}

}  // namespace mizzen
