// SPDX-License-Identifier: Apache-2.0
// Wiping and comparing secrets.
#include "mizzen/base/secret.hpp"

#include <openssl/crypto.h>

#include <utility>

namespace mizzen {

Secret::Secret(std::string text) : text_(text) { wipe(text); }
Secret::Secret(const Secret&) = default;
Secret::Secret(Secret&& other) noexcept : text_(std::move(other.text_)) { wipe(other.text_); }
Secret::~Secret() { wipe(text_); }

// The old text is in `other` afterwards and wiped with it.
Secret& Secret::operator=(Secret other) noexcept {
    text_.swap(other.text_);
    return *this;
}

bool Secret::operator==(const Secret& other) const { return equal_in_constant_time(text_, other.text_); }

std::string_view to_string(const Secret&) { return "***"; }

void wipe(std::string& text) {
    // Up to the capacity: a string that was moved from, or was longer once, has more in it than its size tells.
    text.resize(text.capacity());
    OPENSSL_cleanse(text.data(), text.size());
    text.clear();
}

bool equal_in_constant_time(std::string_view a, std::string_view b) {
    return a.size() == b.size() && CRYPTO_memcmp(a.data(), b.data(), a.size()) == 0;
}

}  // namespace mizzen
