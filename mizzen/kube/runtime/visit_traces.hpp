// SPDX-License-Identifier: Apache-2.0
// VisitTraces: which trace a visit of an object belongs to, so that what began with an apply is one trace to the end.
#pragma once
#include <string_view>
#include <unordered_map>
#include <vector>

#include "mizzen/async/loop.hpp"
#include "mizzen/kube/client/object_key.hpp"
#include "mizzen/kube/runtime/visit.hpp"
#include "mizzen/telemetry/instrumentation.hpp"

namespace mizzen::kube {

// A visit is the child of the write that caused it, if Instrumentation::causes knows who made that; further causes of
// other traces become links. A visit whose cause nobody knows (a wait that ended, a change by someone who is not
// traced) goes on with the trace of the last visit of its object for five minutes; after that it is a trace of its own.
class VisitTraces {
  public:
    VisitTraces(const telemetry::Instrumentation& telemetry, const Loop& clock)
        : telemetry_(telemetry), clock_(clock) {}

    // The visit that comes is because of a write with this resourceVersion.
    void caused(const ObjectKey& key, std::string_view version);
    // The span of a visit that begins. Records the object's identity: k8s.object.kind, .name, .uid,
    // k8s.namespace.name; and mizzen.controller.
    telemetry::Span begin(const Visit& visit, std::string_view controller);
    // The span of a visit wrote these.
    void wrote(const telemetry::Span& span, const std::vector<Written>& writes);
    // The object is gone.
    void forget(const ObjectKey& key);

  private:
    // What is known of the traces of one object.
    struct Trail {
        std::vector<telemetry::SpanContext> causes;  // of the next visit, oldest first
        telemetry::SpanContext last;                 // what the last visit was a part of
        Time since{};                                // when that was first known
    };
    bool is_on() const { return telemetry_.tracer.is_connected(); }

    const telemetry::Instrumentation& telemetry_;
    const Loop& clock_;
    std::unordered_map<ObjectKey, Trail> trails_;
};

}  // namespace mizzen::kube
