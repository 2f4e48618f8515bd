// SPDX-License-Identifier: Apache-2.0
// Environment: lookup.
#include "mizzen/cel/environment.hpp"

namespace mizzen::cel {
namespace {

Overloads all_overloads() {
    Overloads out;
    for (auto add : {add_operators, add_comparisons, add_conversions, add_standard_functions, add_time_functions,
                     add_optionals, add_strings, add_format, add_lists, add_list_extensions, add_sets, add_regex,
                     add_urls, add_quantities, add_addresses, add_formats, add_semver})
        add(out);
    return out;
}

std::map<std::string, Type, std::less<>> all_types() {
    using K = Type::Kind;
    std::map<std::string, Type, std::less<>> out;
    for (auto kind : {K::boolean, K::bytes, K::number, K::duration, K::integer, K::null, K::string, K::timestamp,
                      K::type, K::unsigned_integer})
        out.emplace(Type::simple(kind).name(), Type::simple(kind));
    out.emplace("list", Type::list(types::a()));
    out.emplace("map", Type::map(types::a(), types::b()));
    out.emplace("optional_type", Type::optional(types::dynamic()));
    for (auto name : {"kubernetes.URL", "kubernetes.Quantity", "kubernetes.Semver", "kubernetes.NamedFormat"})
        out.emplace(name, Type::structure(name));
    for (auto name : {"net.IP", "net.CIDR"}) out.emplace(name, Type::opaque(name));
    return out;
}

}  // namespace

Library::Library(Overloads overloads) : overloads_(std::move(overloads)) {
    for (auto& o : overloads_) by_name_[o.function].push_back(&o);
}

const Library& Library::kubernetes() {
    static const Library library(all_overloads());
    return library;
}

const std::vector<const Overload*>* Library::find(std::string_view function) const {
    auto found = by_name_.find(function);
    return found == by_name_.end() ? nullptr : &found->second;
}

std::size_t Environment::add_variable(std::string name, Type type) {
    variables_.push_back({std::move(name), std::move(type)});
    return variables_.size() - 1;
}

const Type* Environment::named_type(std::string_view name) {
    static const auto types = all_types();
    auto found = types.find(name);
    return found == types.end() ? nullptr : &found->second;
}

}  // namespace mizzen::cel
