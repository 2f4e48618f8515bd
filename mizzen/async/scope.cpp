// SPDX-License-Identifier: Apache-2.0
// Background tasks: started, watched, freed.
#include "mizzen/async/scope.hpp"

#include <utility>

#include "mizzen/base/error.hpp"

namespace mizzen {

namespace {
bool is_cancellation(const std::exception_ptr& error) {
    try {
        std::rethrow_exception(error);
    } catch (const Cancelled&) {
        return true;
    } catch (const std::exception&) {
        return false;
    }
}
}  // namespace

// A background task as the list of its scope knows it.
struct Scope::Frame : Link {
    Context context;
    Waiter start;
    virtual void destroy() noexcept = 0;

  protected:
    ~Frame() = default;
};

// The coroutine around a spawned task. It frees itself at its end.
struct Scope::Background {
    struct promise_type final : Frame {
        Scope* scope;
        promise_type(const Task<>&, Scope& owner) : scope(&owner) {
            context = owner.context_;
            owner.tasks_.push_back(*this);
        }
        Background get_return_object() { return {*this}; }
        std::suspend_always initial_suspend() const noexcept { return {}; }
        struct Final {
            bool await_ready() const noexcept { return false; }
            void await_suspend(std::coroutine_handle<promise_type> task) const noexcept {
                Scope& scope = *task.promise().scope;
                task.promise().unlink();
                task.destroy();
                scope.ended();
            }
            void await_resume() const noexcept {}
        };
        Final final_suspend() const noexcept { return {}; }
        void return_void() const noexcept {}
        void unhandled_exception() { scope->fail(std::current_exception()); }
        void destroy() noexcept override { std::coroutine_handle<promise_type>::from_promise(*this).destroy(); }
    };
    promise_type& promise;
};

Scope::Scope(Loop& loop, CancelScope* parent) : context_{.loop = &loop}, cancel_(parent) { context_.cancel = &cancel_; }

Scope::Scope(const Context& parent) : context_(parent), cancel_(parent.cancel) { context_.cancel = &cancel_; }

Scope::~Scope() {
    while (!tasks_.empty()) {
        Frame& frame = tasks_.back();
        frame.unlink();
        frame.destroy();
    }
}

Scope::Background Scope::run(Task<> task, Scope&) { co_await std::move(task); }

void Scope::spawn(Task<> task) {
    auto& promise = run(std::move(task), *this).promise;
    ++running_;
    // Outside of the cancel scope: a task always starts, so that what it was given is put away in order.
    promise.start.park({.loop = context_.loop}, std::coroutine_handle<Background::promise_type>::from_promise(promise));
    promise.start.wake();
}

void Scope::fail(const std::exception_ptr& error) {
    if (cancel_.cancelled() && is_cancellation(error)) return;
    if (!error_) error_ = error;
    cancel_.cancel(std::string("a task beside it failed"));
}

void Scope::ended() {
    if (--running_ == 0) joining_.wake_all();
}

Task<> Scope::join() {
    while (running_ > 0) co_await joining_.wait();
    if (error_) std::rethrow_exception(error_);
}

}  // namespace mizzen
