// SPDX-License-Identifier: Apache-2.0
// parse_yaml: Values from libyaml's events.
#include <yaml.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "mizzen/base/error.hpp"
#include "mizzen/json/json.hpp"
#include "mizzen/json/problem.hpp"
#include "mizzen/json/yaml.hpp"
#include "mizzen/json/yaml_events.hpp"
#include "mizzen/json/yaml_scalar.hpp"

namespace mizzen::json {
namespace {

// What aliases may add to a document, in bytes: enough for every manifest, too little for a bomb.
constexpr std::size_t most_expanded = 16 << 20;
constexpr std::size_t node_cost = 64;
constexpr std::string_view too_deep = "nested more than 512 levels deep";

struct Anchor {
    std::optional<Value> value;  // absent while the node is still being read
    std::size_t cost = 0;
    int height = 0;
};

struct Entry {
    std::string key;
    Value value;
    Position position;
};

std::string text_of(const unsigned char* s) { return s ? reinterpret_cast<const char*>(s) : ""; }

// Levels of arrays and objects.
int height(const Value& v) {
    int below = 0;
    if (v.is_array())
        for (const Value& item : v.as_array()) below = std::max(below, height(item));
    else if (v.is_object())
        for (const Member& m : v.as_object()) below = std::max(below, height(m.value));
    else
        return 0;
    return below + 1;
}

class Composer {
  public:
    Composer(YamlEvents& events, std::size_t text_size) : events_(events), most_path_bytes_(4 * text_size + 4096) {}

    // After the event that begins the document.
    YamlDocument document() {
        document_ = {};
        anchors_.clear();
        expanded_ = path_bytes_ = 0;
        YamlEvent first = events_.next();
        document_.start = first.position();
        document_.value = node(first, 0);
        events_.next();  // the end of the document
        std::sort(document_.positions.begin(), document_.positions.end(),
                  [](const auto& a, const auto& b) { return a.first < b.first; });
        return std::move(document_);
    }

  private:
    Value node(const YamlEvent& e, int depth) {
        built_ += node_cost;
        if (e->type == YAML_ALIAS_EVENT) return alias(e, depth);
        const bool is_scalar = e->type == YAML_SCALAR_EVENT, is_sequence = e->type == YAML_SEQUENCE_START_EVENT;
        const std::string anchor = text_of(is_scalar     ? e->data.scalar.anchor
                                           : is_sequence ? e->data.sequence_start.anchor
                                                         : e->data.mapping_start.anchor);
        if (!is_scalar && depth == max_depth) events_.fail(e.position(), too_deep);
        if (!anchor.empty()) anchors_[anchor] = {};
        const std::size_t before = built_ - node_cost;
        Value v = is_scalar ? scalar(e) : is_sequence ? sequence(depth + 1) : mapping(depth + 1);
        if (!anchor.empty()) {
            expand(e, built_ - before);
            anchors_[anchor] = {v, built_ - before, height(v)};
        }
        return v;
    }

    Value alias(const YamlEvent& e, int depth) {
        const std::string name = text_of(e->data.alias.anchor);
        const auto anchor = anchors_.find(name);
        if (anchor == anchors_.end()) events_.fail(e.position(), "there is no anchor &" + name + " before this alias");
        if (!anchor->second.value) events_.fail(e.position(), "the value of the anchor &" + name + " contains itself");
        if (depth + anchor->second.height > max_depth) events_.fail(e.position(), too_deep);
        expand(e, anchor->second.cost);
        built_ += anchor->second.cost;
        return *anchor->second.value;
    }

    void expand(const YamlEvent& e, std::size_t cost) {
        expanded_ += cost;
        if (expanded_ > most_expanded)
            events_.fail(e.position(), "anchors and aliases make the document larger than 16 MiB");
    }

    Value scalar(const YamlEvent& e) {
        const auto& s = e->data.scalar;
        const std::string_view text(reinterpret_cast<const char*>(s.value), s.length);
        built_ += text.size();
        const std::string tag = text_of(s.tag);
        if (tag.empty() && s.style != YAML_PLAIN_SCALAR_STYLE) return text;
        const auto value = tag.empty() ? resolve_plain(text) : resolve_tagged(tag, text);
        if (!value)
            events_.fail(e.position(), "\"" + std::string(text.substr(0, 40)) + "\" is no value for the tag " + tag);
        if (value->kind() == Kind::number && !std::isfinite(value->as_number()))
            events_.fail(e.position(), "expected a number that JSON has; put quotes around a text");
        return *value;
    }

    Value sequence(int depth) {
        Array items;
        const std::size_t parent = path_.size();
        for (YamlEvent e = events_.next(); e->type != YAML_SEQUENCE_END_EVENT; e = events_.next()) {
            path_.append("[").append(std::to_string(items.size())).append("]");
            note_position(e.position());
            items.push_back(node(e, depth));
            path_.resize(parent);
        }
        return items;
    }

