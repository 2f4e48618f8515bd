// SPDX-License-Identifier: Apache-2.0
// The patterns are checked by hand: std::regex is slow, and each of them is a run of characters between two letters or
// digits.
#include "mizzen/apiserver/selector/names.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace mizzen::apiserver {
namespace {

constexpr std::string_view label_key_pattern = "([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]";
constexpr std::string_view dns_label_pattern = "[a-z0-9]([-a-z0-9]*[a-z0-9])?";

bool is_lower_or_digit(char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'); }
bool is_letter_or_digit(char c) { return is_lower_or_digit(c) || (c >= 'A' && c <= 'Z'); }

bool is_name(std::string_view text) {
    return !text.empty() && is_letter_or_digit(text.front()) && is_letter_or_digit(text.back()) &&
           std::ranges::all_of(text, [](char c) { return is_letter_or_digit(c) || c == '-' || c == '_' || c == '.'; });
}

bool is_dns_label(std::string_view text) {
    return !text.empty() && is_lower_or_digit(text.front()) && is_lower_or_digit(text.back()) &&
           std::ranges::all_of(text, [](char c) { return is_lower_or_digit(c) || c == '-'; });
}

bool is_dns_subdomain(std::string_view text) {
    for (;;) {
        auto dot = text.find('.');
        if (!is_dns_label(text.substr(0, dot))) return false;
        if (dot == std::string_view::npos) return true;
        text.remove_prefix(dot + 1);
    }
}

std::string at_most(std::size_t bytes) { return fmt::format("must be no more than {} bytes", bytes); }

std::string with_examples(std::string_view rule, std::string_view pattern,
                          const std::vector<std::string_view>& examples) {
    std::string words;
    for (auto example : examples) words += fmt::format("{}'{}', ", words.empty() ? "" : " or ", example);
    return fmt::format("{} (e.g. {}regex used for validation is '{}')", rule, words, pattern);
}

std::string name_rule() {
    return with_examples(
        "must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric "
        "character",
        label_key_pattern, {"MyName", "my.name", "123-abc"});
}

}  // namespace

std::vector<std::string> label_key_problems(std::string_view key) {
    auto slash = key.find('/');
    if (slash != key.rfind('/')) {
        return {"a valid label key " + name_rule() +
                " with an optional DNS subdomain prefix and '/' (e.g. 'example.com/MyName')"};
    }
    std::vector<std::string> problems;
    if (slash == 0) problems.push_back("prefix part must be non-empty");
    if (slash != std::string_view::npos && slash != 0) {
        for (auto& p : dns_subdomain_problems(key.substr(0, slash))) problems.push_back("prefix part " + p);
    }
    auto name = slash == std::string_view::npos ? key : key.substr(slash + 1);
    if (name.empty()) problems.push_back("name part must be non-empty");
    if (name.size() > 63) problems.push_back("name part " + at_most(63));
    if (!is_name(name)) problems.push_back("name part " + name_rule());
    return problems;
}

std::vector<std::string> label_value_problems(std::string_view value) {
    std::vector<std::string> problems;
    if (value.size() > 63) problems.push_back(at_most(63));
    if (!value.empty() && !is_name(value)) {
        problems.push_back(
            with_examples("a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or "
                          "'.', and must start and end with an alphanumeric character",
                          fmt::format("({})?", label_key_pattern), {"MyValue", "my_value", "12345"}));
    }
    return problems;
}

std::vector<std::string> dns_subdomain_problems(std::string_view name) {
    std::vector<std::string> problems;
    if (name.size() > 253) problems.push_back(at_most(253));
    if (!is_dns_subdomain(name)) {
        problems.push_back(
            with_examples("a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or "
                          "'.', and must start and end with an alphanumeric character",
                          fmt::format("{0}(\\.{0})*", dns_label_pattern), {"example.com"}));
    }
    return problems;
}

std::vector<std::string> dns_label_problems(std::string_view name) {
    std::vector<std::string> problems;
    if (name.size() > 63) problems.push_back(at_most(63));
    if (!is_dns_label(name)) {
        problems.push_back(
            with_examples("a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and "
                          "must start and end with an alphanumeric character",
                          dns_label_pattern, {"my-name", "123-abc"}));
    }
    return problems;
}

}  // namespace mizzen::apiserver
