// SPDX-License-Identifier: Apache-2.0
// Semantic versions 2.0.0; with normalisation also "v1.2".
#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "mizzen/base/digits.hpp"
#include "mizzen/base/text.hpp"
#include "mizzen/cel/function.hpp"
#include "mizzen/cel/go_text.hpp"

namespace mizzen::cel {
namespace {

using namespace types;

struct Version {
    std::array<std::uint64_t, 3> numbers{};
    std::vector<std::string> prerelease;
};

class SemverValue : public Named {
  public:
    explicit SemverValue(Version v) : version(std::move(v)) {}
    const Type& type() const override {
        static const auto type = Type::structure("kubernetes.Semver");
        return type;
    }
    bool equals(const Named& other) const override;
    Version version;
};

bool is_number(std::string_view text) { return !text.empty() && std::all_of(text.begin(), text.end(), is_digit); }
bool has_zeros(std::string_view text) { return text.size() > 1 && text[0] == '0'; }
bool is_word(std::string_view text) {
    return std::all_of(text.begin(), text.end(), [](char c) {
        return is_digit(c) || c == '-' || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    });
}

struct Read {
    Version version;
    std::string problem;  // "" if there is none
};

std::string read_number(std::string_view text, std::string_view name, std::uint64_t& out) {
    std::string lower = to_lower(name);
    if (!text.empty() && !is_number(text))
        return fmt::format("Invalid character(s) found in {} number {}", lower, go_quote(text));
    if (has_zeros(text)) return fmt::format("{} number must not contain leading zeroes {}", name, go_quote(text));
    auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), out);
    if (text.empty()) return "strconv.ParseUint: parsing \"\": invalid syntax";
    return error == std::errc() ? "" : fmt::format("strconv.ParseUint: parsing {}: value out of range", go_quote(text));
}

std::string read_prerelease(std::string_view text, Version& out) {
    for (auto part : split(text, '.')) {
        if (part.empty()) return "Prerelease is empty";
        if (is_number(part) && has_zeros(part))
            return fmt::format("Numeric PreRelease version must not contain leading zeroes {}", go_quote(part));
        if (!is_word(part)) return fmt::format("Invalid character(s) found in prerelease {}", go_quote(part));
        out.prerelease.emplace_back(part);
    }
    return "";
}

Read read_version(std::string_view text) {
    if (text.empty()) return {{}, "Version string empty"};
    auto dot = text.find('.');
    auto second = dot == std::string_view::npos ? dot : text.find('.', dot + 1);
    if (second == std::string_view::npos) return {{}, "No Major.Minor.Patch elements found"};
    auto patch = text.substr(second + 1);
    auto plus = patch.find('+');
    auto build = plus == std::string_view::npos ? std::string_view() : patch.substr(plus + 1);
    bool has_build = plus != std::string_view::npos;
    patch = patch.substr(0, plus);
    auto minus = patch.find('-');
    Read out;
    auto check = [&](std::string problem) {
        if (out.problem.empty()) out.problem = std::move(problem);
    };
    check(read_number(text.substr(0, dot), "Major", out.version.numbers[0]));
    check(read_number(text.substr(dot + 1, second - dot - 1), "Minor", out.version.numbers[1]));
    check(read_number(patch.substr(0, minus), "Patch", out.version.numbers[2]));
    if (minus != std::string_view::npos) check(read_prerelease(patch.substr(minus + 1), out.version));
    for (auto part : has_build ? split(build, '.') : std::vector<std::string_view>()) {
        if (part.empty()) check("Build meta data is empty");
        if (!is_word(part)) check(fmt::format("Invalid character(s) found in build meta data {}", go_quote(part)));
    }
    return out;
}