    Value mapping(int depth) {
        std::vector<Entry> entries;
        std::vector<Value> merged;
        const std::size_t parent = path_.size();
        for (YamlEvent k = events_.next(); k->type != YAML_MAPPING_END_EVENT; k = events_.next()) {
            const bool merge = is_merge(k);
            std::string name = merge ? "<<" : key(k);
            if (parent > 0) path_ += '.';
            path_ += name;
            if (!merge) note_position(k.position());
            const YamlEvent e = events_.next();
            Value v = node(e, depth);
            if (merge)
                add_merged(merged, std::move(v), e.position());
            else
                entries.push_back({std::move(name), std::move(v), k.position()});
            path_.resize(parent);
        }
        refuse_duplicates(entries);
        return joined(std::move(entries), std::move(merged));
    }

    static bool is_merge(const YamlEvent& e) {
        if (e->type != YAML_SCALAR_EVENT) return false;
        const auto& s = e->data.scalar;
        return s.style == YAML_PLAIN_SCALAR_STYLE && !s.tag &&
               std::string_view(reinterpret_cast<const char*>(s.value), s.length) == "<<";
    }

    std::string key(const YamlEvent& e) {
        if (e->type == YAML_SEQUENCE_START_EVENT || e->type == YAML_MAPPING_START_EVENT)
            events_.fail(e.position(), "expected a text as key");
        const Value v = node(e, 0);
        if (v.is_string()) return v.as_string();
        if (v.is_bool() || v.is_number()) return to_json(v);
        events_.fail(e.position(), v.is_null() ? "expected a key before ':'" : "expected a text as key");
    }

    void add_merged(std::vector<Value>& merged, Value v, Position at) {
        if (v.is_object()) return merged.push_back(std::move(v));
        if (!v.is_array()) events_.fail(at, "expected a mapping, or a list of mappings, to merge with <<");
        for (Value& item : v.as_array()) {
            if (!item.is_object()) events_.fail(at, "expected a list of mappings to merge with <<");
            merged.push_back(std::move(item));
        }
    }

    void refuse_duplicates(const std::vector<Entry>& entries) {
        std::vector<std::size_t> order(entries.size());
        std::iota(order.begin(), order.end(), std::size_t{0});
        std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
            const int c = entries[a].key.compare(entries[b].key);
            return c < 0 || (c == 0 && a < b);
        });
        for (std::size_t i = 1; i < order.size(); ++i) {
            const Entry &first = entries[order[i - 1]], &second = entries[order[i]];
            if (first.key != second.key) continue;
            events_.fail(second.position, "the key " + first.key.substr(0, 60) + " is given twice, first at " +
                                              std::to_string(first.position.line) + ":" +
                                              std::to_string(first.position.column));
        }
    }

    // Of merged mappings the first wins; what the mapping says itself wins over all of them.
    static Value joined(std::vector<Entry> entries, std::vector<Value> merged) {
        std::vector<Member> members;
        members.reserve(entries.size());
        for (auto m = merged.rbegin(); m != merged.rend(); ++m)
            for (Member& member : m->as_object()) members.push_back(std::move(member));
        for (Entry& e : entries) members.push_back({std::move(e.key), std::move(e.value)});
        return Object(std::move(members));
    }

    // Bounded, or long keys with many members below would make a small file large.
    void note_position(Position p) {
        path_bytes_ += path_.size();
        if (path_bytes_ <= most_path_bytes_) document_.positions.emplace_back(path_, p);
    }

    YamlEvents& events_;
    YamlDocument document_;
    std::string path_;
    std::map<std::string, Anchor> anchors_;
    std::size_t built_ = 0, expanded_ = 0, path_bytes_ = 0, most_path_bytes_;
};

// JSON that libyaml does not take: surrogate pairs in escapes, characters that YAML calls unprintable.
bool read_as_json(std::string_view text, std::vector<YamlDocument>& documents) {
    const std::size_t first = text.find_first_not_of(" \t\r\n");
    if (first == std::string_view::npos || (text[first] != '{' && text[first] != '[')) return false;
    try {
        std::vector<std::string> duplicates;
        documents = {YamlDocument{.value = parse(text, &duplicates), .start = {1, 1}}};
        return duplicates.empty();
    } catch (const Error&) {
        return false;
    }
}

std::vector<YamlDocument> read_all(std::string_view text, std::string_view name) {
    YamlEvents events(text, name);
    Composer composer(events, text.size());
    std::vector<YamlDocument> documents;
    events.next();  // the beginning of the stream
    while (events.next()->type == YAML_DOCUMENT_START_EVENT) {
        YamlDocument d = composer.document();
        if (!d.value.is_null()) documents.push_back(std::move(d));
    }
    return documents;
}

}  // namespace

std::vector<YamlDocument> parse_yaml(std::string_view text, std::string_view name) {
    try {
        return read_all(text, name);
    } catch (const Error&) {
        std::vector<YamlDocument> documents;
        if (read_as_json(text, documents)) return documents;
        throw;
    }
}

Position YamlDocument::where(std::string_view path) const {
    for (;;) {
        const auto at = std::lower_bound(positions.begin(), positions.end(), path,
                                         [](const auto& p, std::string_view s) { return p.first < s; });
        if (at != positions.end() && at->first == path) return at->second;
        const std::size_t end = path.find_last_of(".[");
        if (end == std::string_view::npos) return start;
        path = path.substr(0, end);
    }
}

}  // namespace mizzen::json
