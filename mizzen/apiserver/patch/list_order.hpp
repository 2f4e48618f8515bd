// SPDX-License-Identifier: Apache-2.0
// The order of a merged list: what the patch names comes in the patch's order, the rest stays where it was among it.
#pragma once
#include <string>
#include <string_view>
#include <unordered_map>

#include "mizzen/json/value.hpp"

namespace mizzen::apiserver {

// What identifies a list element: its member `merge_key`, or the element itself if that is "". Equal values have equal
// texts. Throws StatusError 422 for an object without the merge key, 400 for something else than an object where a key
// is needed.
std::string element_key(const json::Value& element, std::string_view merge_key);

// Where each key stands in a list; the first of equal ones counts.
class Positions {
  public:
    Positions(const json::Array& list, std::string_view merge_key);

    // The position, or npos.
    std::size_t of(const std::string& key) const;
    void append(std::string key, std::size_t position) { at_.try_emplace(std::move(key), position); }

    static constexpr std::size_t npos = static_cast<std::size_t>(-1);

  private:
    std::unordered_map<std::string, std::size_t> at_;
};

// `merged` with the elements that stand in `wanted` in that order, and each other one before the first of them that it
// preceded in `live`.
json::Array in_order(json::Array merged, const json::Array& wanted, const json::Array& live,
                     std::string_view merge_key);

}  // namespace mizzen::apiserver
