// SPDX-License-Identifier: Apache-2.0
// The continue token: base64url of {"v":…,"rv":…,"start":…}, as kube-apiserver writes it. Clients must not look inside.
#include "mizzen/apiserver/verbs/list_options.hpp"
#include "mizzen/base/base64.hpp"
#include "mizzen/base/error.hpp"
#include "mizzen/json/json.hpp"

namespace mizzen::apiserver {
namespace {

constexpr std::string_view token_version = "meta.k8s.io/v1";

}  // namespace

std::string to_string(const ContinueToken& token) {
    std::int64_t revision = token.revision ? static_cast<std::int64_t>(*token.revision) : -1;
    return to_base64_url(
        json::to_json(json::Object{{"rv", revision}, {"start", token.after + '\0'}, {"v", token_version}}));
}

ContinueToken parse_continue(std::string_view text) {
    StatusError bad = bad_request("invalid continue token: continue key is not valid");
    while (text.ends_with('=')) text.remove_suffix(1);
    std::optional<std::string> decoded = from_base64_url(text);
    if (!decoded) throw bad;
    json::Value token;
    try {
        token = json::parse(*decoded);
    } catch (const Error&) {
        throw bad;
    }
    const json::Value* revision = token.find("rv");
    std::string_view start = token.text("start");
    if (token.text("v") != token_version || !revision || !revision->is_integer() || !start.ends_with('\0')) throw bad;
    ContinueToken out;
    if (revision->as_integer() > 0)
        out.revision = static_cast<std::uint64_t>(revision->as_integer());
    else if (revision->as_integer() != -1)
        throw bad;
    out.after = start.substr(0, start.size() - 1);
    return out;
}

}  // namespace mizzen::apiserver
