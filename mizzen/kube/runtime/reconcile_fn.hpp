// SPDX-License-Identifier: Apache-2.0
// ReconcileFn<K>: a reconciler as a value, with what it needs besides the object bound to it.
#pragma once
#include <concepts>
#include <memory>
#include <tuple>
#include <type_traits>
#include <utility>

#include "mizzen/async/task.hpp"
#include "mizzen/kube/runtime/outcome.hpp"
#include "mizzen/kube/runtime/reconcile.hpp"

namespace mizzen::kube {

// Holds `Task<Outcome> f(Reconcile<K>&, Bound&...)` or a member function `Task<Outcome> T::f(Reconcile<K>&)` with its
// T. What is bound is referred to and must outlive the controller. (std::function cannot hold a coroutine that Clang
// checks for dangling arguments.)
template <AnyKind K>
class ReconcileFn {
  public:
    ReconcileFn() = default;
    template <class Fn, class... Bound>
        requires(!std::same_as<std::remove_cvref_t<Fn>, ReconcileFn>)
    ReconcileFn(Fn fn, Bound&... bound) : call_(std::make_shared<Bind<Fn, Bound...>>(std::move(fn), bound...)) {}

    explicit operator bool() const { return call_ != nullptr; }
    [[clang::coro_wrapper]] Task<Outcome> operator()(Reconcile<K>& r) const { return call_->call(r); }

  private:
    struct Call {
        virtual ~Call() = default;
        virtual Task<Outcome> call(Reconcile<K>&) = 0;
    };
    template <class Fn, class... Bound>
    struct Bind final : Call {
        explicit Bind(Fn f, Bound&... b) : fn(std::move(f)), bound(b...) {}
        [[clang::coro_wrapper]] Task<Outcome> call(Reconcile<K>& r) override {
            return call(r, std::index_sequence_for<Bound...>());
        }
        template <std::size_t... I>
        [[clang::coro_wrapper]] Task<Outcome> call(Reconcile<K>& r, std::index_sequence<I...>) {
            if constexpr (std::is_member_function_pointer_v<Fn>) {
                return (std::get<0>(bound).*fn)(r);
            } else {
                return fn(r, std::get<I>(bound)...);
            }
        }
        Fn fn;
        std::tuple<Bound&...> bound;
    };
    std::shared_ptr<Call> call_;
};

}  // namespace mizzen::kube
