// SPDX-License-Identifier: Apache-2.0
// What the server counts, under kube-apiserver's names. Source: Kubernetes reference, "Kubernetes Metrics Reference".
#pragma once
#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

#include "mizzen/apiserver/catalog/served_resource.hpp"
#include "mizzen/apiserver/request/request_info.hpp"
#include "mizzen/telemetry/metrics/registry.hpp"

namespace mizzen::apiserver {

struct RequestLabels {
    std::string_view verb;
    std::string_view group;
    std::string_view version;
    std::string_view resource;
    std::string_view subresource;
    std::string_view scope;
    std::string_view dry_run;
    std::string_view component;
    int code;
};
struct RequestTimeLabels {
    std::string_view verb;
    std::string_view group;
    std::string_view version;
    std::string_view resource;
    std::string_view subresource;
    std::string_view scope;
    std::string_view dry_run;
    std::string_view component;
};
struct LongRunningLabels {
    std::string_view verb;
    std::string_view group;
    std::string_view version;
    std::string_view resource;
    std::string_view subresource;
    std::string_view scope;
    std::string_view component;
};
struct InflightLabels {
    std::string_view request_kind;
};

struct RequestFamilies {
    telemetry::Counter<RequestLabels> requests =
        telemetry::counter("apiserver_request_total",
                           "Requests, by verb, dry run, group, version, resource, scope, component and status code.");
    telemetry::Histogram<RequestTimeLabels> duration =
        telemetry::histogram("apiserver_request_duration_seconds",
                             "Time until the answer, in seconds, of what is no watch.", "seconds")
            .buckets({.005, .025, .05, .1, .2, .4, .6, .8, 1, 1.25, 1.5, 2, 3, 4, 5, 6, 8, 10, 15, 20, 30, 45, 60});
    telemetry::UpDownCounter<InflightLabels> inflight =
        telemetry::up_down_counter("apiserver_current_inflight_requests", "Requests that are being answered.");
    telemetry::UpDownCounter<LongRunningLabels> long_running =
        telemetry::up_down_counter("apiserver_longrunning_requests", "Watches that run.");
};

// Adds one to a number for as long as it lives.
class Running {
  public:
    using Number = telemetry::BoundSum<telemetry::MetricType::up_down_counter, std::int64_t>;
    Running() = default;
    explicit Running(Number number) : number_(number) { number_.add(1); }
    Running(Running&& other) noexcept : number_(std::exchange(other.number_, {})) {}
    Running& operator=(Running&&) = delete;
    ~Running() { number_.add(-1); }

  private:
    Number number_;
};

// A request as it was answered.
struct Answered {
    const RequestInfo& info;    // empty of one that could not be understood
    const ServedPtr& resource;  // nullptr if it was not found, or is none
    const ServedSubresource* subresource = nullptr;
    bool dry_run = false;
    int status = 0;
    Duration took{};
    const telemetry::Span* span = nullptr;  // kept beside the time, as an exemplar, if it is sampled
};

// Used on one thread.
class RequestMetrics {
  public:
    // `registry` may be nullptr: then nothing is counted.
    explicit RequestMetrics(telemetry::Registry* registry);

    void count(const Answered& answered);
    Running inflight(std::string_view method) const;
    Running watch(const RequestInfo& info) const;

  private:
    struct Series {
        telemetry::BoundSum<telemetry::MetricType::counter, std::uint64_t> requests;
        telemetry::BoundHistogram duration;
        void add(const Answered& answered) const {
            requests.add();
            duration.observe(answered.took, answered.span);
        }
    };
    // The series of requests like this one, found without looking at texts.
    struct Remembered {
        ServedPtr resource;  // kept, so that no other has its address
        const ServedSubresource* subresource = nullptr;
        std::uint64_t rest = 0;
        Series series;
    };
    Series series_of(const Answered& answered) const;

    bool on_ = false;
    std::array<Remembered, 64> remembered_;
    RequestFamilies families_;
    Running::Number reading_, mutating_;
};

}  // namespace mizzen::apiserver
