// SPDX-License-Identifier: Apache-2.0
// URLs as Go's net/url reads them (RFC 3986, absolute or with an absolute path).
#pragma once
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace mizzen::cel {

struct Url {
    std::string scheme;
    std::string host;   // with port, decoded
    std::string path;   // encoded
    std::string query;  // as written
    std::string text;   // the whole, for comparison

    std::string hostname() const;
    std::string port() const;
    std::map<std::string, std::vector<std::string>> parameters() const;
};

// The URL, or why the text is none: `parse "x": invalid URI for request`.
struct UrlText {
    std::optional<Url> url;
    std::string problem;
};
UrlText parse_url(std::string_view text);
// The same without a fragment: what is behind # counts as part of the path.
std::string request_uri_problem(std::string_view text);

}  // namespace mizzen::cel
