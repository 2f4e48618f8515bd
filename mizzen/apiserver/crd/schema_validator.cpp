// SPDX-License-Identifier: Apache-2.0
// Checking a value against a JsonSchema: the order of checks, what counts as a match and how failures of alternatives
// are chosen follow kube-apiserver, because clients show its messages to people.
#include "mizzen/apiserver/crd/schema_validator.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "mizzen/apiserver/crd/number_checks.hpp"
#include "mizzen/apiserver/crd/schema_result.hpp"
#include "mizzen/apiserver/kinds/place.hpp"
#include "mizzen/base/utf8.hpp"
#include "mizzen/json/json.hpp"

namespace mizzen::apiserver {
namespace {

using json::Value;

// A value and what stood in its place before: null if it cannot be told.
struct Subject {
    const Value& value;
    const Value* old;
    std::string path;
};

std::string_view type_name(const Value& value) {
    switch (value.kind()) {
        case json::Kind::boolean:
            return "boolean";
        case json::Kind::integer:
            return "integer";
        case json::Kind::number:
            return "number";
        case json::Kind::string:
            return "string";
        case json::Kind::array:
            return "array";
        case json::Kind::object:
            return "object";
        case json::Kind::null:
            break;
    }
    return "null";
}

// The name of the Go type's format, which shows in messages about values that no string format fits.
std::string_view format_name(const Value& value) {
    return value.is_integer() ? "int64" : value.is_number() ? "float64" : "";
}

bool is_whole_number(const Value& value) {
    if (value.is_integer()) return true;
    return value.is_number() && std::floor(value.as_number()) == value.as_number() &&
           std::fabs(value.as_number()) < 9e15;
}

// In characters; a byte that is no UTF-8 counts as one.
std::int64_t length_of(std::string_view text) {
    std::int64_t n = 0;
    for (std::size_t i = 0; i < text.size(); ++n) i += std::max<std::size_t>(utf8_length_at(text, i), 1);
    return n;
}

class Checker {
  public:
    explicit Checker(std::string_view prefix) : prefix_(prefix) {}

    // One part, with ratcheting: what did not change may stay as it was.
    SchemaResult check(const JsonSchema& schema, const Subject& at) {
        auto result = check_plain(schema, at);
        if (!result.well() && at.old && same_exactly(at)) return SchemaResult{.errors = {}, .matches = result.matches};
        return result;
    }

  private:
    static bool same_exactly(const Subject& at) { return at.value == *at.old; }

    std::string field(const std::string& path) const {
        auto name = std::string_view(path).starts_with('.') ? std::string_view(path).substr(1) : std::string_view(path);
        if (name.empty()) return prefix_.empty() ? "<nil>" : std::string(prefix_);
        return child_path(prefix_, name);
    }

    void fail(SchemaResult& result, const Subject& at, const Value& shown, std::string_view what) const {
        auto text = fmt::format("{} in body {}", at.path, what);
        result.add({invalid_value(field(at.path), shown, text), text});
    }

    // Complaints about alternatives name no field.
    void fail_whole(SchemaResult& result, std::string text) const {
        result.add({invalid_value(prefix_.empty() ? "<nil>" : std::string(prefix_), "", text), text});
    }

    void fail_type(SchemaResult& result, const Subject& at, std::string_view type, std::string_view got) const {
        auto text = fmt::format("{} in body must be of type {}: {}", at.path, type, quoted(got));
        result.add({type_invalid(field(at.path), got, text), text});
    }

    SchemaResult check_plain(const JsonSchema& schema, const Subject& at) {
        SchemaResult result;
        if (at.value.is_null()) {
            result.merge(check_type(schema, at));
            result.merge(check_enumeration(schema, at));
            return result;
        }
        if (!schema.type.empty() || schema.int_or_string || !schema.format.empty())
            step(result, check_type(schema, at));
        step(result, check_alternatives(schema, at));
        if (at.value.is_string()) step(result, check_text(schema, at));
        if (at.value.is_string() && is_known_format(schema.format)) step(result, check_format(schema, at));
        if (at.value.is_number()) step(result, check_number(schema, at.value, at.path, field(at.path)));
        if (at.value.is_array()) step(result, check_array(schema, at));
        step(result, check_enumeration(schema, at));
        if (at.value.is_object()) step(result, check_object(schema, at));
        ++result.matches;
        return result;
    }

    static void step(SchemaResult& result, SchemaResult part) {
        result.merge(std::move(part));
        ++result.matches;
    }

