// SPDX-License-Identifier: Apache-2.0
// Merges an applied object into the live one, and takes fields out of an object.
#include <algorithm>
#include <unordered_map>
#include <unordered_set>

#include "mizzen/apiserver/apply/node_type.hpp"
#include "mizzen/apiserver/apply/object_fields.hpp"
#include "mizzen/apiserver/apply/path_element.hpp"

namespace mizzen::apiserver {
namespace {

using json::Array;
using json::Member;
using json::Object;
using json::Value;
using kube::schema::Type;

void merge_value(Value& live, const Value& config, const Type& type);

void merge_members(Object& live, const Object& config, const Type& type) {
    std::vector<Member> fresh;
    for (const auto& [key, value] : config) {
        if (Value* old = live.find(key))
            merge_value(*old, value, member_type(type, key));
        else
            fresh.push_back({key, value});
    }
    if (fresh.empty()) return;
    for (auto& member : live) fresh.push_back(std::move(member));
    live = Object(std::move(fresh));
}

// Two lists of items on their way to one: each has its elements, and knows those of the other.
class ItemMerge {
  public:
    ItemMerge(Array live, const Array& config, const Type& type)
        : live_(std::move(live)), config_(config), type_(type) {
        for (const auto& item : config_) config_elements_.push_back(item_element(item, type_).value_or(""));
        for (const auto& item : live_) live_elements_.push_back(item_element(item, type_).value_or(""));
        for (std::size_t i = 0; i < config_.size(); ++i) in_config_.try_emplace(config_elements_[i], i);
        for (std::size_t i = 0; i < live_.size(); ++i) {
            auto [at, is_first] = in_live_.try_emplace(live_elements_[i], i);
            if (!is_first) at->second = several;
        }
        for (const auto& element : config_elements_) {
            if (in_live_.contains(element)) shared_.push_back(element);
        }
    }

    // Walks both lists at once. What both have comes in config's order; what only live has stays where it stood between
    // them.
    Array merged() && {
        while (l_ < live_.size() || c_ < config_.size()) {
            if (l_ < live_.size() && c_ < config_.size()) {
                if (live_elements_[l_] == config_elements_[c_]) {
                    ++l_;
                    take_config();
                    continue;
                }
                // Config has it, but another one first: it will come with config's turn.
                if (in_config_.contains(live_elements_[l_]) && next_ < shared_.size() &&
                    shared_[next_] != live_elements_[l_]) {
                    ++l_;
                    continue;
                }
            }
            if (l_ < live_.size()) {
                if (!in_config_.contains(live_elements_[l_])) {
                    out_.push_back(std::move(live_[l_++]));
                    continue;
                }
                if (done_.contains(live_elements_[l_])) ++l_;
            }
            if (c_ < config_.size()) take_config();
        }
        return std::move(out_);
    }

  private:
    void take_config() {
        const std::string& element = config_elements_[c_];
        Value item = config_[c_];
        auto old = in_live_.find(element);
        // Of live items with the same key none can be said to be the one that config means: all are replaced.
        if (old != in_live_.end() && old->second != several) {
            Value base = std::move(live_[old->second]);
            merge_value(base, item, item_type(type_));
            item = std::move(base);
        }
        out_.push_back(std::move(item));
        done_.insert(element);
        if (next_ < shared_.size() && shared_[next_] == element) ++next_;
        ++c_;
    }

    static constexpr std::size_t several = static_cast<std::size_t>(-1);

    Array live_;
    const Array& config_;
    const Type& type_;
    std::vector<std::string> live_elements_, config_elements_;
    std::unordered_map<std::string, std::size_t> in_live_, in_config_;
    std::vector<std::string> shared_;  // in config's order
    std::unordered_set<std::string> done_;
    std::size_t l_ = 0, c_ = 0, next_ = 0;
    Array out_;
};

void merge_value(Value& live, const Value& config, const Type& type) {
    Nature nature = nature_of(config, type);
    bool is_map =
        live.is_object() && !live.as_object().empty() && !is_atomic(type) && nature_of(live, type) == Nature::map;
    bool is_list = live.is_array() && !live.as_array().empty() && nature_of(live, type) == Nature::list;
    if (is_map && (nature == Nature::map || config.is_null())) {
        if (config.is_object()) merge_members(live.as_object(), config.as_object(), type);
    } else if (is_list && nature == Nature::list) {
        if (config.is_array()) live = ItemMerge(std::move(live.as_array()), config.as_array(), type).merged();
    } else {
        live = config;
    }
}

class Removal {
  public:
    explicit Removal(Emptied emptied) : emptied_(emptied) {}

    // Takes out what is below; whether nothing is left.
    bool remove(Value& value, const Object& unwanted, const Type& type) {
        switch (nature_of(value, type)) {
            case Nature::leaf:
                return false;
            case Nature::map:
                if (value.is_object()) remove_members(value.as_object(), unwanted, type);
                return value.is_object() && value.as_object().empty();
            case Nature::list:
                if (value.is_array()) remove_items(value.as_array(), unwanted, type);
                return value.is_array() && value.as_array().empty();
        }
        return false;
    }

  private:
    void remove_members(Object& object, const Object& unwanted, const Type& type) {
        std::vector<Member> kept;
        kept.reserve(object.size());
        std::string element;
        for (auto& member : object) {
            element.assign("f:").append(member.key);
            const Value* node = unwanted.find(element);
            if (node && is_member(*node)) continue;
            if (node && remove(member.value, node->as_object(), member_type(type, member.key))) {
                if (emptied_ == Emptied::goes) continue;
                member.value = nullptr;
            }
            kept.push_back(std::move(member));
        }
        object = Object(std::move(kept));
    }

    void remove_items(Array& items, const Object& unwanted, const Type& type) {
        std::erase_if(items, [&](Value& item) {
            auto element = item_element(item, type);
            const Value* node = element ? unwanted.find(*element) : nullptr;
            if (node && !is_member(*node)) remove(item, node->as_object(), item_type(type));
            return node && is_member(*node);
        });
    }

    Emptied emptied_;
};

}  // namespace

void merge_config(Value& live, const Value& config, const Type& type) { merge_value(live, config, type); }

void remove_fields(Value& object, const FieldSet& unwanted, const Type& type, Emptied emptied) {
    if (!unwanted.empty()) Removal(emptied).remove(object, unwanted.nodes(), type);
}

}  // namespace mizzen::apiserver
