// SPDX-License-Identifier: Apache-2.0
// Server-side apply of files, with a dry run first.
#include "mizzen/cli/apply.hpp"

#include <utility>

#include "mizzen/kube/client/discovery.hpp"

namespace mizzen::cli {
namespace {

// What others need goes first; otherwise the order of the files.
std::vector<InputObject> in_order(std::vector<InputObject> objects) {
    auto rank = [](const InputObject& input) {
        std::string_view kind = input.object.text("kind");
        return kind == "CustomResourceDefinition" ? 0 : kind == "Namespace" ? 1 : 2;
    };
    std::vector<InputObject> out;
    for (int wanted : {0, 1, 2}) {
        for (InputObject& object : objects) {
            if (!object.object.is_null() && rank(object) == wanted) out.push_back(std::exchange(object, {}));
        }
    }
    return out;
}

kube::Api<kube::Dynamic> api(kube::Client& client, const kube::DynamicKind& kind, const kube::ObjectKey& key) {
    return kube::Api<kube::Dynamic>(client, kind, key.ns);
}

}  // namespace

Task<std::vector<Applier::Applied>> Applier::resolve(const std::vector<InputObject>& objects) {
    const kube::Discovery discovery = co_await kube::Discovery::ask(client_);
    std::vector<Applied> out;
    for (const InputObject& input : objects) {
        const kube::ServedKind* served = discovery.find(input.object.text("apiVersion"), input.object.text("kind"));
        if (!served) {
            throw Error(ErrorKind::invalid, input.place("") + ": the cluster has no kind " +
                                                std::string(input.object.text("kind")) + " in " +
                                                std::string(input.object.text("apiVersion")) +
                                                "; apply its CustomResourceDefinition first");
        }
        kube::ObjectKey key(std::string(input.object.text({"metadata", "namespace"})),
                            std::string(input.object.text({"metadata", "name"})));
        if (served->kind.namespaced && key.ns.empty()) key.ns = client_.default_namespace();
        out.push_back({served->kind, std::move(key)});
    }
    co_return out;
}

Task<> Applier::try_all(const std::vector<InputObject>& objects, const std::vector<Applied>& targets) {
    std::string problems;
    for (std::size_t i = 0; i < objects.size(); ++i) {
        try {
            co_await api(client_, targets[i].kind, targets[i].key)
                .apply(objects[i].object, {.field_manager = "mizzen-up", .force = true, .dry_run = true});
        } catch (const kube::ApiError& e) {
            // A namespace that the same files bring cannot be there yet.
            if (e.is_not_found()) continue;
            problems += (problems.empty() ? "" : "\n") + objects[i].place("") + ": " + e.message();
        }
    }
    if (!problems.empty()) throw Error(ErrorKind::invalid, problems);
}

Task<> Applier::apply(std::vector<InputObject> objects) {
    objects = in_order(std::move(objects));
    const std::vector<Applied> targets = co_await resolve(objects);
    co_await try_all(objects, targets);
    for (std::size_t i = 0; i < objects.size(); ++i) {
        co_await api(client_, targets[i].kind, targets[i].key)
            .apply(std::move(objects[i].object), {.field_manager = "mizzen-up", .force = true});
    }
    std::set<Applied> now(targets.begin(), targets.end());
    for (const Applied& old : applied_) {
        if (now.contains(old)) continue;
        try {
            co_await api(client_, old.kind, old.key).remove(old.key);
        } catch (const kube::ApiError& e) {
            if (!e.is_not_found()) throw;
        }
    }
    applied_ = std::move(now);
}

}  // namespace mizzen::cli