    SchemaResult check_type(const JsonSchema& schema, const Subject& at) const {
        SchemaResult result{.errors = {}, .matches = 1};
        std::string wanted = schema.int_or_string ? "integer,string" : schema.type;
        auto wants = [&](std::string_view type) {
            return schema.int_or_string ? type == "integer" || type == "string" : type == schema.type;
        };
        auto refuse = [&](std::string_view type, std::string_view got) {
            result.matches = 0;
            fail_type(result, at, type, got);
            return result;
        };
        if (at.value.is_null()) return wanted.empty() || schema.nullable ? result : refuse(wanted, "null");
        auto got = type_name(at.value);
        bool fits = wants(got) || (at.value.is_number() && wants("integer") && is_whole_number(at.value)) ||
                    (at.value.is_integer() && wants("number"));
        auto format = effective_format(schema);
        bool is_listed = at.value.is_string() || at.value.is_array();
        if (!is_listed && !format.empty() && !fits && format_name(at.value) != format)
            return refuse(format, format_name(at.value));
        if (is_listed && !format.empty() && !wants("number") && !wants("integer")) return result;
        if (wanted.empty() || fits) return result;
        return refuse(wanted, got);
    }

    // Formats that are not known for the type are as if they were not there.
    static std::string_view effective_format(const JsonSchema& schema) {
        auto& f = schema.format;
        if (schema.int_or_string) return "";
        if (schema.type == "integer") return f == "int32" || f == "int64" ? f : std::string_view();
        if (schema.type == "number") return f == "float" || f == "double" ? f : std::string_view();
        bool takes_string = schema.type.empty() || schema.type == "string";
        return takes_string && is_known_format(f) ? f : std::string_view();
    }

    SchemaResult check_any_of(const JsonSchema& schema, const Subject& at) {
        SchemaResult result;
        std::optional<SchemaResult> best;
        for (auto& option : schema.any_of) {
            auto tried = check_plain(option, at);
            if (tried.well()) return tried;
            if (!best || tried.matches > best->matches) best = std::move(tried);
        }
        fail_whole(result, fmt::format("{} must validate at least one schema (anyOf)", quoted(at.path)));
        if (best) result.merge(std::move(*best));
        return result;
    }

    SchemaResult check_one_of(const JsonSchema& schema, const Subject& at) {
        SchemaResult result, first;
        std::optional<SchemaResult> best;
        int well = 0;
        for (auto& option : schema.one_of) {
            auto tried = check_plain(option, at);
            if (tried.well()) {
                if (well++ == 0) first = std::move(tried);
                best.reset();
            } else if (well == 0 && (!best || tried.matches > best->matches)) {
                best = std::move(tried);
            }
        }
        if (well == 1) return first;
        auto found = well == 0 ? std::string("Found none valid") : fmt::format("Found {} valid alternatives", well);
        fail_whole(result, fmt::format("{} must validate one and only one schema (oneOf). {}", quoted(at.path), found));
        if (best) result.merge(std::move(*best));
        return result;
    }

    SchemaResult check_alternatives(const JsonSchema& schema, const Subject& at) {
        SchemaResult result;
        if (!schema.any_of.empty()) result.merge(check_any_of(schema, at));
        if (!schema.one_of.empty()) result.merge(check_one_of(schema, at));
        std::size_t well = 0;
        for (auto& part : schema.all_of) {
            auto tried = check_plain(part, at);
            well += tried.well() ? 1 : 0;
            result.merge(std::move(tried));
        }
        if (well != schema.all_of.size()) {
            fail_whole(result, fmt::format("{} must validate all the schemas (allOf){}", quoted(at.path),
                                           well == 0 ? ". None validated" : ""));
        }
        if (schema.not_schema && check_plain(*schema.not_schema, at).well()) {
            fail_whole(result, fmt::format("{} must not validate the schema (not)", quoted(at.path)));
        }
        ++result.matches;
        return result;
    }

    SchemaResult check_text(const JsonSchema& schema, const Subject& at) const {
        SchemaResult result;
        auto& text = at.value.as_string();
        auto length = schema.max_length || schema.min_length ? length_of(text) : 0;
        if (schema.max_length && length > *schema.max_length) {
            auto limit = *schema.max_length;
            result.add({too_long(field(at.path), static_cast<std::size_t>(std::max<std::int64_t>(limit, 0))),
                        fmt::format("{} in body should be at most {} chars long", at.path, limit)});
        } else if (schema.min_length && length < *schema.min_length) {
            fail(result, at, at.value, fmt::format("should be at least {} chars long", *schema.min_length));
        } else if (schema.regex && !schema.regex->search(text)) {
            fail(result, at, at.value, fmt::format("should match '{}'", schema.pattern));
        }
        return result;
    }

    SchemaResult check_format(const JsonSchema& schema, const Subject& at) const {
        SchemaResult result;
        if (!effective_format(schema).empty() && !has_format(at.value.as_string(), schema.format)) {
            fail_type(result, at, schema.format, at.value.as_string());
        }
        return result;
    }

