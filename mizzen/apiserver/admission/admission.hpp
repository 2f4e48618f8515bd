// SPDX-License-Identifier: Apache-2.0
// Admission: what happens to a write between the client and the store beyond the rules of its kind.
// Source: Kubernetes documentation "Admission Control in Kubernetes".
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "mizzen/apiserver/auth/user.hpp"
#include "mizzen/apiserver/catalog/served_resource.hpp"
#include "mizzen/async/task.hpp"
#include "mizzen/json/value.hpp"

namespace mizzen::apiserver {

struct Machinery;

enum class Operation { create, update, remove };

// A write that is about to happen.
struct Attempt {
    Machinery& server;
    Operation operation;
    const ServedResource& resource;
    std::string_view subresource;
    std::string ns, name;  // name is "" where it will be generated
    const User& user;
    json::Value* object = nullptr;     // null on remove
    const json::Value* old = nullptr;  // null on create
    bool dry_run = false;
    std::vector<std::string>& warnings;

    bool is(std::string_view group, std::string_view plural) const {
        return resource.group == group && resource.plural == plural;
    }
};

// One admission plugin. It refuses by throwing a StatusError.
struct Admission {
    std::string_view name;
    void (*mutate)(Attempt&) = nullptr;          // may change the object
    void (*validate)(const Attempt&) = nullptr;  // sees the object as it will be stored
};

// Runs `mutate` of all, or `validate` of all, in order.
Task<> admit(const std::vector<Admission>& chain, Attempt& attempt);
Task<> check(const std::vector<Admission>& chain, const Attempt& attempt);

// The plugins that are built in, in order, without the disabled ones.
std::vector<Admission> builtin_admission(const std::vector<std::string>& disabled);

}  // namespace mizzen::apiserver
