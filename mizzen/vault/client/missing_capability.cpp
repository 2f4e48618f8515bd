// SPDX-License-Identifier: Apache-2.0
#include "mizzen/vault/client/detail/missing_capability.hpp"

#include "mizzen/base/error.hpp"
#include "mizzen/base/text.hpp"
#include "mizzen/vault/client/answer.hpp"
#include "mizzen/vault/client/detail/refusal.hpp"

namespace mizzen::vault::detail {

Call capabilities_call(const Call& call) {
    json::Value body;
    body["paths"] = json::Array{call.path};
    return {.method = "POST", .path = "sys/capabilities-self", .body = to_body(std::move(body))};
}

std::string missing_capability(const Call& call, int status, std::string_view body) {
    std::string out = name_of(call) + ": denied; ";
    const std::string needed(capability_of(call));
    std::vector<std::string> granted;
    try {
        const Answer answer = parse_answer(status, body);
        const json::Value* list = answer.data.find(call.path);
        if (status == 200 && list && list->is_array()) {
            for (const json::Value& item : list->as_array()) {
                if (item.is_string()) granted.push_back(item.as_string());
            }
        }
    } catch (const Error&) {
    }
    if (granted.empty()) return out + "the token is alive, so its policies lack " + needed + " on this path";
    if (granted == std::vector<std::string>{"deny"})
        return out + "no policy of the token grants anything on this path, and it needs " + needed;
    return out + "the token's policies grant " + join(granted, ", ") + " on this path, and it needs " + needed +
           (needed.find(granted[0]) != needed.npos ? " with these parameters" : "");
}

}  // namespace mizzen::vault::detail
