// SPDX-License-Identifier: Apache-2.0
// The part of an informer that knows no type: how far it has come.
#include "mizzen/kube/runtime/informer.hpp"

#include <charconv>

#include "mizzen/async/within.hpp"

namespace mizzen::kube {
namespace {

// Kubernetes compares versions as numbers since 1.35 (KEP-5504); its storage has counted them since the beginning.
std::uint64_t number(std::string_view version) {
    std::uint64_t value = 0;
    std::from_chars(version.data(), version.data() + version.size(), value);
    return value;
}

}  // namespace

AnyInformer::AnyInformer(Client& client, request::Target target, WatcherOptions options, CacheMetrics metrics)
    : client_(client), target_(std::move(target)), options_(std::move(options)), metrics_(metrics) {}

AnyInformer::~AnyInformer() = default;

Task<> AnyInformer::run() { co_await watch_forever(client_, target_, options_, *this); }

Task<bool> AnyInformer::sees(Written write, Duration bound) {
    const Time end = client_.loop().now() + bound;
    const std::uint64_t version = number(write.resource_version);
    auto there = [&] {
        if (version != 0) return revision_ >= version;
        const ObjectMeta* now = find_metadata(write.key);
        return now == nullptr || (!write.uid.empty() && now->uid != write.uid);
    };
    while (!there()) {
        const Duration left = end - client_.loop().now();
        if (left <= Duration::zero() || !served_) co_return false;
        try {
            co_await within(left, moved_.wait(), "not seen in time");
        } catch (const Cancelled&) {
            throw;
        } catch (const Error&) {
            co_return false;
        }
    }
    co_return true;
}

void AnyInformer::saw(std::string_view resource_version) {
    // The objects of a list come in no order of version: the newest of them says nothing about the others.
    if (!in_list_) revision_ = std::max(revision_, number(resource_version));
    metrics_.last_version.set(static_cast<double>(revision_));
    moved_.notify_all();
}

void AnyInformer::count_event() {
    ++numbers_.events;
    heard();
}

void AnyInformer::listing() {
    in_list_ = true;
    ++numbers_.lists;
    metrics_.lists.add();
}

void AnyInformer::listed() {
    in_list_ = false;
    served_ = true;
    first_.open();
}

void AnyInformer::heard() {
    numbers_.last_heard = client_.loop().now();
    metrics_.last_heard.set(client_.loop().wall());
}

void AnyInformer::reached(std::string_view resource_version) {
    heard();
    problem_.clear();
    saw(resource_version);
}

void AnyInformer::not_served() {
    served_ = false;
    first_.open();
    moved_.notify_all();
}

void AnyInformer::failed(const Error& error) {
    ++(error.kind() == ErrorKind::invalid ? numbers_.unreadable : numbers_.failures);
    metrics_.failures.add();
    problem_ = error.what();
}

}  // namespace mizzen::kube
