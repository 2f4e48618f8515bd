// SPDX-License-Identifier: Apache-2.0
// CancelScope: a set of parked work that can be told to stop.
#pragma once
#include <memory>
#include <string>

#include "mizzen/async/list.hpp"
#include "mizzen/async/waiter.hpp"

namespace mizzen {

// What is parked inside wakes with Cancelled, and what parks later throws at once: a cancelled scope stays cancelled.
// Scopes nest: cancelling the parent cancels the children. Work that never parks is not interrupted.
class CancelScope : public Link {
  public:
    explicit CancelScope(CancelScope* parent = nullptr);

    // `why` becomes the message of Cancelled. The first reason stays.
    void cancel(std::string why);
    bool cancelled() const { return why_ != nullptr; }
    // The reason, or "".
    const std::string& why() const;

  private:
    friend class Waiter;
    void add(Waiter&);
    void cancel(const std::shared_ptr<const std::string>& why);

    List<CancelScope> children_;
    List<Waiter> waiters_;
    std::shared_ptr<const std::string> why_;
};

}  // namespace mizzen
