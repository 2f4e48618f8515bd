// SPDX-License-Identifier: Apache-2.0
// NameIndex: which shared objects a word finds. A part of Store.
#pragma once
#include <algorithm>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace mizzen::kube {

template <class T>
class NameIndex {
  public:
    using Item = std::shared_ptr<T>;

    void add(const std::string& word, const Item& item) { items_[word].push_back(item); }
    void remove(const std::string& word, const Item& item) {
        auto found = items_.find(word);
        if (found == items_.end()) return;
        auto& items = found->second;
        auto at = std::find(items.begin(), items.end(), item);
        if (at == items.end()) return;
        std::swap(*at, items.back());
        items.pop_back();
        if (items.empty()) items_.erase(found);
    }
    // In no order.
    std::vector<Item> find(std::string_view word) const {
        auto found = items_.find(std::string(word));
        return found == items_.end() ? std::vector<Item>() : found->second;
    }
    void clear() { items_.clear(); }

  private:
    std::unordered_map<std::string, std::vector<Item>> items_;
};

}  // namespace mizzen::kube
