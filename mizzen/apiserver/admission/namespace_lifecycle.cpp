// SPDX-License-Identifier: Apache-2.0
// Implements namespace_lifecycle.hpp.
#include "mizzen/apiserver/admission/namespace_lifecycle.hpp"

#include <fmt/format.h>

#include "mizzen/apiserver/machinery.hpp"
#include "mizzen/apiserver/status.hpp"
#include "mizzen/apiserver/store/json_text.hpp"

namespace mizzen::apiserver {
namespace {

bool is_immortal(std::string_view ns) { return ns == "default" || ns == "kube-system" || ns == "kube-public"; }

bool is_review(const Attempt& attempt) { return attempt.resource.plural == "localsubjectaccessreviews"; }

StatusError terminating(const Attempt& attempt) {
    StatusError e =
        refused(attempt.resource.group, attempt.resource.plural, attempt.name,
                fmt::format("unable to create new content in namespace {} because it is being terminated", attempt.ns));
    e.causes.push_back(
        {"NamespaceTerminating", "metadata.namespace", fmt::format("namespace {} is being terminated", attempt.ns)});
    return e;
}

void mutate(Attempt& attempt) {
    if (attempt.operation == Operation::remove) {
        if (attempt.is("", "namespaces") && is_immortal(attempt.name))
            throw refused("", "namespaces", attempt.name, "this namespace may not be deleted");
        return;
    }
    if (attempt.operation != Operation::create || !attempt.resource.namespaced || is_review(attempt)) return;
    RecordPtr ns = attempt.server.store.collection("namespaces").find(attempt.ns);
    if (!ns) throw not_found("", "namespaces", attempt.ns);
    if (member_text(ns->json, {"metadata", "deletionTimestamp"})) throw terminating(attempt);
}

}  // namespace

Admission namespace_lifecycle() { return {.name = "NamespaceLifecycle", .mutate = mutate}; }

}  // namespace mizzen::apiserver
