// SPDX-License-Identifier: Apache-2.0
// nearest: which known word was probably meant.
#include <algorithm>

#include "mizzen/json/codec.hpp"

namespace mizzen::json {
namespace {

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

// Edits that lead from one word to the other: insert, erase, replace, swap two neighbours. Case does not count.
std::size_t distance(std::string_view a, std::string_view b) {
    std::vector<std::size_t> before_last, last(b.size() + 1), row(b.size() + 1);
    for (std::size_t j = 0; j <= b.size(); ++j) last[j] = j;
    for (std::size_t i = 1; i <= a.size(); ++i) {
        row[0] = i;
        for (std::size_t j = 1; j <= b.size(); ++j) {
            const char x = lower(a[i - 1]), y = lower(b[j - 1]);
            row[j] = std::min({last[j] + 1, row[j - 1] + 1, last[j - 1] + (x == y ? 0 : 1)});
            if (i > 1 && j > 1 && x == lower(b[j - 2]) && y == lower(a[i - 2]))
                row[j] = std::min(row[j], before_last[j - 2] + 1);
        }
        before_last = last;
        last = row;
    }
    return last[b.size()];
}

}  // namespace

std::string_view nearest(std::string_view word, const std::vector<std::string_view>& known) {
    std::size_t least = word.size() / 3 + 1;
    std::string_view found;
    for (const std::string_view k : known) {
        // Words of very different length are not near; this also keeps long hostile words cheap.
        const std::size_t difference = std::max(word.size(), k.size()) - std::min(word.size(), k.size());
        if (difference >= least) continue;
        const std::size_t d = distance(word, k);
        if (d < least) least = d, found = k;
    }
    return found;
}

}  // namespace mizzen::json
