// SPDX-License-Identifier: Apache-2.0
// A walk over two documents side by side.
#include "mizzen/json/diff.hpp"

#include <algorithm>

#include "mizzen/json/json.hpp"
#include "mizzen/json/place.hpp"

namespace mizzen::json {
namespace {

class Walk {
  public:
    std::vector<Change> changes;

    void compare(const Value& a, const Value& b, const Place* at) {
        if (a.is_object() && b.is_object()) return objects(a.as_object(), b.as_object(), at);
        if (a.is_array() && b.is_array()) return arrays(a.as_array(), b.as_array(), at);
        if (!(a == b)) changes.push_back({Change::Kind::changed, to_path(at), a, b});
    }

  private:
    void added(const Value& v, const Place& at) { changes.push_back({Change::Kind::added, to_path(&at), {}, v}); }
    void removed(const Value& v, const Place& at) { changes.push_back({Change::Kind::removed, to_path(&at), v, {}}); }

    // Both are sorted by key.
    void objects(const Object& a, const Object& b, const Place* at) {
        auto x = a.begin();
        auto y = b.begin();
        while (x != a.end() || y != b.end()) {
            if (y == b.end() || (x != a.end() && x->key < y->key)) {
                removed(x->value, {at, x->key});
                ++x;
            } else if (x == a.end() || y->key < x->key) {
                added(y->value, {at, y->key});
                ++y;
            } else {
                const Place here{at, x->key};
                compare(x->value, y->value, &here);
                ++x, ++y;
            }
        }
    }

    void arrays(const Array& a, const Array& b, const Place* at) {
        for (std::size_t i = 0; i < std::max(a.size(), b.size()); ++i) {
            const Place here{at, {}, i};
            if (i >= b.size())
                removed(a[i], here);
            else if (i >= a.size())
                added(b[i], here);
            else
                compare(a[i], b[i], &here);
        }
    }
};

}  // namespace

std::vector<Change> diff(const Value& before, const Value& after) {
    Walk walk;
    walk.compare(before, after, nullptr);
    return std::move(walk.changes);
}

std::string to_string(const std::vector<Change>& changes) {
    std::string out;
    for (const Change& c : changes) {
        const bool added = c.kind == Change::Kind::added, changed = c.kind == Change::Kind::changed;
        out.append(added ? "+ " : changed ? "~ " : "- ").append(c.path.empty() ? "." : c.path).append(": ");
        write(out, added ? c.after : c.before);
        if (changed) write(out.append(" → "), c.after);
        out += '\n';
    }
    return out;
}

}  // namespace mizzen::json
