// SPDX-License-Identifier: Apache-2.0
// Names, attribute values and their lists.
#include "mizzen/telemetry/attribute.hpp"

#include <algorithm>
#include <cstring>
#include <memory>

#include "mizzen/base/utf8.hpp"

namespace mizzen::telemetry {
namespace {

void cut(std::string& text, std::size_t characters) {
    // A text has at least as many bytes as characters, so most need not be counted.
    if (text.size() <= characters) return;
    std::size_t at = 0;
    for (std::size_t n = 0; n < characters && at < text.size(); ++n) {
        at += std::max<std::size_t>(1, utf8_length_at(text, at));
    }
    text.resize(std::min(at, text.size()));
}

}  // namespace

Name::Name(const Name& other) : text_(other.text_), size_(other.size_) {
    if (other.owned_) *this = Name(Copied{}, other.view());
}

Name::Name(Copied, std::string_view made) : size_(made.size()) {
    if (made.empty()) return;
    char* copy = new char[made.size()];
    std::memcpy(copy, made.data(), made.size());
    text_ = copy;
    owned_ = true;
}

void AttributeValue::truncate(std::size_t characters) {
    if (auto* text = std::get_if<std::string>(&value_)) return cut(*text, characters);
    if (auto* texts = std::get_if<std::vector<std::string>>(&value_)) {
        for (std::string& text : *texts) cut(text, characters);
    }
}

Attributes::Attributes(std::initializer_list<Attribute> items) : Attributes() {
    for (const Attribute& item : items) set(item.key, item.value, {.count = items.size()});
}

Attributes::Attributes(const Attributes& other) : Attributes() {
    if (other.size_ > capacity_) grow(other.size_);
    std::uninitialized_copy(other.begin(), other.end(), items_);
    size_ = other.size_;
    dropped_ = other.dropped_;
}

Attributes::Attributes(Attributes&& other) noexcept : Attributes() { take(other); }

Attributes& Attributes::operator=(const Attributes& other) {
    if (this != &other) *this = Attributes(other);
    return *this;
}

Attributes& Attributes::operator=(Attributes&& other) noexcept {
    if (this == &other) return *this;
    release();
    take(other);
    return *this;
}

void Attributes::take(Name&& key, AttributeValue&& value, const AttributeLimits& limits) {
    if (key.empty()) {
        ++dropped_;
        return;
    }
    if (limits.value_length != std::numeric_limits<std::size_t>::max()) value.truncate(limits.value_length);
    for (Attribute* item = items_; item != items_ + size_; ++item) {
        if (item->key == key) {
            item->value = std::move(value);
            return;
        }
    }
    if (size_ >= limits.count) {
        ++dropped_;
        return;
    }
    if (size_ == capacity_) grow(2 * capacity_);
    new (items_ + size_) Attribute{std::move(key), std::move(value)};
    ++size_;
}

const AttributeValue* Attributes::find(std::string_view key) const {
    const auto* found = std::find_if(begin(), end(), [key](const Attribute& item) { return item.key.view() == key; });
    return found == end() ? nullptr : &found->value;
}

bool operator==(const Attributes& a, const Attributes& b) { return std::equal(a.begin(), a.end(), b.begin(), b.end()); }

void Attributes::grow(std::size_t capacity) {
    Attribute* larger = std::allocator<Attribute>().allocate(capacity);
    std::uninitialized_move_n(items_, size_, larger);
    const std::size_t size = size_;
    release();
    items_ = larger;
    size_ = size;
    capacity_ = capacity;
}

// For a list that holds nothing, neither items nor heap.
void Attributes::take(Attributes& other) noexcept {
    if (other.items_ == other.inline_items()) {
        std::uninitialized_move_n(other.items_, other.size_, items_);
        size_ = other.size_;
        dropped_ = other.dropped_;
        other.release();
    } else {
        items_ = std::exchange(other.items_, other.inline_items());
        size_ = std::exchange(other.size_, 0);
        capacity_ = std::exchange(other.capacity_, inline_count);
        dropped_ = other.dropped_;
    }
    other.dropped_ = 0;
}

void Attributes::release() noexcept {
    std::destroy_n(items_, size_);
    if (items_ != inline_items()) std::allocator<Attribute>().deallocate(items_, capacity_);
    items_ = inline_items();
    size_ = 0;
    capacity_ = inline_count;
}

}  // namespace mizzen::telemetry
