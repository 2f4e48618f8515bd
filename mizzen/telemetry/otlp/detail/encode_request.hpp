// SPDX-License-Identifier: Apache-2.0
// The shell that the export requests of all signals share: one resource, its scopes, the items of each.
// Source: opentelemetry-proto 1.10, collector/{trace,metrics,logs}/v1.
#pragma once
#include <algorithm>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "mizzen/telemetry/otlp/detail/encode_attributes.hpp"
#include "mizzen/telemetry/otlp/detail/json_wire.hpp"
#include "mizzen/telemetry/otlp/detail/protobuf_wire.hpp"
#include "mizzen/telemetry/otlp/encode.hpp"

namespace mizzen::telemetry::otlp {

// What belongs to one scope; `scope` is null if nobody said which.
template <class Item>
struct ScopeItems {
    const InstrumentationScope* scope;
    std::vector<const Item*> items;
};

inline bool is_same_scope(const InstrumentationScope* a, const InstrumentationScope* b) {
    if (a == b) return true;
    return a && b && a->name == b->name && a->version == b->version && a->schema_url == b->schema_url &&
           a->attributes == b->attributes;
}

// Scopes that say the same are one, even if they are several objects. Both scopes and items stay in the order in which
// they came.
template <class Item>
std::vector<ScopeItems<Item>> by_scope(std::span<const std::unique_ptr<Item>> items) {
    std::vector<ScopeItems<Item>> out;
    std::unordered_map<const InstrumentationScope*, std::size_t> places;
    const auto place_of = [&](const InstrumentationScope* scope) {
        const auto [known, is_new] = places.try_emplace(scope, 0);
        if (is_new) {
            const auto same = [&](const auto& each) { return is_same_scope(each.scope, scope); };
            known->second = static_cast<std::size_t>(std::ranges::find_if(out, same) - out.begin());
            if (known->second == out.size()) out.push_back({scope, {}});
        }
        return known->second;
    };
    for (std::size_t place = 0; const auto& item : items) {
        if (!item) continue;
        if (out.empty() || out[place].scope != item->scope.get()) place = place_of(item->scope.get());
        out[place].items.push_back(item.get());
    }
    return out;
}

// The JSON names of the three levels: {"resourceSpans", "scopeSpans", "spans"}.
struct RequestNames {
    std::string_view resources, scopes, items;
};

// An export request with `write_item(out, item)` for each item; an empty one if there are no scopes.
template <class Wire, class Item, class Fn>
void write_request(Wire& out, const RequestNames& names, const Resource& resource,
                   const std::vector<ScopeItems<Item>>& scopes, Fn&& write_item) {
    if (scopes.empty()) return;
    const Field resources{1, names.resources, 3}, scope_items{2, names.scopes, 3}, items{2, names.items, 2};
    out.list(resources, [&] {
        out.item(resources, [&] {
            out.message({1, "resource", 2}, [&] { write_resource(out, resource); });
            out.each(scope_items, scopes, [&](const ScopeItems<Item>& each) {
                if (each.scope) out.message({1, "scope"}, [&] { write_scope(out, *each.scope); });
                out.each(items, each.items, [&](const Item* item) { write_item(out, *item); });
                if (each.scope) out.text({3, "schemaUrl"}, each.scope->schema_url);
            });
            out.text({3, "schemaUrl"}, resource.schema_url);
        });
    });
}

// The same in either encoding. `expected`: about how many bytes it takes in protobuf.
template <class Item, class Fn>
std::string encode_request(Encoding encoding, std::size_t expected, const RequestNames& names, const Resource& resource,
                           const std::vector<ScopeItems<Item>>& scopes, Fn&& write_item) {
    const auto written = [&](auto&& out) {
        write_request(out, names, resource, scopes, write_item);
        return out.take();
    };
    return encoding == Encoding::json ? written(JsonWire(2 * expected)) : written(ProtobufWire(expected));
}

}  // namespace mizzen::telemetry::otlp
