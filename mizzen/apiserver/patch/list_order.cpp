// SPDX-License-Identifier: Apache-2.0
// Orders merged lists: two sorted runs, interleaved by the order of the live list.
#include "mizzen/apiserver/patch/list_order.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "mizzen/apiserver/status.hpp"
#include "mizzen/json/json.hpp"

namespace mizzen::apiserver {
namespace {

struct Item {
    json::Value value;
    std::size_t wanted, live, merged;  // positions
};

// Elements of equal keys stay in the order they had.
void sort_by(std::size_t Item::* position, std::vector<Item>& items) {
    std::ranges::sort(items, [position](const Item& a, const Item& b) {
        return a.*position != b.*position ? a.*position < b.*position : a.merged < b.merged;
    });
}

}  // namespace

std::string element_key(const json::Value& element, std::string_view merge_key) {
    if (merge_key.empty()) return json::to_json(element);
    if (!element.is_object()) {
        throw bad_request(fmt::format("expected an object with the merge key {}, but received {}", merge_key,
                                      json::to_json(element)));
    }
    const auto* key = element.find(merge_key);
    if (!key) {
        StatusError e = unprocessable();
        e.message = fmt::format("map: {} does not contain declared merge key: {}", json::to_json(element), merge_key);
        throw e;
    }
    return json::to_json(*key);
}

Positions::Positions(const json::Array& list, std::string_view merge_key) {
    for (std::size_t i = 0; i < list.size(); ++i) append(element_key(list[i], merge_key), i);
}

std::size_t Positions::of(const std::string& key) const {
    auto found = at_.find(key);
    return found == at_.end() ? npos : found->second;
}

json::Array in_order(json::Array merged, const json::Array& wanted, const json::Array& live,
                     std::string_view merge_key) {
    const Positions in_wanted(wanted, merge_key), in_live(live, merge_key);
    std::vector<Item> named, rest;
    for (std::size_t i = 0; i < merged.size(); ++i) {
        auto key = element_key(merged[i], merge_key);
        Item item{std::move(merged[i]), in_wanted.of(key), in_live.of(key), i};
        (item.wanted == Positions::npos ? rest : named).push_back(std::move(item));
    }
    sort_by(&Item::wanted, named);
    sort_by(&Item::live, rest);
    json::Array out;
    out.reserve(merged.size());
    auto next = rest.begin();
    for (auto& item : named) {
        for (; next != rest.end() && item.live != Positions::npos && next->live < item.live; ++next)
            out.push_back(std::move(next->value));
        out.push_back(std::move(item.value));
    }
    for (; next != rest.end(); ++next) out.push_back(std::move(next->value));
    return out;
}

}  // namespace mizzen::apiserver