    SchemaResult check_enumeration(const JsonSchema& schema, const Subject& at) const {
        SchemaResult result;
        auto& known = schema.enumeration;
        if (known.empty() || std::find(known.begin(), known.end(), at.value) != known.end()) return result;
        std::vector<std::string> texts;
        for (auto& v : known) texts.push_back(v.is_string() ? v.as_string() : json::to_json(v));
        std::vector<std::string_view> views(texts.begin(), texts.end());
        auto text = fmt::format("{} in body should be one of {}", at.path, fmt::join(texts, " "));
        result.add({not_supported(field(at.path), at.value, views), text});
        return result;
    }

    SchemaResult check_array(const JsonSchema& schema, const Subject& at) {
        SchemaResult result;
        auto& items = at.value.as_array();
        for (std::size_t i = 0; schema.items && i < items.size(); ++i) {
            Subject item{items[i], old_item(schema, items[i], at.old), index_path(at.path, i)};
            result.merge(check(*schema.items, item));
        }
        auto size = static_cast<std::int64_t>(items.size());
        if (schema.min_items && size < *schema.min_items) {
            fail(result, at, size, fmt::format("should have at least {} items", *schema.min_items));
        }
        if (schema.max_items && size > *schema.max_items) {
            auto limit = static_cast<std::size_t>(std::max<std::int64_t>(*schema.max_items, 0));
            result.add({too_many(field(at.path), items.size(), limit),
                        fmt::format("{} in body should have at most {} items", at.path, limit)});
        }
        if (schema.unique_items && has_duplicate(items)) fail(result, at, "", "shouldn't contain duplicates");
        ++result.matches;
        return result;
    }

    static bool has_duplicate(const json::Array& items) {
        for (std::size_t i = 0; i < items.size(); ++i) {
            for (std::size_t j = 0; j < i; ++j) {
                if (items[i] == items[j]) return true;
            }
        }
        return false;
    }

    // The element of the old list with the same keys; only keyed lists can tell.
    static const Value* old_item(const JsonSchema& schema, const Value& item, const Value* old) {
        if (!schema.is_map_list() || !old || !old->is_array()) return nullptr;
        for (auto& candidate : old->as_array()) {
            bool same_keys = std::all_of(schema.list_map_keys.begin(), schema.list_map_keys.end(), [&](auto& key) {
                auto *a = item.find(key), *b = candidate.find(key);
                return a && b ? *a == *b : !a && !b;
            });
            if (same_keys) return &candidate;
        }
        return nullptr;
    }

    const Value* old_member(const Subject& at, std::string_view key) const {
        bool is_type_meta = at.path.empty() && (key == "apiVersion" || key == "kind");
        return at.old && !is_type_meta ? at.old->find(key) : nullptr;
    }

    SchemaResult check_object(const JsonSchema& schema, const Subject& at) {
        SchemaResult result;
        auto& object = at.value.as_object();
        auto size = static_cast<std::int64_t>(object.size());
        if (schema.min_properties && size < *schema.min_properties) {
            fail(result, at, size, fmt::format("should have at least {} properties", *schema.min_properties));
        }
        if (schema.max_properties && size > *schema.max_properties) {
            auto limit = static_cast<std::size_t>(std::max<std::int64_t>(*schema.max_properties, 0));
            result.add({too_many(field(at.path), object.size(), limit),
                        fmt::format("{} in body should have at most {} properties", at.path, limit)});
        }
        check_others(schema, at, result);
        for (auto& [name, property] : schema.properties) {
            auto* value = at.value.find(name);
            if (value) result.merge(check(property, {*value, old_member(at, name), child_path(at.path, name)}));
        }
        for (auto& name : schema.required) {
            if (object.contains(name)) continue;
            auto path = at.path + "." + name;
            result.add({required_value(field(path)), path + " in body is required"});
        }
        return result;
    }

    // Members that are no properties.
    void check_others(const JsonSchema& schema, const Subject& at, SchemaResult& result) {
        if (!schema.additional_allowed) return;
        for (auto& m : at.value.as_object()) {
            if (schema.property(m.key)) continue;
            if (schema.additional) {
                result.merge(check(*schema.additional, {m.value, old_member(at, m.key), at.path + "." + m.key}));
            } else if (!*schema.additional_allowed) {
                auto text = fmt::format("{}.{} in body is a forbidden property", at.path, m.key);
                result.add({invalid_value(field(at.path), m.key, text), text});
            }
        }
    }

    std::string_view prefix_;
};

}  // namespace

std::vector<FieldError> check_schema(const JsonSchema& schema, const json::Value& value, const json::Value* old,
                                     std::string_view prefix) {
    auto result = Checker(prefix).check(schema, {value, old, ""});
    std::vector<FieldError> out;
    for (auto& found : result.errors) out.push_back(std::move(found.error));
    return out;
}

}  // namespace mizzen::apiserver
