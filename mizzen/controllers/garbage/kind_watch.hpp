// SPDX-License-Identifier: Apache-2.0
// One kind's watch: tells the collector's graph of each object, keeps none.
#pragma once
#include <set>
#include <string>

#include "mizzen/controllers/garbage/garbage_collector.hpp"
#include "mizzen/kube/runtime/watcher.hpp"

namespace mizzen::controllers {

class GarbageCollector::KindWatch final : public kube::WatchSink {
  public:
    KindWatch(GarbageCollector& collector, kube::ServedKind kind) : collector_(collector), kind_(std::move(kind)) {}

    const kube::DynamicKind& kind() const { return kind_.kind; }
    bool is_listed() const { return listed_; }
    // Runs until stopped.
    Task<> run(CancelScope* parent);
    void stop(std::string why) {
        stopped_ = true;
        if (scope_) scope_->cancel(std::move(why));
    }
    bool is_stopped() const { return stopped_; }
    // Forgets all objects of the kind: it is no longer served.
    void forget();

    void listing() override;
    std::string changed(std::string_view object) override;
    std::string removed(std::string_view object) override;
    void listed() override;
    void reached(std::string_view) override {}
    void not_served() override {}
    void failed(const Error&) override {}

  private:
    GarbageCollector& collector_;
    kube::ServedKind kind_;
    CancelScope* scope_ = nullptr;
    bool stopped_ = false;
    bool listed_ = false;
    bool in_list_ = false;
    std::set<std::string> seen_;  // uids of the list in progress
};

}  // namespace mizzen::controllers
