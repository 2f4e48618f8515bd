// SPDX-License-Identifier: Apache-2.0
// The forms of names, keys and values in Kubernetes objects. Each rule returns what is wrong with a text, in
// kube-apiserver's words; nothing if it is well. Source: RFC 1123, RFC 1035, Kubernetes documentation "Object Names and
// IDs" and "Labels and Selectors".
#pragma once
#include <string>
#include <string_view>
#include <vector>

namespace mizzen::apiserver {

using Complaints = std::vector<std::string>;

// "my-name": at most 63 characters.
Complaints dns1123_label(std::string_view text);
// "example.com": at most 253 characters.
Complaints dns1123_subdomain(std::string_view text);
// "*.example.com".
Complaints wildcard_subdomain(std::string_view text);
// Like dns1123_label, but starts with a letter: names of resources and versions.
Complaints dns1035_label(std::string_view text);
// "example.com/MyName" or "MyName": label and annotation keys, finalizers.
Complaints label_key(std::string_view text);
Complaints label_value(std::string_view text);
// Keys of ConfigMaps and Secrets.
Complaints config_map_key(std::string_view text);
// Environment variables as 1.34 and later take them: printable ASCII without '='.
Complaints env_var_name(std::string_view text);
// IANA service names: names of container ports.
Complaints port_name(std::string_view text);
Complaints http_header_name(std::string_view text);
Complaints c_identifier(std::string_view text);
// "93%".
Complaints percent(std::string_view text);
// What can be one segment of a path: names of RBAC objects.
Complaints path_segment(std::string_view text);
Complaints in_range(long long value, long long least, long long most);
Complaints port_number(long long port);

// The name of an object by KindRules::name_form: "label", "subdomain", "path", "service" (a label too since 1.37).
Complaints object_name(std::string_view text, std::string_view name_form);

// An IPv4 or IPv6 address; strict: without leading zeros and not IPv4 in IPv6.
Complaints ip_address(std::string_view text, bool strict = true);
// "10.0.0.0/24"; strict: also without bits beyond the prefix.
Complaints cidr(std::string_view text, bool strict = true);
bool is_ipv4(std::string_view text);
bool is_ipv6(std::string_view text);

// "must be no more than 63 characters".
std::string max_length(std::size_t limit);
// Several complaints as one.
std::string joined(const Complaints& complaints, std::string_view separator = ",");

}  // namespace mizzen::apiserver
