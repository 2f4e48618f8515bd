// SPDX-License-Identifier: Apache-2.0
// Named formats: format.dns1123Label().validate(text) is none, or all complaints about it, in the words of Kubernetes.
#include <fmt/format.h>

#include <array>

#include "mizzen/base/base64.hpp"
#include "mizzen/base/regex.hpp"
#include "mizzen/base/text.hpp"
#include "mizzen/cel/function.hpp"
#include "mizzen/cel/times.hpp"
#include "mizzen/cel/url.hpp"

namespace mizzen::cel {
namespace {

using namespace types;
using Complaints = std::vector<std::string>;

constexpr std::string_view label_1123 = "[a-z0-9]([-a-z0-9]*[a-z0-9])?", label_1035 = "[a-z]([-a-z0-9]*[a-z0-9])?",
                           key_name = "([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]";

bool matches(std::string_view text, std::string_view pattern) { return Regex(pattern).matches(text); }

std::string must_match(std::string_view what, std::string_view pattern, std::string_view examples) {
    return fmt::format("{} (e.g. {}, regex used for validation is '{}')", what, examples, pattern);
}
void check_length(Complaints& out, std::string_view text, std::size_t most, std::string_view before = "") {
    if (text.size() > most) out.push_back(fmt::format("{}must be no more than {} bytes", before, most));
}

Complaints dns1123_label(std::string_view text) {
    Complaints out;
    check_length(out, text, 63);
    if (!matches(text, label_1123)) {
        out.push_back(
            must_match("a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', "
                       "and must start and end with an alphanumeric character",
                       label_1123, "'my-name',  or '123-abc'"));
    }
    return out;
}
Complaints dns1123_subdomain(std::string_view text) {
    Complaints out;
    check_length(out, text, 253);
    auto pattern = fmt::format("{0}(\\.{0})*", label_1123);
    if (!matches(text, pattern)) {
        out.push_back(
            must_match("a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, "
                       "'-' or '.', and must start and end with an alphanumeric character",
                       pattern, "'example.com'"));
    }
    return out;
}
Complaints dns1035_label(std::string_view text) {
    Complaints out;
    check_length(out, text, 63);
    if (!matches(text, label_1035)) {
        out.push_back(
            must_match("a DNS-1035 label must consist of lower case alphanumeric characters or '-', start "
                       "with an alphabetic character, and end with an alphanumeric character",
                       label_1035, "'my-name',  or 'abc-123'"));
    }
    return out;
}
// A name that something is appended to may end with a dash.
template <Complaints (*check)(std::string_view)>
Complaints prefix(std::string_view text) {
    std::string whole(text);
    if (whole.size() > 1 && whole.ends_with('-')) whole.replace(whole.size() - 2, 2, "a");
    return check(whole);
}
Complaints qualified_name(std::string_view text) {
    Complaints out;
    auto complaint = must_match(
        "must consist of alphanumeric characters, '-', '_' or '.', and must start and end with "
        "an alphanumeric character",
        key_name, "'MyName',  or 'my.name',  or '123-abc'");
    auto parts = split(text, '/');
    if (parts.size() > 2) {
        return {"a valid label key " + complaint +
                " with an optional DNS subdomain prefix and '/' (e.g. 'example.com/MyName')"};
    }
    if (parts.size() == 2 && parts[0].empty()) out.emplace_back("prefix part must be non-empty");
    if (parts.size() == 2 && !parts[0].empty()) {
        for (auto& c : dns1123_subdomain(parts[0])) out.push_back("prefix part " + c);
    }
    auto name = parts.back();
    if (name.empty()) out.emplace_back("name part must be non-empty");
    check_length(out, name, 63, "name part ");
    if (!matches(name, key_name)) out.push_back("name part " + complaint);
    return out;
}
Complaints label_value(std::string_view text) {
    Complaints out;
    check_length(out, text, 63);
    auto pattern = fmt::format("({})?", key_name);
    if (!matches(text, pattern)) {
        out.push_back(
            must_match("a valid label must be an empty string or consist of alphanumeric characters, '-', '_' "
                       "or '.', and must start and end with an alphanumeric character",
                       pattern, "'MyValue',  or 'my_value',  or '12345'"));
    }
    return out;
}
Complaints uri(std::string_view text) {
    auto problem = request_uri_problem(text);
    return problem.empty() ? Complaints() : Complaints{problem};
}
Complaints uuid(std::string_view text) {
    bool well = matches(to_lower(text), "[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}");
    return well ? Complaints() : Complaints{"does not match the UUID format"};
}
Complaints byte(std::string_view text) {
    bool well = text.size() % 4 == 0 && from_base64(text);
    return well ? Complaints() : Complaints{"invalid base64"};
}
Complaints date(std::string_view text) { return parse_date(text) ? Complaints() : Complaints{"invalid date"}; }
Complaints datetime(std::string_view text) {
    return parse_date_time(text) ? Complaints() : Complaints{"invalid datetime"};
}

struct Format {
    std::string_view name;
    Complaints (*check)(std::string_view);
    std::uint64_t pattern_size;  // what validating costs depends on
};
constexpr std::array<Format, 13> formats{{{"dns1123Label", dns1123_label, 30},
                                          {"dns1123Subdomain", dns1123_subdomain, 60},
                                          {"dns1035Label", dns1035_label, 30},
                                          {"qualifiedName", qualified_name, 60},
                                          {"dns1123LabelPrefix", prefix<dns1123_label>, 30},
                                          {"dns1123SubdomainPrefix", prefix<dns1123_subdomain>, 60},
                                          {"dns1035LabelPrefix", prefix<dns1035_label>, 30},
                                          {"labelValue", label_value, 40},
                                          {"uri", uri, 1103},
                                          {"uuid", uuid, 73},
                                          {"byte", byte, 84},
                                          {"date", date, 75},
                                          {"datetime", datetime, 75}}};

class FormatValue : public Named {
  public:
    explicit FormatValue(const Format& f) : format(f) {}
    const Type& type() const override {
        static const auto type = Type::structure("kubernetes.NamedFormat");
        return type;
    }
    bool equals(const Named& other) const override {
        return format.name == static_cast<const FormatValue&>(other).format.name;
    }
    std::uint64_t size() const override { return format.pattern_size; }
    const Format& format;
};

Value made(const Format& format) {
    return std::static_pointer_cast<const Named>(std::make_shared<const FormatValue>(format));
}
template <std::size_t i>
Value constant(Arguments) {
    return made(formats[i]);
}
Value named(Arguments args) {
    for (auto& f : formats) {
        if (f.name == args[0].string()) return some(made(f));
    }
    return none();
}
Value validate(Arguments args) {
    std::vector<Value> out;
    for (auto& c : static_cast<const FormatValue&>(args[0].named()).format.check(args[1].string()))
        out.emplace_back(std::move(c));
    return out.empty() ? none() : some(ListValue(std::move(out)));
}

template <std::size_t... i>
void add_constants(Overloads& out, const Type& type, std::index_sequence<i...>) {
    auto add = [&](std::string_view name, Value (*fn)(Arguments)) {
        auto full = "format." + std::string(name);
        out.push_back({full, full, false, {}, type, fn});
    };
    (add(formats[i].name, constant<i>), ...);
}

}  // namespace

void add_formats(Overloads& out) {
    auto type = Type::structure("kubernetes.NamedFormat");
    add_constants(out, type, std::make_index_sequence<formats.size()>());
    out.push_back({"format.named", "format-named", false, {string()}, Type::optional(type), named});
    out.push_back(
        {"validate", "format-validate", true, {type, string()}, Type::optional(Type::list(string())), validate});
}

}  // namespace mizzen::cel
