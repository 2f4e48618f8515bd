// SPDX-License-Identifier: Apache-2.0
// ConfigMaps, Secrets, ServiceAccounts.
#include <fmt/format.h>

#include "mizzen/apiserver/kinds/kinds.hpp"
#include "mizzen/base/base64.hpp"
#include "mizzen/base/error.hpp"
#include "mizzen/json/json.hpp"

namespace mizzen::apiserver {
namespace {

using json::Value;

constexpr std::size_t size_limit = 1 << 20;
constexpr auto held = "field is immutable when `immutable` is set";

std::size_t decoded_size(std::string_view base64) {
    auto padding = base64.ends_with("==") ? 2u : base64.ends_with('=') ? 1u : 0u;
    return base64.size() / 4 * 3 - std::min<std::size_t>(padding, base64.size() / 4 * 3);
}

bool is_held(const Value* old) {
    auto* flag = old ? old->find("immutable") : nullptr;
    return flag && flag->is_bool() && flag->as_bool();
}

void check_held(const Place& object, const Value& old, std::initializer_list<std::string_view> members) {
    if (!object.at("immutable").is_true()) object.at("immutable").forbid(held);
    for (auto member : members) {
        if (!same(object.at(member).find(), old.find(member))) object.at(member).forbid(held);
    }
}

void require_data(const Place& data, std::string_view key) {
    if (!data.at(key).find()) data.errors().push_back(required_value(key_path(data.path(), key)));
}

// The data of a pull secret must be JSON; what is in it is nobody's business.
void check_docker_config(const Place& data, std::string_view key) {
    auto entry = data.at(key);
    if (!entry.find()) return require_data(data, key);
    auto text = from_base64(entry.text());
    try {
        if (text) json::parse(*text);
    } catch (const Error& e) {
        data.errors().push_back(invalid_value(key_path(data.path(), key), "<secret contents redacted>", e.message()));
    }
}

void check_secret_type(const Place& secret) {
    auto type = secret.at("type").text();
    auto data = secret.at("data");
    if (type == "kubernetes.io/service-account-token") {
        auto annotations = secret.at({"metadata", "annotations"});
        constexpr std::string_view owner = "kubernetes.io/service-account.name";
        if (annotations.at(owner).text().empty())
            annotations.errors().push_back(required_value(key_path(annotations.path(), owner)));
    } else if (type == "kubernetes.io/dockercfg") {
        check_docker_config(data, ".dockercfg");
    } else if (type == "kubernetes.io/dockerconfigjson") {
        check_docker_config(data, ".dockerconfigjson");
    } else if (type == "kubernetes.io/basic-auth") {
        bool any = data.at("username").find() || data.at("password").find();
        if (!any) require_data(data, "username"), require_data(data, "password");
    } else if (type == "kubernetes.io/ssh-auth") {
        if (data.at("ssh-privatekey").text().empty())
            data.errors().push_back(required_value(key_path(data.path(), "ssh-privatekey")));
    } else if (type == "kubernetes.io/tls") {
        require_data(data, "tls.crt");
        require_data(data, "tls.key");
    }
}

// stringData is how people write; data is what is kept.
void fold_string_data(Value& secret) {
    auto* texts = secret.find("stringData");
    if (!texts) return;
    if (texts->is_object()) {
        for (auto& m : texts->as_object())
            secret.at({"data", m.key}) = to_base64(m.value.is_string() ? m.value.as_string() : "");
    }
    secret.erase("stringData");
}

}  // namespace

void prepare_secret(json::Value& object) { fold_string_data(object); }

void prepare_secret_update(json::Value& object, const json::Value& old) {
    fold_string_data(object);
    if (object.text("type").empty() && !old.text("type").empty()) object["type"] = old.text("type");
}

void check_config_map(const json::Value& object, const json::Value* old, std::vector<FieldError>& errors) {
    Place map(&object, "", errors);
    auto data = map.at("data"), binary = map.at("binaryData");
    std::size_t size = 0;
    for (auto& entry : data.entries()) {
        for (auto& wrong : config_map_key(entry.name())) entry.invalid(entry.name(), wrong);
        if (binary.at(entry.name()).find()) entry.invalid(entry.name(), "duplicate of key present in binaryData");
        size += entry.text().size();
    }
    for (auto& entry : binary.entries()) {
        for (auto& wrong : config_map_key(entry.name())) entry.invalid(entry.name(), wrong);
        size += decoded_size(entry.text());
    }
    if (size > size_limit) errors.push_back(too_long("", size_limit));
    if (is_held(old)) check_held(map, *old, {"data", "binaryData"});
}

void check_secret(const json::Value& object, const json::Value* old, std::vector<FieldError>& errors) {
    Place secret(&object, "", errors);
    auto data = secret.at("data");
    std::size_t size = 0;
    for (auto& entry : data.entries()) {
        for (auto& wrong : config_map_key(entry.name())) entry.invalid(entry.name(), wrong);
        size += decoded_size(entry.text());
    }
    if (size > size_limit) errors.push_back(too_long(data.path(), size_limit));
    check_secret_type(secret);
    if (old) secret.at("type").immutable(old->find("type"));
    if (is_held(old)) check_held(secret, *old, {"data"});
}

void check_service_account(const json::Value&, const json::Value*, std::vector<FieldError>&) {}

}  // namespace mizzen::apiserver