// Without v and leading zeros, with what is missing of the three numbers.
Read read_normalised(std::string_view text) {
    if (text.starts_with('v')) text.remove_prefix(1);
    std::vector<std::string> parts;
    for (; parts.size() < 2 && text.find('.') != std::string_view::npos; text.remove_prefix(text.find('.') + 1))
        parts.emplace_back(text.substr(0, text.find('.')));
    parts.emplace_back(text);
    for (auto& part : parts) {
        if (part.size() < 2) continue;
        part.erase(0, std::min(part.find_first_not_of('0'), part.size()));
        if (part.empty() || !is_digit(part[0])) part.insert(0, "0");
    }
    if (parts.size() < 3 && parts.back().find_first_of("+-") != std::string::npos)
        return {{}, "short version cannot contain PreRelease/Build meta data"};
    parts.resize(3, "0");
    return read_version(join(parts, "."));
}

int sign(auto order) { return order < 0 ? -1 : order > 0 ? 1 : 0; }

int compare_parts(const std::string& a, const std::string& b) {
    bool an = is_number(a), bn = is_number(b);
    if (an != bn) return an ? -1 : 1;
    if (an && a.size() != b.size()) return a.size() < b.size() ? -1 : 1;
    return sign(a <=> b);
}

int compare_versions(const Version& a, const Version& b) {
    if (auto o = sign(a.numbers <=> b.numbers)) return o;
    if (a.prerelease.empty() || b.prerelease.empty())
        return sign(static_cast<int>(a.prerelease.empty()) <=> static_cast<int>(b.prerelease.empty()));
    for (std::size_t i = 0; i < a.prerelease.size() && i < b.prerelease.size(); ++i) {
        if (auto o = compare_parts(a.prerelease[i], b.prerelease[i])) return o;
    }
    return sign(a.prerelease.size() <=> b.prerelease.size());
}

bool SemverValue::equals(const Named& other) const {
    return compare_versions(version, static_cast<const SemverValue&>(other).version) == 0;
}

const Version& of(const Value& v) { return static_cast<const SemverValue&>(v.named()).version; }
Read read_argument(Arguments args) {
    bool normalise = args.size() > 1 && args[1].is_true();
    return normalise ? read_normalised(args[0].string()) : read_version(args[0].string());
}
Value semver(Arguments args) {
    auto read = read_argument(args);
    if (!read.problem.empty()) return failure(read.problem);
    return std::static_pointer_cast<const Named>(std::make_shared<const SemverValue>(std::move(read.version)));
}
Value is_semver(Arguments args) { return read_argument(args).problem.empty(); }
Value is_greater(Arguments args) { return compare_versions(of(args[0]), of(args[1])) > 0; }
Value is_less(Arguments args) { return compare_versions(of(args[0]), of(args[1])) < 0; }
Value compare_to(Arguments args) { return std::int64_t{compare_versions(of(args[0]), of(args[1]))}; }
template <std::size_t i>
Value number_of(Arguments args) {
    return static_cast<std::int64_t>(of(args[0]).numbers[i]);
}

}  // namespace

void add_semver(Overloads& out) {
    auto v = Type::structure("kubernetes.Semver");
    out.push_back({"semver", "string_to_semver", false, {string()}, v, semver});
    out.push_back({"semver", "string_bool_to_semver", false, {string(), boolean()}, v, semver});
    out.push_back({"isSemver", "is_semver_string", false, {string()}, boolean(), is_semver});
    out.push_back({"isSemver", "is_semver_string_bool", false, {string(), boolean()}, boolean(), is_semver});
    out.push_back({"isGreaterThan", "semver_is_greater_than", true, {v, v}, boolean(), is_greater});
    out.push_back({"isLessThan", "semver_is_less_than", true, {v, v}, boolean(), is_less});
    out.push_back({"compareTo", "semver_compare_to", true, {v, v}, integer(), compare_to});
    out.push_back({"major", "semver_major", true, {v}, integer(), number_of<0>});
    out.push_back({"minor", "semver_minor", true, {v}, integer(), number_of<1>});
    out.push_back({"patch", "semver_patch", true, {v}, integer(), number_of<2>});
}

}  // namespace mizzen::cel
