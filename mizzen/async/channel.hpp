// SPDX-License-Identifier: Apache-2.0
// Channel<T>: a bounded queue between tasks of one loop.
#pragma once
#include <cstddef>
#include <deque>
#include <optional>
#include <utility>

#include "mizzen/async/task.hpp"
#include "mizzen/async/wait_queue.hpp"
#include "mizzen/base/error.hpp"

namespace mizzen {

// Many senders, many receivers, values in order. Cancelling a task that waits here loses no value: a send that throws
// Cancelled sent nothing, a receive that throws Cancelled took nothing.
template <class T>
class Channel {
  public:
    explicit Channel(std::size_t capacity) : capacity_(capacity) {}

    // Waits while the channel is full. Throws Error(invalid) if it is closed.
    Task<> send(T value) {
        while (values_.size() >= capacity_ && !closed_) co_await senders_.wait();
        if (closed_) throw Error(ErrorKind::invalid, "the channel is closed");
        push(std::move(value));
    }
    // Sends at once or not at all: false if the channel is full or closed.
    bool try_send(T value) {
        if (closed_ || values_.size() >= capacity_) return false;
        push(std::move(value));
        return true;
    }
    // Waits while the channel is empty. Nothing once it is closed and drained.
    Task<std::optional<T>> receive() {
        while (values_.empty()) {
            if (closed_) co_return std::nullopt;
            co_await receivers_.wait();
        }
        co_return try_receive();
    }
    // What is there now.
    std::optional<T> try_receive() {
        if (values_.empty()) return std::nullopt;
        std::optional<T> value(std::move(values_.front()));
        values_.pop_front();
        senders_.wake_one();
        return value;
    }
    // No more sends; what is inside can still be received.
    void close() {
        closed_ = true;
        receivers_.wake_all();
        senders_.wake_all();
    }
    bool closed() const { return closed_; }
    std::size_t size() const { return values_.size(); }

  private:
    void push(T value) {
        values_.push_back(std::move(value));
        receivers_.wake_one();
    }

    std::deque<T> values_;
    std::size_t capacity_;
    bool closed_ = false;
    WaitQueue senders_;
    WaitQueue receivers_;
};

}  // namespace mizzen
