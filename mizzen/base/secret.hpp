// SPDX-License-Identifier: Apache-2.0
// Secret: a text that does not show itself and does not stay in memory.
#pragma once
#include <string>
#include <string_view>

namespace mizzen {

// Wiped when it is destroyed, moved from or assigned to. Prints as "***"; there is no way to the text but reveal().
class Secret {
  public:
    Secret() = default;
    explicit Secret(std::string text);
    Secret(const Secret&);
    Secret(Secret&&) noexcept;
    Secret& operator=(Secret) noexcept;
    ~Secret();

    // For the one who sends it. Valid as long as the Secret is.
    std::string_view reveal() const { return text_; }
    bool empty() const { return text_.empty(); }
    std::size_t size() const { return text_.size(); }

    // Takes the same time wherever two secrets of equal length differ.
    bool operator==(const Secret&) const;

  private:
    std::string text_;
};

std::string_view to_string(const Secret&);  // "***"

// Overwrites the text with zeros in a way the compiler does not optimise away, then empties it.
void wipe(std::string& text);
// Compares in a time that depends on the lengths only.
bool equal_in_constant_time(std::string_view a, std::string_view b);

}  // namespace mizzen
