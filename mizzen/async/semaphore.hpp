// SPDX-License-Identifier: Apache-2.0
// Semaphore: at most so many tasks at once, first come first served.
#pragma once
#include <cstddef>
#include <utility>

#include "mizzen/async/task.hpp"
#include "mizzen/async/wait_queue.hpp"

namespace mizzen {

// `auto permit = co_await limit.acquire();` The permit is given back when it dies. The semaphore outlives its permits.
class Semaphore : WaitQueue {
  public:
    class Permit {
      public:
        explicit Permit(Semaphore& from) : from_(&from) {}
        Permit(Permit&& other) noexcept : from_(std::exchange(other.from_, nullptr)) {}
        Permit& operator=(Permit&& other) noexcept {
            std::swap(from_, other.from_);
            return *this;
        }
        ~Permit() {
            if (from_) from_->release();
        }

      private:
        Semaphore* from_;
    };

    explicit Semaphore(std::size_t permits) : free_(permits) {}

    // Throws Cancelled.
    Task<Permit> acquire() {
        if (free_ > 0) {
            --free_;
        } else {
            co_await wait();  // release() hands its permit over
        }
        co_return Permit(*this);
    }
    std::size_t free() const { return free_; }

  private:
    void release() {
        if (!wake_one()) ++free_;
    }
    void abandoned() override { release(); }

    std::size_t free_;
};

}  // namespace mizzen
