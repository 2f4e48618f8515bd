// SPDX-License-Identifier: Apache-2.0
// Pruning and defaulting.
#include "mizzen/apiserver/crd/schema_walk.hpp"

#include <algorithm>

#include "mizzen/apiserver/kinds/decode.hpp"
#include "mizzen/apiserver/kinds/place.hpp"

namespace mizzen::apiserver {
namespace {

using json::Value;

bool is_meta(std::string_view key) { return key == "apiVersion" || key == "kind" || key == "metadata"; }

struct Pruner {
    std::vector<std::string> removed;

    // Without a schema nothing below is known: lists keep their scalars, objects lose everything.
    void prune(Value& value, const JsonSchema* schema, bool is_resource, const std::string& path) {
        if (schema && schema->preserve_unknown) return prune_known(value, *schema, is_resource, path);
        if (value.is_array()) {
            prune_items(value, schema, path);
        } else if (value.is_object()) {
            prune_members(value.as_object(), schema, is_resource, path);
        }
    }

    void prune_items(Value& value, const JsonSchema* schema, const std::string& path) {
        auto& items = value.as_array();
        auto* item_schema = schema ? schema->items.get() : nullptr;
        for (std::size_t i = 0; i < items.size(); ++i) {
            prune(items[i], item_schema, item_schema && item_schema->embedded_resource, index_path(path, i));
        }
    }

    void prune_members(json::Object& object, const JsonSchema* schema, bool is_resource, const std::string& path) {
        std::vector<std::string> gone;
        for (auto& m : object) {
            if (is_resource && is_meta(m.key)) continue;
            auto* known = schema ? schema->member(m.key) : nullptr;
            bool is_known = known || (schema && schema->additional_allowed);
            if (is_known)
                prune(m.value, known, known && known->embedded_resource, child_path(path, m.key));
            else
                gone.push_back(m.key);
        }
        for (auto& key : gone) {
            if (!is_meta(key) || !path.empty()) removed.push_back(child_path(path, key));
            object.erase(key);
        }
    }

    // Where unknown members are kept, those with a schema are still pruned inside.
    void prune_known(Value& value, const JsonSchema& schema, bool is_resource, const std::string& path) {
        if (value.is_array()) {
            auto& items = value.as_array();
            for (std::size_t i = 0; schema.items && i < items.size(); ++i) {
                prune_known(items[i], *schema.items, schema.items->embedded_resource, index_path(path, i));
            }
        } else if (value.is_object()) {
            for (auto& m : value.as_object()) {
                if (is_resource && is_meta(m.key)) continue;
                auto* known = schema.member(m.key);
                if (known || schema.additional_allowed) {
                    prune(m.value, known, known && known->embedded_resource, child_path(path, m.key));
                }
            }
        }
    }
};

struct Coercer {
    const Value& object;
    const kube::schema::Type& metadata_type;
    std::vector<std::string> removed;

    void coerce(Value& value, const JsonSchema& schema, bool is_resource, const std::string& path) {
        if (value.is_array() && schema.items) {
            auto& items = value.as_array();
            for (std::size_t i = 0; i < items.size(); ++i)
                coerce(items[i], *schema.items, schema.items->embedded_resource, index_path(path, i));
        }
        if (!value.is_object()) return;
        for (auto& m : value.as_object()) {
            auto here = child_path(path, m.key);
            if (is_resource && is_meta(m.key))
                coerce_meta(m.key, m.value, here);
            else if (auto* known = schema.member(m.key))
                coerce(m.value, *known, known->embedded_resource, here);
        }
    }

    void coerce_meta(std::string_view key, Value& value, const std::string& path) {
        auto refuse = [&](const Value& shown, std::string why) {
            auto error = invalid_value(path, shown, std::move(why));
            return not_handled(object, "", error.field + ": " + error.message);
        };
        if (key != "metadata") {
            if (!value.is_string()) throw refuse(value, "must be a string");
            return;
        }
        auto sent = value;
        try {
            for (auto& unknown : decode_as(value, metadata_type)) removed.push_back(child_path(path, unknown));
        } catch (const DecodeError& e) {
            throw refuse(sent, e.text);
        }
    }
};

bool has_embedded(const JsonSchema& schema) {
    if (schema.embedded_resource || (schema.items && has_embedded(*schema.items)) ||
        (schema.additional && has_embedded(*schema.additional)))
        return true;
    return std::any_of(schema.properties.begin(), schema.properties.end(),
                       [](auto& p) { return has_embedded(p.second); });
}

bool is_wrong_null(const Value& value, const JsonSchema* schema) {
    return value.is_null() && schema && !schema->nullable;
}

Value default_of(const JsonSchema& schema) { return schema.default_value ? *schema.default_value : Value(); }

}  // namespace

std::vector<std::string> prune_unknown(json::Value& value, const JsonSchema& schema, bool is_resource) {
    Pruner pruner;
    pruner.prune(value, &schema, is_resource || schema.embedded_resource, "");
    std::sort(pruner.removed.begin(), pruner.removed.end());
    return std::move(pruner.removed);
}

std::vector<std::string> coerce_embedded(json::Value& object, const JsonSchema& schema) {
    auto* type = kube::schema::find_type("io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta");
    if (!type || !has_embedded(schema)) return {};
    const Value head = json::Object{{"apiVersion", object.text("apiVersion")}, {"kind", object.text("kind")}};
    Coercer coercer{head, *type, {}};
    coercer.coerce(object, schema, false, "");
    return std::move(coercer.removed);
}

void fill_defaults(json::Value& value, const JsonSchema& schema) {
    if (value.is_object()) {
        for (auto& [name, property] : schema.properties) {
            if (!property.default_value) continue;
            auto* there = value.find(name);
            if (!there || is_wrong_null(*there, &property)) value[name] = *property.default_value;
        }
        for (auto& m : value.as_object()) {
            auto* known = schema.member(m.key);
            if (!known) continue;
            if (!schema.property(m.key) && is_wrong_null(m.value, known)) m.value = default_of(*known);
            fill_defaults(m.value, *known);
        }
    } else if (value.is_array() && schema.items) {
        for (auto& item : value.as_array()) {
            if (is_wrong_null(item, schema.items.get())) item = default_of(*schema.items);
            fill_defaults(item, *schema.items);
        }
    }
}

void prune_nulls(json::Value& value, const JsonSchema& schema) {
    if (value.is_object()) {
        std::vector<std::string> gone;
        for (auto& m : value.as_object()) {
            auto* known = schema.member(m.key);
            if (!known) continue;
            if (is_wrong_null(m.value, known) && !known->default_value)
                gone.push_back(m.key);
            else
                prune_nulls(m.value, *known);
        }
        for (auto& key : gone) value.erase(key);
    } else if (value.is_array() && schema.items) {
        for (auto& item : value.as_array()) prune_nulls(item, *schema.items);
    }
}

}  // namespace mizzen::apiserver
