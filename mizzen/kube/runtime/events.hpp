// SPDX-License-Identifier: Apache-2.0
// EventRecorder: writes Events that `kubectl describe` shows below an object. Never slows down who records.
// Source: Kubernetes API reference, Event v1 core.
#pragma once
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

#include "mizzen/async/event.hpp"
#include "mizzen/async/timer.hpp"
#include "mizzen/kube/client/client.hpp"
#include "mizzen/kube/client/dynamic.hpp"

namespace mizzen::kube {

enum class EventType { normal, warning };

// Whom an Event is about.
struct ObjectRef {
    std::string api_version, kind, ns, name, uid, resource_version;
    static ObjectRef to(const DynamicKind& kind, const ObjectMeta& metadata);
};

struct EventLimits {
    // Per object: so many at once, then one more each `refill`; what is over is counted in dropped().
    int burst = 25;
    Duration refill = std::chrono::minutes(5);
    // The same event again within this time becomes a higher count of the first instead of a new one.
    Duration same = std::chrono::minutes(10);
    // The count of a repeated event is written at most this often.
    Duration rewrite = std::chrono::seconds(10);
    std::size_t waiting = 1000;  // events not yet sent
};

class EventRecorder {
  public:
    // `component` is who reports: "mizzen-operator".
    EventRecorder(Client& client, std::string component, EventLimits limits = {});

    // `reason` is one CamelCase word, `message` a sentence (cut at 1024 bytes); `reporter` is told instead of the
    // component, if given. Returns at once.
    void record(const ObjectRef& about, EventType type, std::string_view reason, std::string_view message,
                std::string_view reporter = {});
    // Sends what was recorded, until cancelled. An event that cannot be written is dropped.
    Task<> run();

    std::uint64_t dropped() const { return dropped_; }
    std::uint64_t sent() const { return sent_; }

  private:
    struct Known {
        ObjectRef about;
        EventType type;
        std::string reason, message, reporter;
        std::string name;  // of the Event object; "" until it is created
        int count = 0;
        bool waiting = false;  // in the queue
        std::optional<Time> written;
        Time seen = {};
        WallTime first = {}, last = {};
    };
    struct Budget {
        double left;
        Time at;
    };
    struct Alarm final : Timer {
        explicit Alarm(EventRecorder& of) : recorder(of) {}
        void fire() noexcept override { recorder.changed_.notify_all(); }
        EventRecorder& recorder;
    };
    bool may_report(const std::string& uid);
    void enqueue(const std::string& id, Known& event);
    void forget_old();
    Task<> send(std::string id);

    Client& client_;
    std::string component_;
    EventLimits limits_;
    std::unordered_map<std::string, Known> known_;     // by object, type, reason and message
    std::unordered_map<std::string, Budget> budgets_;  // by uid
    std::multimap<Time, std::string> queue_;           // by when to send
    std::optional<Time> swept_;
    mizzen::Event changed_;
    Alarm alarm_{*this};
    std::uint64_t dropped_ = 0, sent_ = 0;
};

}  // namespace mizzen::kube
