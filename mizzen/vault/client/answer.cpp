// SPDX-License-Identifier: Apache-2.0
#include "mizzen/vault/client/answer.hpp"

#include <algorithm>

#include "mizzen/base/error.hpp"
#include "mizzen/json/json.hpp"

namespace mizzen::vault {
namespace {

constexpr std::string_view envelope[] = {"auth",      "data",       "lease_duration", "lease_id", "mount_type",
                                         "renewable", "request_id", "warnings",       "wrap_info"};

std::string text_of(const json::Value& value, std::string_view key) { return std::string(value.text(key)); }

bool flag_of(const json::Value& value, std::string_view key) {
    const json::Value* flag = value.find(key);
    return flag && flag->is_bool() && flag->as_bool();
}

// Never negative, and at most a century: more than that is as good as for ever, and fits.
Duration seconds_of(const json::Value& value, std::string_view key) {
    constexpr std::int64_t century = 100LL * 365 * 24 * 3600;
    const json::Value* number = value.find(key);
    if (!number || !number->is_integer()) return {};
    return std::chrono::seconds(std::clamp<std::int64_t>(number->as_integer(), 0, century));
}

std::vector<std::string> texts_of(const json::Value& value, std::string_view key) {
    std::vector<std::string> out;
    const json::Value* list = value.find(key);
    if (!list || !list->is_array()) return out;
    for (const json::Value& item : list->as_array()) {
        if (item.is_string()) out.push_back(item.as_string());
    }
    return out;
}

Auth auth_of(const json::Value& value) {
    Auth out{.token = Secret(text_of(value, "client_token")),
             .accessor = text_of(value, "accessor"),
             .policies = texts_of(value, "policies"),
             .token_policies = texts_of(value, "token_policies"),
             .identity_policies = texts_of(value, "identity_policies"),
             .metadata = {},
             .duration = seconds_of(value, "lease_duration"),
             .renewable = flag_of(value, "renewable"),
             .entity_id = text_of(value, "entity_id"),
             .token_type = text_of(value, "token_type"),
             .orphan = flag_of(value, "orphan"),
             .uses = value.integer({"num_uses"})};
    const json::Value* metadata = value.find("metadata");
    if (metadata && metadata->is_object()) {
        for (const json::Member& m : metadata->as_object()) {
            if (m.value.is_string()) out.metadata[m.key] = m.value.as_string();
        }
    }
    return out;
}

WrapInfo wrap_of(const json::Value& value) {
    return {.token = Secret(text_of(value, "token")),
            .accessor = text_of(value, "accessor"),
            .ttl = seconds_of(value, "ttl"),
            .creation_time = text_of(value, "creation_time"),
            .creation_path = text_of(value, "creation_path"),
            .wrapped_accessor = text_of(value, "wrapped_accessor")};
}

}  // namespace

Answer::~Answer() {
    wipe(data);
    wipe(body);
}

Secret Answer::secret(std::string_view member) const {
    const json::Value* value = data.find(member);
    if (!value || !value->is_string()) throw Error(ErrorKind::invalid, "no " + std::string(member) + " in the answer");
    return Secret(value->as_string());
}

Answer parse_answer(int status, std::string_view text) {
    Answer out;
    out.status = status;
    if (text.find_first_not_of(" \t\r\n") == text.npos) return out;
    json::Value value = json::parse(text);
    if (!value.is_object()) {
        const std::string got(to_string(value.kind()));
        wipe(value);
        throw Error(ErrorKind::invalid, "the answer is no Vault envelope: expected an object, got " + got);
    }
    out.request_id = text_of(value, "request_id");
    out.lease = {.id = text_of(value, "lease_id"),
                 .duration = seconds_of(value, "lease_duration"),
                 .renewable = flag_of(value, "renewable")};
    out.warnings = texts_of(value, "warnings");
    if (json::Value* auth = value.find("auth"); auth && auth->is_object()) {
        out.auth = auth_of(*auth);
        wipe(*auth);
    }
    if (json::Value* wrap = value.find("wrap_info"); wrap && wrap->is_object()) {
        out.wrap = wrap_of(*wrap);
        wipe(*wrap);
    }
    if (json::Value* data = value.find("data")) out.data = std::move(*data);
    for (const std::string_view key : envelope) value.erase(key);
    if (!value.as_object().empty()) out.body = std::move(value);
    return out;
}

void wipe(json::Value& value) {
    if (value.is_string()) mizzen::wipe(value.as_string());
    if (value.is_array()) {
        for (json::Value& item : value.as_array()) wipe(item);
    }
    if (value.is_object()) {
        for (json::Member& m : value.as_object()) wipe(m.value);
    }
    value = nullptr;
}

}  // namespace mizzen::vault
