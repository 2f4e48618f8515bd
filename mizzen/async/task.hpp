// SPDX-License-Identifier: Apache-2.0
// Task<T>: a lazily started coroutine that gives a T, or throws.
//
// A task starts when it is awaited (co_await), spawned (scope.hpp) or run (loop.hpp), and inherits the Context of who
// awaits it. Everything on one Loop runs on one thread. A task that is destroyed before its end is a crash of that
// task: destructors run, its code does not.
//
// Arguments of a coroutine go by value, or by reference to what the awaiter keeps alive; Clang warns about dangling
// temporaries. Lambdas that are coroutines capture nothing: pass arguments.
#pragma once
#include <coroutine>
#include <exception>
#include <optional>
#include <utility>

#include "mizzen/async/context.hpp"

namespace mizzen {

template <class T = void>
class Task;

namespace detail {

struct TaskPromise {
    Context context;
    std::coroutine_handle<> next;  // who awaits this task
    std::exception_ptr error;

    struct Final {
        bool await_ready() const noexcept { return false; }
        template <class Promise>
        std::coroutine_handle<> await_suspend(std::coroutine_handle<Promise> task) const noexcept {
            auto next = task.promise().next;
            return next ? next : std::noop_coroutine();
        }
        void await_resume() const noexcept {}
    };
    std::suspend_always initial_suspend() const noexcept { return {}; }
    Final final_suspend() const noexcept { return {}; }
    void unhandled_exception() { error = std::current_exception(); }
};

template <class T>
struct Promise : TaskPromise {
    std::optional<T> value;
    Task<T> get_return_object();
    template <class U>
    void return_value(U&& result) {
        value.emplace(std::forward<U>(result));
    }
    T take() {
        if (error) std::rethrow_exception(std::exchange(error, {}));
        return std::move(*value);
    }
};

template <>
struct Promise<void> : TaskPromise {
    Task<void> get_return_object();
    void return_void() const noexcept {}
    void take() {
        if (error) std::rethrow_exception(std::exchange(error, {}));
    }
};

}  // namespace detail

template <class T>
class [[nodiscard, clang::coro_lifetimebound, clang::coro_return_type]] Task {
  public:
    using promise_type = detail::Promise<T>;
    using Handle = std::coroutine_handle<promise_type>;

    explicit Task(Handle handle) : handle_(handle) {}
    Task(Task&& other) noexcept : handle_(std::exchange(other.handle_, {})) {}
    Task& operator=(Task&& other) noexcept {
        std::swap(handle_, other.handle_);
        return *this;
    }
    ~Task() {
        if (handle_) handle_.destroy();
    }

    // Awaited once.
    bool await_ready() const noexcept { return false; }
    template <class Awaiter>
    std::coroutine_handle<> await_suspend(std::coroutine_handle<Awaiter> awaiter) noexcept {
        handle_.promise().next = awaiter;
        handle_.promise().context = awaiter.promise().context;
        return handle_;
    }
    T await_resume() { return handle_.promise().take(); }

    // For those who start tasks by other means than co_await.
    Handle handle() const { return handle_; }

  private:
    Handle handle_;
};

template <class T>
Task<T> detail::Promise<T>::get_return_object() {
    return Task<T>(std::coroutine_handle<Promise>::from_promise(*this));
}
inline Task<void> detail::Promise<void>::get_return_object() {
    return Task<void>(std::coroutine_handle<Promise>::from_promise(*this));
}

// Awaits `task` in a context of the caller's making instead of its own: `co_await InContext{std::move(task), other}`.
template <class T>
class InContext {
  public:
    InContext(Task<T> task, Context context) : task_(std::move(task)), context_(context) {}
    bool await_ready() const noexcept { return false; }
    template <class Awaiter>
    std::coroutine_handle<> await_suspend(std::coroutine_handle<Awaiter> awaiter) noexcept {
        auto task = task_.await_suspend(awaiter);
        task_.handle().promise().context = context_;
        return task;
    }
    T await_resume() { return task_.await_resume(); }

  private:
    Task<T> task_;
    Context context_;
};

}  // namespace mizzen
