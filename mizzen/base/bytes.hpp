// SPDX-License-Identifier: Apache-2.0
// Bytes: immutable text or binary that many holders share without copying.
#pragma once
#include <memory>
#include <string>
#include <string_view>

namespace mizzen {

// Shared and immutable: a stored object is encoded once and the same bytes go to every reader and watcher.
class Bytes {
  public:
    Bytes() = default;
    Bytes(std::string text) : text_(std::make_shared<const std::string>(std::move(text))) {}
    Bytes(const char* text) : Bytes(std::string(text)) {}

    std::string_view view() const { return text_ ? std::string_view(*text_) : std::string_view(); }
    operator std::string_view() const { return view(); }
    std::string str() const { return std::string(view()); }
    std::size_t size() const { return text_ ? text_->size() : 0; }
    bool empty() const { return size() == 0; }

  private:
    std::shared_ptr<const std::string> text_;
};

}  // namespace mizzen
