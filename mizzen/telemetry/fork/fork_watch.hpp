// SPDX-License-Identifier: Apache-2.0
// ForkWatch: is told when this process forks, so that a child does not go on with what is its parent's.
#pragma once
#include <cstdint>

namespace mizzen::telemetry {

// How often this process and those that it was forked from have forked: another number than before means that this is a
// child now. Costs a load.
std::uint64_t fork_generation() noexcept;

// One object of the process that has something to do at a fork. fork() is a matter of the whole process and knows no
// arguments, so these objects are on one list; it is what POSIX calls back (pthread_atfork, which cannot be undone).
//
// The calls come on the thread that forks. In the child no other thread is left, and what they had locked stays so:
// a watch locks what it needs in before_fork(). In the child only what is async-signal-safe may be done: no memory is
// allocated or freed, nothing waits. Not copied or moved; none is made or destroyed in these calls.
class ForkWatch {
  public:
    ForkWatch();
    ForkWatch(const ForkWatch&) = delete;
    ForkWatch& operator=(const ForkWatch&) = delete;

    virtual void before_fork() noexcept {}
    virtual void after_fork_in_parent() noexcept {}
    virtual void after_fork_in_child() noexcept {}

  protected:
    ~ForkWatch();

  private:
    friend struct ForkWatches;
    ForkWatch* next_ = nullptr;
    ForkWatch* previous_ = nullptr;
};

}  // namespace mizzen::telemetry
