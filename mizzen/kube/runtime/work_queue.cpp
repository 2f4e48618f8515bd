// SPDX-License-Identifier: Apache-2.0
// The queue of a controller.
#include "mizzen/kube/runtime/work_queue.hpp"

#include <algorithm>

namespace mizzen::kube {

void WorkQueue::add(ObjectKey key, Priority priority) {
    if (closed_) return;
    if (auto running = running_.find(key); running != running_.end()) {
        running->second.again = std::max(running->second.again.value_or(priority), priority);
        return;
    }
    if (auto queued = queued_.find(key); queued != queued_.end()) {
        if (queued->second.priority >= priority) return;
        auto node = order_.extract(queued->second);
        node.key() = queued->second = {priority, ++serial_, queued->second.since};
        order_.insert(std::move(node));
        return;
    }
    const Place place{priority, ++serial_, loop_.now()};
    order_.emplace(place, key);
    queued_.emplace(std::move(key), place);
    metrics_.adds.add();
    metrics_.depth.set(static_cast<double>(queued_.size()));
    changed_.notify_all();
}

void WorkQueue::add_after(ObjectKey key, Duration wait) {
    if (closed_) return;
    const Time when = loop_.now() + std::max(wait, Duration::zero());
    auto known = due_.find(key);
    if (known != due_.end()) {
        if (known->second <= when) return;
        delayed_.erase({known->second, key});
    }
    due_[key] = when;
    delayed_.emplace(when, std::move(key));
    set_alarm();
}

Duration WorkQueue::add_after_failure(const ObjectKey& key, std::optional<Duration> at_least) {
    Duration wait = backoff_.delay(++failures_[key], loop_.random());
    if (at_least) wait = std::max(wait, *at_least);
    metrics_.retries.add();
    add_after(key, wait);
    return wait;
}

int WorkQueue::failures(const ObjectKey& key) const {
    auto found = failures_.find(key);
    return found == failures_.end() ? 0 : found->second;
}

void WorkQueue::drop(const ObjectKey& key) {
    forget(key);
    forget_delay(key);
}

void WorkQueue::forget_delay(const ObjectKey& key) {
    auto known = due_.find(key);
    if (known == due_.end()) return;
    delayed_.erase({known->second, key});
    due_.erase(known);
}

Task<std::optional<ObjectKey>> WorkQueue::next() {
    while (order_.empty() && !closed_) co_await changed_.wait();
    if (closed_) co_return std::nullopt;
    auto first = order_.begin();
    ObjectKey key = std::move(first->second);
    const Time now = loop_.now();
    metrics_.waited.observe(now - first->first.since);
    order_.erase(first);
    queued_.erase(key);
    Work work{now};
    if (metrics_.in_progress) metrics_.in_progress->began(work.start = loop_.wall());
    running_.emplace(key, work);
    metrics_.depth.set(static_cast<double>(queued_.size()));
    forget_delay(key);
    co_return key;
}

void WorkQueue::done(const ObjectKey& key) {
    auto found = running_.find(key);
    if (found == running_.end()) return;
    auto again = found->second.again;
    metrics_.worked.observe(loop_.now() - found->second.since);
    if (metrics_.in_progress) metrics_.in_progress->ended(found->second.start);
    running_.erase(found);
    if (again) add(key, *again);
}

void WorkQueue::close() {
    closed_ = true;
    loop_.stop(alarm_);
    changed_.notify_all();
}

void WorkQueue::add_due() {
    while (!delayed_.empty() && delayed_.begin()->first <= loop_.now()) {
        ObjectKey key = delayed_.begin()->second;
        forget_delay(key);
        add(std::move(key));
    }
    set_alarm();
}

void WorkQueue::set_alarm() {
    if (!delayed_.empty()) loop_.start(alarm_, delayed_.begin()->first);
}

}  // namespace mizzen::kube
