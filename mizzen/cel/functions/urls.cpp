// SPDX-License-Identifier: Apache-2.0
// url() with its parts, isURL().
#include "mizzen/cel/function.hpp"
#include "mizzen/cel/url.hpp"

namespace mizzen::cel {
namespace {

using namespace types;

class UrlValue : public Named {
  public:
    explicit UrlValue(Url u) : url(std::move(u)) {}
    const Type& type() const override {
        static const auto type = Type::structure("kubernetes.URL");
        return type;
    }
    bool equals(const Named& other) const override { return url.text == static_cast<const UrlValue&>(other).url.text; }
    Url url;
};

const Url& of(const Value& v) { return static_cast<const UrlValue&>(v.named()).url; }

Value url(Arguments args) {
    auto [url, problem] = parse_url(args[0].string());
    if (!url) return failure("URL parse error during conversion from string: " + problem);
    return std::static_pointer_cast<const Named>(std::make_shared<const UrlValue>(std::move(*url)));
}
Value is_url(Arguments args) { return request_uri_problem(args[0].string()).empty(); }
Value scheme(Arguments args) { return of(args[0]).scheme; }
Value host(Arguments args) { return of(args[0]).host; }
Value hostname(Arguments args) { return of(args[0]).hostname(); }
Value port(Arguments args) { return of(args[0]).port(); }
Value path(Arguments args) { return of(args[0]).path; }
Value query(Arguments args) {
    Entries out;
    for (auto& [key, texts] : of(args[0]).parameters()) {
        std::vector<Value> values;
        for (auto& text : texts) values.emplace_back(text);
        out.emplace(Value(key), ListValue(std::move(values)));
    }
    return MapValue(std::move(out));
}

}  // namespace

void add_urls(Overloads& out) {
    auto u = Type::structure("kubernetes.URL");
    auto part = [&](const char* name, const char* id, Value (*fn)(Arguments)) {
        out.push_back({name, id, true, {u}, string(), fn});
    };
    out.push_back({"url", "string_to_url", false, {string()}, u, url});
    out.push_back({"isURL", "is_url_string", false, {string()}, boolean(), is_url});
    part("getScheme", "url_get_scheme", scheme);
    part("getHost", "url_get_host", host);
    part("getHostname", "url_get_hostname", hostname);
    part("getPort", "url_get_port", port);
    part("getEscapedPath", "url_get_escaped_path", path);
    out.push_back({"getQuery", "url_get_query", true, {u}, Type::map(string(), Type::list(string())), query});
}

}  // namespace mizzen::cel
